"""What stands around the caret: how a suggestion is written there, and where it has to end.

A suggestion comes in the network's plain characters and knows only what stands before it.
Here it takes the document's style, stays within the column of hard-wrapped text, and leaves
out what stands behind the caret already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from model.messages import Candidate
from model.prediction.behind import PIECE, Behind
from model.text import View, fold, style_of, word_tail

_WORD_TAIL = re.compile(r"[^\W_](?:[^\W_]|['\u2019\u0300-\u036f\-])*\Z")


class Insertable(Protocol):
    """A word that may stand at the caret, as the search finds it."""

    @property
    def insert(self) -> str:
        """What is left to type of it."""

    @property
    def probability(self) -> float:
        """That it is meant."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The caret's place: `beginning` of the word it stands in, and what is `behind` it.

    `room` is what is left of a hard-wrapped line in characters, None where lines have no end.
    """

    style: Callable[[str], str]
    beginning: str
    behind: Behind
    room: int | None

    @classmethod
    def of(cls, before: str, after: str, read: View) -> Surroundings:
        """The surroundings between two texts, the first of them as it was `read`."""
        line = before[before.rfind("\n") + 1 :]
        room = read.width - len(line) if read.width and len(line) <= read.width else None
        behind = Behind.of(after, line if read.width else None)
        return cls(style_of(before), _beginning(before, read), behind, room)

    def candidates(self, words: Iterable[Insertable], limit: int) -> tuple[Candidate, ...]:
        """At most `limit` of `words` for a list, best first and each of them once.

        What stands behind the caret already is left out. A word that may come with a space before
        it or without has the chance of both, and is inserted in the likelier way.
        """
        found: dict[str, Candidate] = {}
        for word in words:
            insert = word.insert.strip()
            if insert and not self._is_there(insert):
                whole = self.beginning + self.style(insert)
                new = Candidate(whole, self.style(word.insert), word.probability)
                found[whole] = _merged(found[whole], new) if whole in found else new
        ranked = sorted(found.values(), key=lambda candidate: -candidate.probability)
        return tuple(ranked[:limit])

    def _is_there(self, insert: str) -> bool:
        rest = self.behind.rest_of_word()
        if rest:
            return insert.casefold().startswith(rest) or insert.casefold().endswith(rest)
        match = PIECE.match(fold(self.beginning).strip() + insert)
        return match is not None and self.behind.has(match.group(1))

    def ghost(self, ghost: str) -> str:
        """The ghost as it may be shown here, "" for none."""
        if not self.behind.leaves_room:
            return ""
        shown = self._within_line(self._before_text(ghost))
        if self.behind.line:
            shown = shown.rstrip(" ")
        return self.style(shown) if shown.strip() else ""

    def _before_text(self, ghost: str) -> str:
        """The ghost up to what stands behind the caret already; before other text, one word."""
        beginning = fold(self.beginning).strip()
        for match in PIECE.finditer(beginning + ghost):
            start, end = (max(0, place - len(beginning)) for place in match.span())
            if end and self.behind.has(match.group(1)):
                return ghost[:start]
            if end and self.behind.is_in_line and match.group(1)[0].isalnum():
                return ghost[:end]
        return ghost

    def _within_line(self, ghost: str) -> str:
        """The ghost without the words that would pass the end of a hard-wrapped line."""
        if self.room is None or len(ghost.rstrip(" ")) <= self.room:
            return ghost
        fits = ghost.rfind(" ", 0, self.room + 1)
        if fits >= 0:
            return ghost[:fits]
        # The word that is being typed is completed; another belongs on the next line.
        return ghost.partition(" ")[0] if self.beginning else ""


def _merged(one: Candidate, other: Candidate) -> Candidate:
    """Two ways to insert one word as the likelier of them."""
    likelier = max(one, other, key=lambda candidate: candidate.probability)
    return replace(likelier, probability=one.probability + other.probability)


def _beginning(before: str, read: View) -> str:
    """The beginning of the caret's word as it stands in the document, if it can be told."""
    match = _WORD_TAIL.search(before, max(0, len(before) - 100, before.rfind(" ") + 1))
    beginning = word_tail(read.text)
    return match.group() if match and fold(match.group())[1:] == beginning else beginning
