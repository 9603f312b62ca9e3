"""What the user's own text counts for, at once: token n-grams and words.

An n-gram model with Dirichlet priors (MacKay and Peto 1995): each order's prior is the order
below it, and the lowest one's is the LSTM, so with nothing learnt the LSTM speaks alone.
Everything is a sum over lessons and can be taken away again to the last count.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from model.learning.reading import Reading

# Strength of the prior at context lengths 0 to 4: a constant, and a share for each kind of
# token seen there (Witten and Bell 1991). Chosen on three dev authors, figures in the README.
CONSTANT = (60_000.0, 5.0, 2.0, 1.0, 1.0)
FOR_EACH_KIND = (0.0, 6.0, 4.0, 2.0, 2.0)


class UserCounts:
    """Counts over the surviving lessons; the same lessons in any order give the same counts."""

    def __init__(self, vocabulary: int) -> None:
        self._unigrams = torch.zeros(vocabulary)
        self._followers: dict[tuple[int, ...], dict[int, int]] = {}
        self.words: Counter[str] = Counter()
        self.version = 0  # goes up with each change, for those who keep a blend
        self._lock = threading.Lock()  # learnt in one thread, asked in another

    def add(self, reading: Reading) -> None:
        """Count the tokens of one lesson that are learnt from, and its words."""
        with self._lock:
            self.version += 1
            for context, token in _events(reading):
                if context:
                    followers = self._followers.setdefault(context, {})
                    followers[token] = followers.get(token, 0) + 1
                else:
                    self._unigrams[token] += 1
            self.words.update(reading.words)

    def remove(self, reading: Reading) -> None:
        """Take away what `add` of the same reading added."""
        with self._lock:
            self.version += 1
            for context, token in _events(reading):
                if context:
                    self._take_away(context, token)
                else:
                    self._unigrams[token] -= 1
            self.words -= Counter(reading.words)

    def _take_away(self, context: tuple[int, ...], token: int) -> None:
        followers = self._followers[context]
        followers[token] -= 1
        if not followers[token]:
            del followers[token]
        if not followers:
            del self._followers[context]

    def blend(self, probabilities: Tensor, context: Sequence[int]) -> Tensor:
        """(vocabulary,) LSTM probabilities -> with the user's counts after `context`."""
        with self._lock:
            return self._blend(probabilities, context)

    def _blend(self, probabilities: Tensor, context: Sequence[int]) -> Tensor:
        total = float(self._unigrams.sum())
        if not total:
            return probabilities
        prior = CONSTANT[0]
        blended = (probabilities * prior + self._unigrams) / (total + prior)
        for length in range(1, min(len(CONSTANT) - 1, len(context)) + 1):
            key = tuple(context[-length:])
            followers = self._followers.get(key)
            if not followers:
                break
            prior = CONSTANT[length] + FOR_EACH_KIND[length] * len(followers)
            blended *= prior
            blended[list(followers)] += torch.tensor(list(followers.values()), dtype=torch.float32)
            blended /= sum(followers.values()) + prior
        return blended


def _events(reading: Reading) -> Iterator[tuple[tuple[int, ...], int]]:
    """Each learnt token with each of the contexts before it, the empty one first."""
    longest = len(CONSTANT) - 1
    for position, token in enumerate(reading.ids):
        if reading.learn[position]:
            for length in range(min(longest, position) + 1):
                yield reading.ids[position - length : position], token
