"""From the text around the caret to a suggestion: candidates, and the ghost worth showing.

A ghost is worth showing when it is likely enough and saves enough keys to be worth reading
(Quinn and Zhai 2016). It grows by further words as long as they are likely enough, and takes
the space after its last word along where one is expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.base import BaseModel
from model.inference import Inference
from model.learning.counts import UserCounts
from model.messages import Eagerness, Suggestion
from model.prediction.calibration import Calibration
from model.prediction.case import plain_form, with_plain
from model.prediction.lexicon import Known, Lexicon
from model.prediction.own_words import OwnWords
from model.prediction.pieces import Pieces
from model.prediction.reader import Place, Reader
from model.prediction.search import Found, Path, Search, Word
from model.prediction.surroundings import Surroundings
from model.text import View, split_unsettled, view, word_tail

MAX_GHOST = 40
_WINDOW = 2400  # characters before the caret that are encoded
_JUMP = 400  # characters by which that window moves
_WORDS_SEARCHED = 5
_PIECE_TOKENS = 6  # a word that takes more is not worth spelling out ahead
_SPACE = 0.75  # least probability of a space after a further word, for it to be shown
_COVERED, _LEAST_SPACE = 0.9, 0.6  # of a space or mark together, and of the space then
_MARK = 0.6  # least probability of a mark right behind the first word, for it to be shown
_ENDS = frozenset(".?!")
_COMPLETE = 0.2  # least probability that the word ends at the caret, to look beyond it


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
        self.lexicon = Lexicon(base.words, counts)
        self._own_words = OwnWords(tokens, base.words)
        self._counts = counts
        self._pieces = Pieces(tokens)
        self.calibration = Calibration()
        self._last: tuple[str, bool] | None = None  # the text that has these tokens
        self._ids: list[int] = []
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
        read = self._view(before)
        if read.in_address:
            return Suggestion()
        settled, typed = split_unsettled(read.text)
        ids = self._encoded(settled, from_start=len(before) <= _WINDOW)
        known = self.lexicon.known(settled, begun=bool(word_tail(typed)))
        self.search.prose = known.prose
        self.search.document.show(ids)
        boundary = self.reader.read(ids or [self.tokens.newline])
        found = self._found(boundary, typed, known, max(limit + bool(after), _WORDS_SEARCHED))
        if not found.words:
            own = self._own_words.words(self.reader, ids, settled, typed, known)
            found = replace(found, words=own)
        found = self._own_words.with_name(found, self.reader, ids, settled, typed, known)
        found = _without_blocked(found, settled + typed, known)
        around = Surroundings.of(before, after, read)
        ghost = self._ghost(found, typed, known, POLICIES[eagerness])
        return Suggestion(around.ghost(ghost), around.candidates(found.words, limit))

    def _encoded(self, settled: str, *, from_start: bool) -> list[int]:
        """The tokens of a text; the same for every key of a word."""
        if (settled, from_start) != self._last:
            self._last = (settled, from_start)
            self._ids = [self.tokens.document] * from_start + self.tokens.encode(settled)
        return self._ids

    def _found(self, boundary: Place, typed: str, known: Known, n: int) -> Found:
        """Words in the case that was typed, where there are too few in just these letters."""
        found = self.search.words(boundary, typed, known, n)
        plain = plain_form(typed) if len(found.words) < n else None
        if plain is None:
            return found
        return with_plain(found, self.search.words(boundary, plain, known, n), typed, n)

    def _view(self, before: str) -> View:
        """The end of the text as the network reads it, cut where a word begins."""
        if len(before) <= _WINDOW:
            return view(before)
        # The window moves in jumps, so that from key to key its beginning is the same.
        part = before[(len(before) - _WINDOW) // _JUMP * _JUMP :]
        cut = part.find(" ")
        return view(part[cut + 1 :] if 0 <= cut < _WINDOW // 2 else part)

    def _ghost(self, found: Found, typed: str, known: Known, policy: Policy) -> str:
        options = list(found.words)
        # Behind letters that are no word yet, the next word is not what is missing.
        if found.here is not None and found.complete > _COMPLETE and known.is_word(typed):
            options += self._next_word(found.here, found.complete, known.after(typed), options)
            options += self._mark(found.here, found.complete, options) if known.base else []
        if not options:
            return ""
        best = max(options, key=lambda option: option.probability)
        least = self.calibration.bar(policy.least_probability)
        if best.probability < least or len(best.insert) >= MAX_GHOST:
            return ""
        ghost = self._grow(best, known.after(typed), policy)
        return ghost if len(ghost) >= policy.least_length else ""

    def _next_word(
        self, here: Place, complete: float, known: Known, others: Sequence[Word]
    ) -> list[Word]:
        """The word after the one that is complete at the caret, with the space before it.

        None where the space alone is less likely than the likeliest of the `others`.
        """
        outlook = self.search.outlook(here)
        share = complete * min(1.0, outlook.space / max(outlook.ends, 1e-6))
        if share <= _likeliest(others):
            return []
        found = self.search.words(here, " ", known, 1)
        return [
            replace(word, insert=f" {word.insert}", probability=share * word.probability)
            for word in found.words
        ]

    def _mark(self, here: Place, complete: float, others: Sequence[Word]) -> list[Word]:
        """The mark behind the word at the caret and a space, where nothing else is likelier."""
        outlook = self.search.outlook(here)
        likeliest = int(outlook.distribution[self._pieces.marks].argmax())
        token = int(self._pieces.marks[likeliest])
        probability = complete * float(outlook.distribution[token])
        if probability <= _likeliest(others):
            return []
        path = Path((token,), self._pieces.surfaces[token], probability, here)
        space = self.search.outlook(self.search.follow(here, token)).space
        return [Word(path.text, probability * space, path)]

    def _grow(self, first: Word, known: Known, policy: Policy) -> str:
        """The word, the words and marks after it that are likely enough, and a last space."""
        text, place, share = first.insert, self.search.behind(first), 1.0
        shown = text + " " * self._takes_space(place, 1 - 1 / len(text))
        if text in _ENDS:  # what a new sentence begins with is anybody's guess
            return shown
        while piece := self._next_piece(place, known.after(text), policy.grow / share):
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
        the word alone would save, a right one saves one more. A mark takes the space's place,
        so where little else than the two may follow, less will do.
        """
        outlook = self.search.outlook(place)
        if outlook.space > bar * outlook.ends:
            return True
        marks = float(outlook.distribution[self._pieces.marks].sum())
        covered = outlook.space + marks > _COVERED * outlook.ends
        return covered and outlook.space > _LEAST_SPACE * outlook.ends

    def _next_piece(self, place: Place, known: Known, least: float) -> _Piece | None:
        """The likeliest whole word with the space before it, or punctuation mark; or neither.

        No step is taken for one that is sure to end below the `least` probability.
        """
        after = self.search.distribution(place).clone()
        after[self._pieces.continuing] = 0.0
        text, share = "", 1.0
        for _ in range(_PIECE_TOKENS):
            probability, token = (float(value) for value in after.max(0))
            surface = self._pieces.surfaces[int(token)]
            if text and not self._pieces.continues(int(token)):
                break
            if not surface.strip() or share * probability < least:
                return None
            text, share = text + surface, share * probability
            place = self.search.follow(place, int(token))
            after = self.search.distribution(place)
        return None if word_tail(text) and not known(text) else _Piece(text, share, place)


def _likeliest(words: Sequence[Word]) -> float:
    return max((word.probability for word in words), default=0.0)


def _without_blocked(found: Found, text: str, known: Known) -> Found:
    """Without the words that the user blocked, from whichever source they come."""
    if not known.blocked:
        return found
    words = (word for word in found.words if not known.is_blocked(word_tail(text + word.insert)))
    return replace(found, words=tuple(words))
