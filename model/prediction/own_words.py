"""The user's own words by how they begin, for where the search finds nothing.

The search spells with the vocabulary's pieces. Letters that it has only as single bytes
(Czech or Greek in an English base), and words that the network holds for impossible, are
beyond it. The words of this document and those learnt are few, so they are simply looked up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from model.prediction.lexicon import Known
from model.prediction.reader import Reader
from model.prediction.search import Found, Path, Word
from model.text import small, word_tail, words_of
from model.tokens import Tokens

_COMMON = 10_000  # the base's most frequent words, which a capital alone does not make a name
# How often a name is meant when its first two, three or more letters are typed, the first a
# capital: one of the document after one, two or more sightings, one that was learnt after two,
# three or six. Counted on the development texts.
_MEANT_HERE = ((0.44, 0.55, 0.70), (0.54, 0.73, 0.87), (0.53, 0.73, 0.85))
_MEANT_AGAIN = ((0.12, 0.15, 0.45), (0.34, 0.34, 0.67), (0.50, 0.52, 0.66))
_OFTEN = (2, 3, 6)
_FEWEST_LETTERS, _LETTERS = 2, 3
_MOST = 3  # each takes some steps of the network, to go on behind it


class OwnWords:
    """Looks up words of the document and of what was learnt."""

    def __init__(self, tokens: Tokens, ranks: Mapping[str, int]) -> None:
        """`ranks`: the base's words with their ranks by frequency."""
        self._tokens = tokens
        self._ranks = ranks

    def words(
        self, reader: Reader, ids: Sequence[int], settled: str, typed: str, known: Known
    ) -> tuple[Word, ...]:
        """Words that go on from what is `typed` behind the `settled` text, whose tokens are `ids`.

        Their probability is their share of all that begin so, with one for what is not known.
        """
        beginning = word_tail(settled + typed)
        if not beginning:
            return ()
        counts = _beginning_with(beginning, settled, known)
        total = counts.total() + 1
        words = []
        for rest, count in counts.most_common(_MOST):
            path = self._path(reader, ids, typed + rest, count / total)
            words.append(Word(rest, path.probability, path))
        return tuple(words)

    def with_name(
        self,
        found: Found,
        reader: Reader,
        ids: Sequence[int],
        settled: str,
        typed: str,
        known: Known,
    ) -> Found:
        """`found`, and the user's name that is meant by a capital and a letter or more.

        The network spells names piece by piece and trusts few sightings little; people do not.
        """
        beginning = word_tail(settled + typed)
        if len(beginning) < _FEWEST_LETTERS or not beginning[0].isupper():
            return found
        rest, probability = self._name_here(beginning, settled) or self._name_learnt(
            beginning, known
        )
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

    def _name_here(self, beginning: str, settled: str) -> tuple[str, float] | None:
        """The rest of a name of this document, and how likely it is meant."""
        names = Counter(
            word
            for word in words_of(settled)
            if word.startswith(beginning) and len(word) > len(beginning) and self._is_name(word)
        )
        if not names:
            return None
        name, sightings = names.most_common(1)[0]
        row = _MEANT_HERE[min(len(beginning) - _FEWEST_LETTERS, _LETTERS - 1)]
        return name[len(beginning) :], row[min(sightings, len(row)) - 1]

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

    def _is_name(self, word: str) -> bool:
        ranks = (self._ranks.get(form, _COMMON) for form in (word, word.lower()))
        return word[0].isupper() and min(ranks) >= _COMMON

    def _path(self, reader: Reader, ids: Sequence[int], text: str, probability: float) -> Path:
        tokens = self._tokens.encode(text)
        parent = reader.read([*ids, *tokens[:-1]])
        return Path(tuple(tokens), text, probability, parent)


def _beginning_with(beginning: str, settled: str, known: Known) -> Counter[str]:
    """How often each way to go on was written, in the case of the document."""
    low, length = small(beginning), len(beginning)
    rests: Counter[str] = Counter()
    for word in words_of(settled):
        if small(word).startswith(low) and len(word) > length:
            rests[word[length:]] += 1
    for word in sorted(known.own_beginning(low)):
        seen = known.sightings(word)
        rest = _rest(word, beginning, known)
        if seen >= known.ladder.offered and rest:
            rests[rest] += seen
    return rests


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
