"""Ghosts that were there and were typed past: what that says about the word that is meant.

Whoever takes ghosts would have taken a right one, so to type on past it says that it was wrong,
or was not looked at. Word predictors for those to whom each key is dear therefore show no word
twice while it is typed (presage calls it REPEAT_SUGGESTIONS). Here it is only held for less
likely, by Bayes' rule, since a writer may look up late: the next likeliest word takes its place
where that is now the likelier one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from model.messages import LONGEST_PASSED, PassedGhost
from model.text import fold

# Of the ghosts that are right, so many are taken at each key by a writer who takes any; and so
# often the writer is one who does not look at them at all.
_TAKEN, _UNSEEN = 0.75, 0.1
# What one key takes: the next word, and the space right behind it.
_PART = re.compile(r"[\W_]*[^\W_](?:[^\W_]|['\-])* ?")


class Passed:
    """What was passed in the word at the caret, of which `typed` stands there."""

    def __init__(self, typed: str, ghosts: Iterable[PassedGhost] = ()) -> None:
        """`typed` is folded text, and begins where the word does."""
        parts = (_offered(typed, ghost) for ghost in ghosts)
        self._parts = [part for part in parts if part]

    def __bool__(self) -> bool:
        return bool(self._parts)

    def share_left(self, word: str, end: str = "") -> float:
        """By what the chance of `word` is to be multiplied, where `end` follows it.

        A word that was offered with a space, and passed, may yet be meant before a full stop.
        """
        times = sum(part in (word, word + end) for part in self._parts)
        return _UNSEEN + (1 - _UNSEEN) * (1 - _TAKEN) ** times if times else 1.0


def _offered(typed: str, ghost: PassedGhost) -> str:
    """The word as it would stand here had the ghost been taken; "" if it speaks of another."""
    begun = len(typed) - ghost.typed
    if ghost.typed < 1 or begun < 0:
        return ""
    # Fold as in the middle of a line, whose spaces stay as they are.
    whole = typed[:begun] + fold(f"x{ghost.text}")[2:]
    match = _PART.match(whole)
    return match.group() if match and whole.startswith(typed) else ""


class AnsweredGhosts:
    """The ghosts answered while a word is typed, for callers who show each one."""

    def __init__(self) -> None:
        self._ghosts: list[tuple[int, str, str]] = []  # where, the end of the text there, ghost

    def passed_at(self, before: str) -> tuple[PassedGhost, ...]:
        """Those that `before` goes on past, all others are forgotten; a whole one may be taken."""
        self._ghosts = [
            (place, end, ghost)
            for place, end, ghost in self._ghosts
            if 0 < len(before) - place <= LONGEST_PASSED
            and before.endswith(end, 0, place)
            and not before.startswith(ghost, place)
        ]
        return tuple(PassedGhost(ghost, len(before) - place) for place, _, ghost in self._ghosts)

    def note(self, before: str, ghost: str) -> None:
        """Remember the ghost that stood behind `before`."""
        if ghost:
            self._ghosts.append((len(before), before[-LONGEST_PASSED:], ghost))
