"""From the text around the caret to a suggestion: candidates, and the ghost worth showing.

A ghost is worth showing when it is likely enough and saves enough keys to be worth reading
(Quinn and Zhai 2016). It grows by further words as long as they are likely enough, and takes
the space after its last word along where one is expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.learning.counts import UserCounts
from model.messages import Eagerness, Suggestion
from model.prediction.inference import Inference
from model.prediction.lexicon import Known, Lexicon
from model.prediction.own_words import OwnWords
from model.prediction.pieces import Pieces
from model.prediction.reader import Place, Reader
from model.prediction.search import Found, Search
from model.prediction.surroundings import Surroundings
from model.text import View, split_unsettled, view, word_tail
from model.tokens import Tokens

MAX_GHOST = 40
_WINDOW = 2400  # characters before the caret that are encoded
_WORDS_SEARCHED = 5
_PIECE_TOKENS = 6  # a word that takes more is not worth spelling out ahead
_SPACE = 0.8  # least probability of a space after the last word, for it to be shown
_COMPLETE = 0.2  # least probability that the word ends at the caret, to look beyond it


@dataclass(frozen=True, slots=True)
class Policy:
    """When a ghost is shown, and how far it goes; chosen on dev with `main.py evaluate`."""

    least_probability: float  # of the first word
    least_length: int  # characters that the whole ghost saves
    grow: float  # least probability of the words after the first, given the first


POLICIES: dict[Eagerness, Policy] = {
    "eager": Policy(0.0, 2, 0.4),
    "balanced": Policy(0.4, 3, 0.5),
    "quiet": Policy(0.67, 3, 0.6),
}


@dataclass(frozen=True, slots=True)
class _Option:
    insert: str
    probability: float
    place: Place


class Composer:
    """Answers requests for one base model; not thread-safe, its owner's thread alone calls it."""

    def __init__(
        self, inference: Inference, tokens: Tokens, words: Mapping[str, int], counts: UserCounts
    ) -> None:
        self.tokens = tokens
        self._lexicon = Lexicon(words, counts)
        self._own_words = OwnWords(tokens, counts)
        self._counts = counts
        self._pieces = Pieces(tokens)
        self._use(Reader(inference))

    def _use(self, reader: Reader) -> None:
        self.reader = reader
        self.search = Search(reader, self._pieces, self._counts)

    def renew(self, inference: Inference, *, fresh: bool = False) -> None:
        """Go on with moved weights; `fresh` drops the states that the old ones have made."""
        self._use(Reader(inference) if fresh else self.reader.renewed(inference))

    def suggest(
        self, before: str, after: str = "", limit: int = 5, eagerness: Eagerness = "balanced"
    ) -> Suggestion:
        """What may follow `before`; see `model.messages.Suggestion`."""
        read = self._view(before)
        if read.in_address:
            return Suggestion()
        settled, typed = split_unsettled(read.text)
        ids = self.tokens.encode(settled)
        if len(before) <= _WINDOW:
            ids.insert(0, self.tokens.document)
        known = self._lexicon.known(settled)
        boundary = self.reader.read(ids or [self.tokens.newline])
        found = self.search.words(boundary, typed, known, max(limit + bool(after), _WORDS_SEARCHED))
        if not found.words:
            own = self._own_words.words(self.reader, ids, settled, typed)
            found = replace(found, words=own)
        around = Surroundings.of(before, after, read)
        ghost = self._ghost(found, typed, known, POLICIES[eagerness])
        return Suggestion(around.ghost(ghost), around.candidates(found.words, limit))

    def _view(self, before: str) -> View:
        """The end of the text as the network reads it, cut where a word begins."""
        if len(before) <= _WINDOW:
            return view(before)
        part = before[-_WINDOW:]
        cut = part.find(" ")
        return view(part[cut + 1 :] if 0 <= cut < _WINDOW // 2 else part)

    def _ghost(self, found: Found, typed: str, known: Known, policy: Policy) -> str:
        options = [_Option(w.insert, w.probability, w.place) for w in found.words]
        # Behind letters that are no word yet, the next word is not what is missing.
        if found.here is not None and found.complete > _COMPLETE and known.is_word(typed):
            options += self._next_words(found.here, found.complete, known.after(typed))
        if not options:
            return ""
        best = max(options, key=lambda option: option.probability)
        if best.probability < policy.least_probability or len(best.insert) >= MAX_GHOST:
            return ""
        ghost = self._grow(best, known.after(typed), policy)
        return ghost if len(ghost) >= policy.least_length else ""

    def _next_words(self, here: Place, complete: float, known: Known) -> list[_Option]:
        """Words after the one that is complete at the caret, with the space before them."""
        outlook = self.search.outlook(here)
        space = min(1.0, outlook.space / max(outlook.ends, 1e-6))
        found = self.search.words(here, " ", known, 3)
        return [
            _Option(" " + w.insert, complete * space * w.probability, w.place) for w in found.words
        ]

    def _grow(self, option: _Option, known: Known, policy: Policy) -> str:
        """The option, the words and marks after it that are likely enough, and a last space."""
        shown, place, share = option.insert, option.place, 1.0
        while (piece := self._next_piece(place, known.after(shown))) is not None:
            share *= piece.probability
            if share < policy.grow or len(shown + piece.insert) >= MAX_GHOST:
                break
            shown, place = shown + piece.insert, piece.place
        outlook = self.search.outlook(place)
        return shown + " " if outlook.space > _SPACE * outlook.ends else shown

    def _next_piece(self, place: Place, known: Known) -> _Option | None:
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
        return None if word_tail(text) and not known(text) else _Option(text, share, place)
