"""The space behind an accepted word: when it comes, and what is typed in its place.

It cannot be seen in a ghost, so it must not come at one time and not at another; and who is used
to typing a space or a full stop behind each word shall not have to think of it.
"""

from __future__ import annotations

from editor.rules.ghost import Ghost, take_all, take_word

# What takes the place of the space; those in the second row only behind a word, for behind a mark
# they begin something, and those in the third only where one of them was opened before. Return
# enters the last of the first row.
_MARKS = ".,;:!?)]}…\r"
_BEHIND_WORD = "'’ "
_PAIRED = '"'
_CLOSING = {"”": "“„", "»": "«"}  # what opens it, elsewhere than where it opens itself
_NOWHERE = (-1, -1)


def whole(ghost: Ghost, rest_of_line: str, *, space: bool) -> str:
    """The whole ghost as it is taken: with a space behind its last word, if wished."""
    text = take_all(ghost)
    return text + " " if space and not rest_of_line and _ends_in_word(text) else text


def next_word(ghost: Ghost, rest_of_line: str, *, space: bool) -> str:
    """Its next word as it is taken, with the space behind it if wished."""
    word = take_word(ghost, space=space)
    return whole(ghost, rest_of_line, space=space) if word == ghost.text else word


class BroughtSpace:
    """Remembers the space that came with a word until something else is done.

    State: _behind is the place right behind it, and the revision of the text then.
    """

    def __init__(self) -> None:
        self._behind = _NOWHERE

    def came(self, place: int, revision: int) -> None:
        """A space came, and the caret stands behind it."""
        self._behind = (place, revision)

    def forget(self) -> None:
        """The user did something else: nothing takes its place any more."""
        self._behind = _NOWHERE

    def is_at(self, place: int, revision: int) -> bool:
        """Whether this is the place right behind it, and nothing was changed since."""
        return (place, revision) == self._behind


def may_replace(typed: str) -> bool:
    """Whether there is a space of which this text takes the place."""
    return typed != "" and (typed in _MARKS + _BEHIND_WORD + _PAIRED or typed in _CLOSING)


def replaces(typed: str, before: str) -> bool:
    """Whether this text takes the place of the space at the end of `before`, its paragraph."""
    if typed in _PAIRED:
        return before.count(typed) % 2 == 1
    if typed in _CLOSING:
        opened = max(map(before.rfind, _CLOSING[typed]))
        inside = before[opened + 1 : opened + 2]
        return opened > before.rfind(typed) and not inside.isspace()
    return typed in _MARKS or _ends_in_word(before[:-1])


def _ends_in_word(text: str) -> bool:
    """Whether it ends in a letter of a script that puts spaces between words."""
    return text[-1:].lower() != text[-1:].upper()
