"""The user's own words by how they begin, for where the search finds nothing.

The search spells with the vocabulary's pieces. Letters that it has only as single bytes
(Czech or Greek in an English base), and words that the network holds for impossible, are
beyond it. The words of this document and those learnt are few, so they are simply looked up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from model.learning.counts import UserCounts
from model.prediction.lexicon import KNOWN_SIGHTINGS
from model.prediction.reader import Reader
from model.prediction.search import Path, Word
from model.text import word_tail, words_of
from model.tokens import Tokens

_MOST = 3  # each takes some steps of the network, to go on behind it


class OwnWords:
    """Looks up words of the document and of what was learnt."""

    def __init__(self, tokens: Tokens, counts: UserCounts) -> None:
        self._tokens = tokens
        self._counts = counts

    def words(
        self, reader: Reader, ids: Sequence[int], settled: str, typed: str
    ) -> tuple[Word, ...]:
        """Words that go on from what is `typed` behind the `settled` text, whose tokens are `ids`.

        Their probability is their share of all that begin so, with one for what is not known.
        """
        beginning = word_tail(settled + typed)
        if not beginning:
            return ()
        counts = self._beginning_with(beginning, settled)
        total = counts.total() + 1
        words = []
        for rest, count in counts.most_common(_MOST):
            tokens = self._tokens.encode(typed + rest)
            parent = reader.read([*ids, *tokens[:-1]])
            path = Path(tuple(tokens), typed + rest, count / total, parent)
            words.append(Word(rest, path.probability, path))
        return tuple(words)

    def _beginning_with(self, beginning: str, settled: str) -> Counter[str]:
        """How often each way to go on was written, in the case of the document."""
        low, length = beginning.lower(), len(beginning)
        rests: Counter[str] = Counter()
        for word in words_of(settled):
            if word.lower().startswith(low) and len(word) > length:
                rests[word[length:]] += 1
        learnt = self._counts.words
        # Another thread may learn meanwhile: a list of the words is made in one go.
        for word in [word for word in list(learnt) if word.startswith(low)]:
            if learnt[word] >= KNOWN_SIGHTINGS and len(word) > length:
                rests[word[length:]] += learnt[word]
        return rests
