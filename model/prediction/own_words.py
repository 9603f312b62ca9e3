"""The user's own words by how they begin, for where the search finds nothing.

The search spells with the vocabulary's pieces. Letters that it has only as single bytes
(Czech or Greek in an English base), and words that the network holds for impossible, are
beyond it. The words of this document and those learnt are few, so they are simply looked up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from model.prediction.document_words import DocumentWords
from model.prediction.lexicon import Known
from model.prediction.reader import Reader
from model.prediction.search import Found, Path, Word
from model.text import small
from model.tokens import Tokens

_COMMON = 10_000  # the base's most frequent words, which a capital alone does not make a name
# How often a name is meant when its first two, three or more letters are typed, the first a
# capital: one of the document after one, two or more sightings near the caret or only far before
# it, one that was learnt after two, three or six. Counted on the development texts.
_MEANT_HERE = ((0.44, 0.55, 0.70), (0.54, 0.73, 0.87), (0.53, 0.73, 0.85))
_MEANT_FAR = ((0.14, 0.31, 0.39), (0.33, 0.54, 0.80), (0.46, 0.50, 0.88))
_MEANT_AGAIN = ((0.12, 0.15, 0.45), (0.34, 0.34, 0.67), (0.50, 0.52, 0.66))
_OFTEN = (2, 3, 6)
_FEWEST_LETTERS, _LETTERS = 2, 3
# How often a word is meant that alone begins with what was typed, by one, two, three or more
# letters, after one, two or more sightings: where the base knows no word that begins so, counted
# on the same texts (of one and two letters there are too few); and in other languages, a little
# less than on letters in five and manuals in eleven. Several words have less than their shares.
_MEANT_ALONE = ((0.30, 0.45, 0.55), (0.50, 0.65, 0.65), (0.70, 0.89, 0.90), (0.87, 0.93, 0.93))
_MEANT_ABROAD = ((0.10, 0.40, 0.45), (0.29, 0.50, 0.60), (0.45, 0.65, 0.75), (0.53, 0.75, 0.80))
_OF_SEVERAL = 0.85
_MOST = 3  # each takes some steps of the network, to go on behind it


class OwnWords:
    """Looks up words of the document and of what was learnt."""

    def __init__(self, tokens: Tokens, ranks: Mapping[str, int], document: DocumentWords) -> None:
        """`ranks`: the base's words with their ranks by frequency."""
        self._tokens = tokens
        self._ranks = ranks
        self._document = document

    def words(
        self, reader: Reader, ids: Sequence[int], begun: str, typed: str, known: Known
    ) -> tuple[Word, ...]:
        """Words that go on from `begun`, whose last part is `typed` behind the tokens `ids`."""
        counts = self._sightings(begun, known)
        total = counts.total()
        words = []
        for rest, count in counts.most_common(_MOST):
            share = 1.0 if count == total else _OF_SEVERAL * count / total
            probability = self._meant(begun, count, known) * share
            path = self._path(reader, ids, typed + rest, probability)
            words.append(Word(rest, path.probability, path))
        return tuple(sorted(words, key=lambda word: -word.probability))

    def with_name(
        self,
        found: Found,
        reader: Reader,
        ids: Sequence[int],
        begun: str,
        typed: str,
        known: Known,
    ) -> Found:
        """`found`, and the user's name that is meant by a capital and a letter or more.

        The network spells names piece by piece and trusts few sightings little; people do not.
        """
        if len(begun) < _FEWEST_LETTERS or not begun[0].isupper():
            return found
        rest, probability = self._name(begun, known)
        if not rest:
            return found
        there = {word.insert: word for word in found.words}
        if rest in there and there[rest].probability >= probability:
            return found
        path = self._path(reader, ids, typed + rest, probability)
        others = [
            replace(word, probability=(1 - probability) * word.probability)
            for word in found.words
            if word.insert != rest
        ]
        words = [Word(rest, probability, path), *others]
        ranked = sorted(words, key=lambda word: -word.probability)
        complete, spaced = ((1 - probability) * part for part in (found.complete, found.spaced))
        return replace(found, words=tuple(ranked), complete=complete, spaced=spaced)

    def _name(self, begun: str, known: Known) -> tuple[str, float]:
        """The rest of a name, and how likely it is meant; "" where there is none.

        In other languages what has a capital need not be a name: nouns of German are none.
        """
        learnt = self._name_learnt(begun, known)
        if not known.base:
            return learnt
        near = self._name_among(self._document.near, _MEANT_HERE, begun)
        if near[0]:
            return near
        far = self._name_among(self._document.far, _MEANT_FAR, begun)
        return max(far, learnt, key=lambda name: name[1])

    def _name_among(
        self, counts: Counter[str], meant: Sequence[Sequence[float]], begun: str
    ) -> tuple[str, float]:
        names = [
            (times, word)
            for word, times in counts.items()
            if word.startswith(begun) and len(word) > len(begun) and self._is_name(word)
        ]
        if not names:
            return "", 0.0
        times, name = max(names, key=lambda counted: counted[0])
        row = meant[min(len(begun) - _FEWEST_LETTERS, _LETTERS - 1)]
        return name[len(begun) :], row[min(times, len(row)) - 1]

    def _name_learnt(self, beginning: str, known: Known) -> tuple[str, float]:
        """The rest of a learnt name, and how likely it is meant; "" where there is none."""
        if not self._is_name(beginning):
            return "", 0.0  # a word by itself, more often than not
        low = small(beginning)
        found = max(
            (
                (known.sightings(word), word)
                for word in known.own_beginning(low)
                if _rest(word, beginning, known)
            ),
            default=(0, ""),
        )
        sightings, word = found
        if sightings < known.ladder.offered or not self._is_name(word.capitalize()):
            return "", 0.0
        row = _MEANT_AGAIN[min(len(beginning) - _FEWEST_LETTERS, _LETTERS - 1)]
        return _rest(word, beginning, known), row[
            max(0, sum(sightings >= least for least in _OFTEN) - 1)
        ]

    def _meant(self, begun: str, sightings: int, known: Known) -> float:
        """How often a word is meant that alone begins so, after so many sightings."""
        # Behind a capital that no sentence asks for there are fewer words: it tells as much as
        # one more letter.
        letters = len(begun) + (not known.base and begun[0].isupper())
        table = _MEANT_ALONE if known.base else _MEANT_ABROAD
        row = table[min(letters, len(table)) - 1]
        return row[min(sightings, len(row)) - 1]

    def _sightings(self, begun: str, known: Known) -> Counter[str]:
        """How often each way to go on was written, in the case of the document."""
        low = small(begun)
        rests: Counter[str] = Counter()
        if known.base or len(begun) >= _FEWEST_LETTERS:
            rests = self._sightings_here(low, foreign=not known.base)
        for word in sorted(known.own_beginning(low)):
            if not known.base and word not in known.added and self._is_common(word):
                continue
            seen = known.sightings(word)
            rest = _rest(word, begun, known)
            if seen >= known.ladder.offered and rest:
                rests[rest] += seen
        return rests

    def _sightings_here(self, low: str, *, foreign: bool) -> Counter[str]:
        """Those in this document; in another language those of words that are of none but it."""
        rests: Counter[str] = Counter()
        near, far = self._document.near, self._document.far
        for word in {**near, **far}:
            if len(word) > len(low) and small(word).startswith(low):
                abroad = foreign and self._is_common(word)
                times = self._document.strange[word] if abroad else near[word] + far[word]
                rests[word[len(low) :]] += times
        return +rests

    def _is_name(self, word: str) -> bool:
        return word[0].isupper() and not self._is_common(word)

    def _is_common(self, word: str) -> bool:
        return min(self._ranks.get(form, _COMMON) for form in (word, word.lower())) < _COMMON

    def _path(self, reader: Reader, ids: Sequence[int], text: str, probability: float) -> Path:
        tokens = self._tokens.encode(text)
        parent = reader.read([*ids, *tokens[:-1]])
        return Path(tuple(tokens), text, probability, parent)


def _rest(word: str, beginning: str, known: Known) -> str:
    """What is left to type of a learnt word, as it is written most often behind this beginning.

    "" where it never begins so; in small letters behind small ones, for who writes all in them.
    """
    length = len(beginning)
    spellings = known.spellings(word)
    fitting = [
        (times, spelling[length:])
        for spelling, times in spellings.items()
        if spelling[1:length] == beginning[1:] and spelling[0] in (beginning[0], word[0])
    ]
    if fitting:
        return max(fitting)[1]
    return "" if spellings and beginning != small(beginning) else word[length:]
