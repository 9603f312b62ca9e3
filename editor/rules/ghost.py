"""The ghost: what is shown of a suggestion, and what becomes of it as the user goes on.

Pure arithmetic on strings. It refuses to draw, and to decide whether a suggestion is good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import bidirectional, normalize

# A window of text before the caret is cut when the document is long, so two windows may
# begin at different places. Where one is cut they agree if this much of their ends does.
_ENOUGH_OVERLAP = 1000
# A ghost is one line of text; what a model may put behind a line end is not shown.
_BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
# The next word, with what leads up to it and the one space after it.
_NEXT_WORD = re.compile(r"[\W_]*[^\W_](?:[^\W_]|['’\-\u0300-\u036f])*[ \u00a0]?")
# A ghost may stand before what a writer closes a phrase with, but before no other text.
_CLOSING = re.compile(r"[\s.,;:!?…)\]}\"'”’»]*")


_WAYS = {"L": "right", "R": "left", "AL": "left", "AN": "left"}


@dataclass(frozen=True, slots=True)
class Ghost:
    """The text shown at the caret that is not in the document; false where there is none."""

    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def after(self, entered: str) -> Ghost:
        """What is left of it once `entered` stands in the document: nothing if it differs.

        A key gives a letter with its accent as one character where the document may have two.
        """
        if not self.text.startswith(entered):
            entered = normalize("NFD", entered)
        if not entered or not self.text.startswith(entered):
            return NOTHING
        rest = Ghost(self.text[len(entered) :])
        return rest if rest else NOTHING

    def is_ended_by(self, entered: str) -> bool:
        """Whether all that is seen of it stands in the document once `entered` does."""
        return bool(self) and self.text.rstrip() == entered.rstrip()

    def is_of_another_word(self, other: Ghost) -> bool:
        """Whether it begins with another word than the `other` ghost at the same place."""
        return take_word(self, space=False) != take_word(other, space=False)


NOTHING = Ghost()


def take_all(ghost: Ghost) -> str:
    """The whole ghost, as it goes into the document."""
    return ghost.text


def take_word(ghost: Ghost, *, space: bool = True) -> str:
    """Its next word, with what leads up to it and, if wished, the space after it if it has one."""
    match = _NEXT_WORD.match(ghost.text)
    word = match.group() if match else ghost.text
    return word if space else word.rstrip(" \u00a0")


def fit(inline: str, asked: str, now: str) -> Ghost:
    """What to show of a suggestion for the text `asked` where the text is by now `now`.

    A late answer that still agrees is shortened by what was typed meanwhile; one that does
    not is nothing.
    """
    line = _BREAK.split(inline, maxsplit=1)[0]
    for typed in range(len(line) + 1):
        if _same_end(asked + line[:typed], now):
            rest = Ghost(line[typed:])
            return rest if rest else NOTHING
    return NOTHING


def leaves_room(rest_of_line: str) -> bool:
    """Whether a ghost may stand before `rest_of_line`: closing punctuation or nothing."""
    return _CLOSING.fullmatch(rest_of_line) is not None


def one_direction(line: str, ghost: str) -> bool:
    """Whether all letters of both run the same way; a ghost would move the text of mixed lines."""
    if line.isascii() and ghost.isascii():
        return True
    ways = {_WAYS[kind] for kind in map(bidirectional, line + ghost) if kind in _WAYS}
    return len(ways) <= 1


def _same_end(one: str, other: str) -> bool:
    if len(one) == len(other):
        return one == other
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(shorter) >= _ENOUGH_OVERLAP and longer.endswith(shorter)
