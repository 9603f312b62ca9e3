"""The ghost worth showing, from the words that may stand at the caret.

It is worth showing when it is likely enough and saves enough keys to be worth reading (Quinn
and Zhai 2016), and grows by further words as long as each is expected to save more than it costs
to read. It takes the space after its last word along where one is expected. It refuses to know
how words are found and how the document is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from torch import Tensor

from model.messages import Eagerness
from model.prediction.lexicon import Known
from model.prediction.passed import Passed
from model.prediction.pieces import Pieces
from model.prediction.reader import Place
from model.prediction.search import Found, Path, Search, Word
from model.text import word_tail

MAX_GHOST = 40
_PIECE_TOKENS = 6  # a word that takes more is not worth spelling out ahead
_SPACE = 0.75  # least probability of a space after a further word, for it to be shown
_COVERED, _LEAST_SPACE = 0.9, 0.6  # of a space or mark together, and of the space then
_MARK = 0.5  # least probability of a mark behind a word, for it to be shown
_ENDS = frozenset(".?!")
_NOTHING = 1e-6
_COMPLETE = 0.2  # least probability that the word ends at the caret, to look beyond it


@dataclass(frozen=True, slots=True)
class Policy:
    """When a ghost is shown, and how far it goes; chosen on dev with `main.py evaluate`."""

    least_probability: float  # of the first word
    least_length: int  # characters that the whole ghost saves
    least_gain: float  # keys that each further word is expected to save


POLICIES: dict[Eagerness, Policy] = {
    "eager": Policy(0.0, 2, 0.02),
    "balanced": Policy(0.32, 2, 0.15),
    "quiet": Policy(0.55, 2, 0.3),
}


@dataclass(frozen=True, slots=True)
class Ghost:
    """A text for the caret, in the network's characters, and the chance of its first word."""

    text: str
    certainty: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or mark that may follow, and the place behind it."""

    insert: str
    probability: float
    place: Place

    @property
    def is_word(self) -> bool:
        return self.insert.startswith(" ")


class Ghosts:
    """Makes ghosts of what one search finds."""

    def __init__(self, search: Search, pieces: Pieces) -> None:
        self._search = search
        self._pieces = pieces

    def best(
        self, found: Found, typed: str, known: Known, passed: Passed, policy: Policy
    ) -> Ghost | None:
        """The ghost behind the `typed` part of a word, None for silence.

        Of a word that was `passed` with the space after it, the word alone may be left.
        """
        options = self._options(self._weighed(found, typed, passed), typed, known)
        best = max(options, key=lambda option: option.probability, default=None)
        if best is None or best.probability < policy.least_probability:
            return None
        if len(best.insert) >= MAX_GHOST:
            return None
        whole = typed + best.insert
        trust = passed.share_left(whole, " ") / passed.share_left(whole)
        text = self._grown(best, known.after(typed), policy, trust)
        return Ghost(text, best.probability) if len(text) >= policy.least_length else None

    def _weighed(self, found: Found, typed: str, passed: Passed) -> Found:
        """What was found behind the `typed` part of a word, in the light of what was passed."""
        if not passed:
            return found
        words = [replace(w, probability=self._left_of(w, typed, passed)) for w in found.words]
        spaced = found.spaced * passed.share_left(typed, " ")
        lost = sum(word.probability for word in found.words) - sum(w.probability for w in words)
        left = max(1.0 - lost - (found.spaced - spaced), _NOTHING)
        words = [replace(word, probability=word.probability / left) for word in words]
        complete = (found.complete - found.spaced + spaced) / left
        return Found(tuple(words), complete, spaced / left, found.here)

    def _options(self, found: Found, typed: str, known: Known) -> list[Word]:
        """The words, and what may follow the one that is complete at the caret."""
        words, here = list(found.words), found.here
        # Behind letters that are no word yet, the next word is not what is missing.
        if here is not None and found.complete > _COMPLETE and known.is_word(typed):
            words += self._next_word(here, found.spaced, known.after(typed), words)
            words += self._mark(here, found.complete, words) if known.base else []
        return words

    def _left_of(self, word: Word, typed: str, passed: Passed) -> float:
        """What is left of a word's chance, with a space behind it or without."""
        whole = typed + word.insert
        with_space, without = passed.share_left(whole, " "), passed.share_left(whole)
        if with_space == 1.0:
            return word.probability
        outlook = self._search.outlook(self._search.behind(word))
        space = min(1.0, outlook.space / max(outlook.ends, _NOTHING))
        return word.probability * (space * with_space + (1 - space) * without)

    def _next_word(
        self, here: Place, share: float, known: Known, others: Sequence[Word]
    ) -> list[Word]:
        """The word after the one that is complete at the caret, with the space before it.

        None where the space alone, of this `share`, is less likely than the likeliest of the
        `others`.
        """
        if share <= _likeliest(others):
            return []
        found = self._search.words(here, " ", known, 1)
        return [
            replace(word, insert=f" {word.insert}", probability=share * word.probability)
            for word in found.words
        ]

    def _mark(self, here: Place, complete: float, others: Sequence[Word]) -> list[Word]:
        """The mark behind the word at the caret and a space, where nothing else is likelier."""
        outlook = self._search.outlook(here)
        likeliest = int(outlook.distribution[self._pieces.marks].argmax())
        token = int(self._pieces.marks[likeliest])
        probability = complete * float(outlook.distribution[token])
        if probability <= _likeliest(others):
            return []
        path = Path((token,), self._pieces.surfaces[token], probability, here)
        space = self._search.outlook(self._search.follow(here, token)).space
        return [Word(path.text, probability * space, path)]

    def _grown(self, first: Word, known: Known, policy: Policy, trust: float) -> str:
        """The word, the words and marks after it that are worth it, and a last space.

        `trust`: what is left of the chance of a space behind the first word.
        """
        text, place = first.insert, self._search.behind(first)
        shown = text + " " * self._takes_space(place, 1 - 1 / len(text), trust)
        if text in _ENDS:  # what a new sentence begins with is anybody's guess
            return shown
        words, right, last = 1, first.probability, text
        while True:
            of_word, of_mark = (
                _least(words, right, policy.least_gain),
                max(_MARK, 1 - 1 / len(last)),
            )
            piece = self._next_piece(place, known.after(text), min(of_word, of_mark), trust)
            if piece is None or len(text + piece.insert) >= MAX_GHOST:
                return shown
            if piece.probability < (of_word if piece.is_word else of_mark):
                return shown
            if piece.is_word:
                words, last = words + 1, piece.insert
            right, trust = right * piece.probability, 1.0
            text, place = text + piece.insert, piece.place
            shown = text + " " * self._takes_space(place, _SPACE)

    def _takes_space(self, place: Place, bar: float, trust: float = 1.0) -> bool:
        """Whether a space is likely enough behind a word that ends at `place`.

        Taken in one key with a word of n letters, a wrong space loses the n - 1 keys that
        the word alone would save, a right one saves one more. A mark takes the space's place,
        so where little else than the two may follow, less will do.
        """
        outlook = self._search.outlook(place)
        space = outlook.space * trust
        ends = outlook.ends - outlook.space + space
        if space > bar * ends:
            return True
        marks = float(outlook.distribution[self._pieces.marks].sum())
        return space + marks > _COVERED * ends and space > _LEAST_SPACE * ends

    def _next_piece(self, place: Place, known: Known, least: float, trust: float) -> _Piece | None:
        """The likeliest whole word with the space before it, or punctuation mark; or neither.

        No step is taken for one that is sure to end below the `least` probability.
        """
        after = self._beginnings(place, trust)
        text, share = "", 1.0
        for _ in range(_PIECE_TOKENS):
            probability, token = (float(value) for value in after.max(0))
            surface = self._pieces.surfaces[int(token)]
            if text and not self._pieces.continues(int(token)):
                break
            if not surface.strip() or share * probability < least:
                return None
            text, share = text + surface, share * probability
            place = self._search.follow(place, int(token))
            after = self._search.distribution(place)
        return None if word_tail(text) and not known(text) else _Piece(text, share, place)

    def _beginnings(self, place: Place, trust: float) -> Tensor:
        """(vocabulary,) the chance of what does not go on with the word that ends at `place`."""
        outlook = self._search.outlook(place)
        after = outlook.distribution * self._pieces.beginning
        if trust == 1.0:
            return after
        lost = outlook.space * (1 - trust)
        return after * (1 - self._pieces.kinds[1] * (1 - trust)) / (1 - lost)


def _least(words: int, right: float, gain: float) -> float:
    """The least chance of one more word behind so many, which are all `right` with this chance.

    Taken together, each word after the first saves a key; a wrong one at the end leaves only
    the first, which has a key of its own.
    """
    return (words - 1 + gain / max(right, _NOTHING)) / words


def _likeliest(words: Sequence[Word]) -> float:
    return max((word.probability for word in words), default=0.0)
