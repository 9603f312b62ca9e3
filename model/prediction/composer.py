"""From the text around the caret to a suggestion: candidates, and the ghost worth showing.

A ghost is worth showing when it is likely enough and saves enough keys to be worth reading
(Quinn and Zhai 2016). It grows by further words as long as they are likely enough, and takes
the space after its last word along where one is expected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from model.base import BaseModel
from model.learning.counts import UserCounts
from model.messages import Candidate, Eagerness, Suggestion
from model.prediction.calibration import Calibration
from model.prediction.inference import Inference
from model.prediction.pieces import Pieces
from model.prediction.reader import Place, Reader
from model.prediction.search import Found, Search, Word
from model.text import WORD, fold, split_unsettled, style_of, word_tail

MAX_GHOST = 40
_WINDOW = 2400  # characters before the caret that are encoded
_WORDS_SEARCHED = 5
_PIECE_TOKENS = 6  # a word that takes more is not worth spelling out ahead
_CLOSING = ".,;:!?)]}\"'\u201d\u2019\u2026"
_SPACE = 0.75  # least probability of a space after a further word, for it to be shown
_MARK = 0.6  # least probability of a mark right behind the first word, for it to be shown
_COMPLETE = 0.2  # least probability that the word ends at the caret, to look beyond it
_KNOWN_SIGHTINGS = 2  # elsewhere than in this document


@dataclass(frozen=True, slots=True)
class Policy:
    """When a ghost is shown, and how far it goes; chosen on dev with `main.py evaluate`."""

    least_probability: float  # of the first word
    least_length: int  # characters that the whole ghost saves
    grow: float  # least probability of the words after the first, given the first


POLICIES: dict[Eagerness, Policy] = {
    "eager": Policy(0.0, 2, 0.4),
    "balanced": Policy(0.35, 2, 0.5),
    "quiet": Policy(0.6, 2, 0.6),
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or mark that may follow, and the place behind it."""

    insert: str
    probability: float
    place: Place


