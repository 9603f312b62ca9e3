"""From the text around the caret to a suggestion: candidates, and the ghost worth showing.

A ghost is worth showing by expected benefit, not by probability alone: what it saves if right
against the cost of reading it if wrong (Quinn and Zhai 2016). It grows by further words as
long as they are likely enough, and takes the space after its last word along where one is
expected.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from model.learning.counts import UserCounts
from model.messages import Candidate, Eagerness, Suggestion
from model.prediction.inference import Inference
from model.prediction.pieces import Pieces
from model.prediction.reader import Place, Reader
from model.prediction.search import Found, Search
from model.text import WORD, fold, restyle, split_unsettled, word_tail
from model.tokens import Tokens

MAX_GHOST = 40
_WINDOW = 2400  # characters before the caret that are encoded
_WORDS_SEARCHED = 5
_GROWTH_TOKENS = 14
_SPACE = 0.8  # least probability of a space after the last word, for it to be shown
_COMPLETE = 0.2  # least probability that the word ends at the caret, to look beyond it
_KNOWN_SIGHTINGS = 2  # elsewhere than in this document


@dataclass(frozen=True, slots=True)
class Policy:
    """When a ghost is shown, and how far it goes; chosen on dev (tests/benchmarks/tune.py)."""

    least_probability: float  # of the first word
    least_benefit: float  # probability x characters saved
    grow: float  # least probability of the words after the first, given the first


POLICIES: dict[Eagerness, Policy] = {
    "eager": Policy(0.0, 0.0, 0.35),
    "balanced": Policy(0.30, 1.4, 0.5),
    "quiet": Policy(0.60, 2.0, 0.6),
}


@dataclass(frozen=True, slots=True)
class _Option:
    insert: str
    probability: float
    place: Place

    @property
    def benefit(self) -> float:
        return self.probability * (len(self.insert) - 1)


class Composer:
    """Answers requests for one base model; not thread-safe, its owner's thread alone calls it."""

    def __init__(
        self, inference: Inference, tokens: Tokens, words: Collection[str], counts: UserCounts
    ) -> None:
        self.tokens = tokens
        self._words = words
        self._counts = counts
        self._pieces = Pieces(tokens)
        self._use(Reader(inference))

    def _use(self, reader: Reader) -> None:
        self.reader = reader
        self.search = Search(reader, self._pieces, self._counts)

    def renew(self, inference: Inference) -> None:
        """Go on with moved weights."""
        self._use(self.reader.renewed(inference))

    def suggest(
        self, before: str, after: str = "", limit: int = 5, eagerness: Eagerness = "balanced"
    ) -> Suggestion:
        """What may follow `before`; see `model.messages.Suggestion`."""
        settled, typed = split_unsettled(self._view(before))
        ids = self.tokens.encode(settled)
        if len(before) <= _WINDOW:
            ids.insert(0, self.tokens.document)
        recent = frozenset(WORD.findall(before[-_WINDOW:-1].lower()))
        boundary = self._reader_at(ids)
        found = self.search.words(
            boundary, typed, lambda text: self._known(text, recent), max(limit, _WORDS_SEARCHED)
        )
        candidates = self._candidates(before, found, limit)
        inline = self._ghost(found, typed, recent, POLICIES[eagerness])
        inline = restyle(inline, before)
        if after and not after[0].isspace() and after[0] not in ".,;:!?)]}\"'\u201d\u2019":
            inline = ""
        return Suggestion(inline, candidates)

    def _reader_at(self, ids: list[int]) -> Place:
        return self.reader.read(ids or [self.tokens.newline])

    def _view(self, before: str) -> str:
        """The folded end of the text, cut where a word begins."""
        if len(before) <= _WINDOW:
            return fold(before)
        part = before[-_WINDOW:]
        cut = part.find(" ")
        return fold(part[cut + 1 :] if 0 <= cut < _WINDOW // 2 else part)

    def _known(self, text: str, recent: Collection[str]) -> bool:
        """Only words that are in the list, the user's own or in this document are shown."""
        word = word_tail(text)
        lower = word.lower()
        return bool(word) and (
            word in self._words
            or lower in self._words
            or lower in recent
            or self._counts.words[lower] >= _KNOWN_SIGHTINGS
        )

    def _candidates(self, before: str, found: Found, limit: int) -> tuple[Candidate, ...]:
        beginning = word_tail(before[-100:])
        return tuple(
            Candidate(beginning + word.insert.strip(), word.insert, word.probability)
            for word in found.words[:limit]
            if word.insert.strip()
        )

    def _ghost(self, found: Found, typed: str, recent: Collection[str], policy: Policy) -> str:
        options = [_Option(w.insert, w.probability, w.place) for w in found.words]
        # Behind letters that are no word yet, the next word is not what is missing.
        if found.here is not None and found.complete > _COMPLETE and self._known(typed, recent):
            options += self._next_words(found.here, found.complete, recent)
        if not options:
            return ""
        best = max(options, key=lambda option: option.probability)
        if len(best.insert) >= MAX_GHOST:
            return ""
        if best.probability < policy.least_probability or best.benefit < policy.least_benefit:
            return ""
        return self._grow(best, recent, policy)

    def _next_words(self, here: Place, complete: float, recent: Collection[str]) -> list[_Option]:
        """Words after the one that is complete at the caret, with the space before them."""
        outlook = self.search.outlook(here)
        space = outlook.space / max(outlook.ends, 1e-6)
        found = self.search.words(here, " ", lambda text: self._known(text, recent), 3)
        return [
            _Option(" " + w.insert, complete * min(1.0, space) * w.probability, w.place)
            for w in found.words
        ]

    def _grow(self, option: _Option, recent: Collection[str], policy: Policy) -> str:
        """The option with the words after it that are likely enough, and the space at the end."""
        shown, place = option.insert, option.place
        pending, share, at = "", 1.0, option.place
        for _ in range(_GROWTH_TOKENS):
            after = self.search.distribution(at)
            if not pending:
                after = after * ~self._pieces.continues_word
            probability, token = (float(x) for x in after.max(0))
            surface = self._pieces.surfaces[int(token)]
            goes_on = bool(surface) and bool(self._pieces.continues_word[int(token)])
            if pending and not goes_on:
                unknown = word_tail(pending) and not self._known(pending, recent)
                if unknown or len(shown + pending) >= MAX_GHOST:
                    break
                shown, place, pending = shown + pending, at, ""
            share *= probability
            if not surface.strip() or share < policy.grow:
                break
            pending += surface
            at = self.search.follow(at, int(token))
        return self._with_space(shown, place)

    def _with_space(self, shown: str, place: Place) -> str:
        outlook = self.search.outlook(place)
        return shown + " " if outlook.space > _SPACE * outlook.ends else shown