class Composer:
    """Answers requests for one base model; not thread-safe, its owner's thread alone calls it."""

    def __init__(self, inference: Inference, base: BaseModel, counts: UserCounts) -> None:
        tokens = base.tokens
        self.tokens = tokens
        self._words = base.words
        self._counts = counts
        self._pieces = Pieces(tokens)
        self.calibration = Calibration()
        self._goes_on: list[float] | None = None
        if base.ngrams:
            self._goes_on = base.ngrams.share_followed_by(self._pieces.continuing).tolist()
        self._use(Reader(inference, base.ngrams))

    def _use(self, reader: Reader) -> None:
        self.reader = reader
        self.search = Search(reader, self._pieces, self._counts, self._goes_on)

    def renew(self, inference: Inference, *, fresh: bool = False) -> None:
        """Go on with moved weights; `fresh` drops the states that the old ones have made."""
        self._use(
            Reader(inference, self.reader.ngrams) if fresh else self.reader.renewed(inference)
        )

    def suggest(
        self, before: str, after: str = "", limit: int = 5, eagerness: Eagerness = "balanced"
    ) -> Suggestion:
        """What may follow `before`; see `model.messages.Suggestion`."""
        view = self._view(before)
        settled, typed = split_unsettled(view)
        ids = self.tokens.encode(settled)
        if len(before) <= _WINDOW:
            ids.insert(0, self.tokens.document)
        known = _Known(self._words, self._counts.words, frozenset(WORD.findall(settled.lower())))
        boundary = self.reader.read(ids or [self.tokens.newline])
        found = self.search.words(boundary, typed, known, max(limit, _WORDS_SEARCHED))
        style = style_of(before)
        candidates = self._candidates(word_tail(view), found, limit, style)
        return Suggestion(
            _fit(style(self._ghost(found, typed, known, POLICIES[eagerness])), after), candidates
        )

    def _view(self, before: str) -> str:
        """The folded end of the text, cut where a word begins."""
        if len(before) <= _WINDOW:
            return fold(before)
        part = before[-_WINDOW:]
        cut = part.find(" ")
        return fold(part[cut + 1 :] if 0 <= cut < _WINDOW // 2 else part)

    @staticmethod
    def _candidates(
        beginning: str, found: Found, limit: int, style: Callable[[str], str]
    ) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(style(beginning + word.insert.strip()), style(word.insert), word.probability)
            for word in found.words[:limit]
            if word.insert.strip()
        )

    def _ghost(self, found: Found, typed: str, known: _Known, policy: Policy) -> str:
        options = list(found.words)
        # Behind letters that are no word yet, the next word is not what is missing.
        if found.here is not None and found.complete > _COMPLETE and known(typed):
            options += self._next_words(found.here, found.complete, known)
        if not options:
            return ""
        best = max(options, key=lambda option: option.probability)
        least = self.calibration.bar(policy.least_probability)
        if best.probability < least or len(best.insert) >= MAX_GHOST:
            return ""
        ghost = self._grow(best, known, policy)
        return ghost if len(ghost) >= policy.least_length else ""

    def _next_words(self, here: Place, complete: float, known: _Known) -> list[Word]:
        """Words after the one that is complete at the caret, with the space before them."""
        outlook = self.search.outlook(here)
        share = complete * min(1.0, outlook.space / max(outlook.ends, 1e-6))
        found = self.search.words(here, " ", known, 3)
        return [
            replace(word, insert=f" {word.insert}", probability=share * word.probability)
            for word in found.words
        ]

    def _grow(self, first: Word, known: _Known, policy: Policy) -> str:
        """The word, the words and marks after it that are likely enough, and a last space."""
        text, place, share = first.insert, self.search.behind(first), 1.0
        shown = text + " " * self._takes_space(place, 1 - 1 / len(text))
        while (piece := self._next_piece(place, known)) is not None:
            share *= piece.probability
            # A wrong mark takes the word before it along, a wrong word does not.
            least = policy.grow if piece.insert.startswith(" ") else max(_MARK, policy.grow)
            if share < least or len(text + piece.insert) >= MAX_GHOST:
                break
            text, place = text + piece.insert, piece.place
            shown = text + " " * self._takes_space(place, _SPACE)
        return shown

    def _takes_space(self, place: Place, bar: float) -> bool:
        """Whether a space is likely enough behind a word that ends at `place`.

        Taken in one key with a word of n letters, a wrong space loses the n - 1 keys that
        the word alone would save, a right one saves one more.
        """
        outlook = self.search.outlook(place)
        return outlook.space > bar * outlook.ends

    def _next_piece(self, place: Place, known: _Known) -> _Piece | None:
        """The likeliest whole word with the space before it, or punctuation mark; or neither."""
        after = self.search.distribution(place).clone()
        after[self._pieces.continuing] = 0.0
        text, share = "", 1.0
        for _ in range(_PIECE_TOKENS):
            probability, token = (float(value) for value in after.max(0))
            surface = self._pieces.surfaces[int(token)]
            if text and not self._pieces.continues(int(token)):
                break
            if not surface.strip():
                return None
            text, share = text + surface, share * probability
            place = self.search.follow(place, int(token))
            after = self.search.distribution(place)
        return None if word_tail(text) and not known(text) else _Piece(text, share, place)


@dataclass(frozen=True, slots=True)
class _Known:
    """Only words that are in the list, the user's own or in this document are shown."""

    listed: Collection[str]
    learnt: Counter[str]
    here: Collection[str]

    def __call__(self, text: str) -> bool:
        word = word_tail(text)
        lower = word.lower()
        return bool(word) and (
            word in self.listed
            or lower in self.listed
            or lower in self.here
            or self.learnt[lower] >= _KNOWN_SIGHTINGS
        )


def _fit(ghost: str, after: str) -> str:
    """The ghost before what stands behind the caret: none inside a word, no second space."""
    follows = after[:1]
    if follows and not follows.isspace() and follows not in _CLOSING:
        return ""
    return ghost.rstrip(" ") if follows and follows != "\n" else ghost
