"""An interpolated modified Kneser-Ney n-gram model (Chen & Goodman 1999), in sorted tensors.

An n-gram of word ids is one 64-bit number, its ids the digits in base V, so that all
n-grams with the same beginning stand together once the numbers are sorted. Nothing is pruned.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

ORDER = 4
MOST_WORDS = 55_108  # the largest base whose four digits fit into 63 bits
_SHARDS = 16  # of the numbers, by their first digit; only one is sorted at a time


@dataclass(frozen=True)
class Level:
    """The n-grams of one order: C contexts (n - 1 words), G n-grams, both in sorted order."""

    contexts: Tensor  # (C,) int64, the number of each context
    starts: Tensor  # (C + 1,) int64, where its n-grams begin
    words: Tensor  # (G,) int32, the last word of each n-gram
    shares: Tensor  # (G,) float32, its discounted probability
    rest: Tensor  # (C,) float32, what the discounts left for the shorter contexts

    def add_to(self, probabilities: Tensor, context: int) -> None:
        """Mix what is known after `context` into the probabilities (V,) of a shorter one."""
        place = int(torch.searchsorted(self.contexts, context))
        if place == len(self.contexts) or int(self.contexts[place]) != context:
            return
        here = slice(int(self.starts[place]), int(self.starts[place + 1]))
        probabilities *= self.rest[place]
        probabilities.index_add_(0, self.words[here], self.shares[here])


class KneserNey:
    """Probabilities of the next word after up to three others."""

    def __init__(self, stream: Tensor, words: int) -> None:
        """Count a stream (N,) of word ids below `words`, documents one after the other."""
        if words > MOST_WORDS:
            raise ValueError(f"{words} words are more than {MOST_WORDS}")
        self._base = words
        self._levels: list[Level] = []
        numbers, counts = _counted(_numbers(stream, words), words**ORDER)
        for order in range(ORDER, 1, -1):
            self._levels.insert(0, _level(numbers, counts, words))
            # A shorter n-gram counts for the different words that it follows.
            shorter = words ** (order - 1)
            numbers, counts = _counted(numbers % shorter, shorter)
        shares = (counts - _discounts(counts)[counts.clamp(max=3)]) / counts.sum()
        self._unigrams = torch.full((words,), float(1 - shares.sum()) / words)
        self._unigrams[numbers] += shares

    def probabilities(self, context: list[int]) -> Tensor:
        """The probability (V,) of each word after `context`, of which the last three count."""
        mixed = self._unigrams.clone()
        number, power = 0, 1
        for level, word in zip(self._levels, reversed(context), strict=False):
            number += word * power
            power *= self._base
            level.add_to(mixed, number)
        return mixed


def _numbers(stream: Tensor, base: int) -> Tensor:
    """The number of the n-gram that begins at each place of the stream."""
    length = len(stream) - ORDER + 1
    numbers = torch.zeros(length, dtype=torch.int64)
    for place in range(ORDER):
        numbers *= base
        numbers += stream[place : place + length]
    return numbers


def _counted(numbers: Tensor, end: int) -> tuple[Tensor, Tensor]:
    """The different numbers below `end`, sorted, and how often each occurs (int32)."""
    found, counts = [], []
    step = -(-end // _SHARDS)
    for low in range(0, end, step):
        part = numbers[(numbers >= low) & (numbers < min(low + step, end))]
        different, times = torch.unique(part, return_counts=True)
        found.append(different)
        counts.append(times.int())
    return torch.cat(found), torch.cat(counts)


def _level(numbers: Tensor, counts: Tensor, base: int) -> Level:
    contexts, sizes = torch.unique_consecutive(numbers // base, return_counts=True)
    totals = torch.segment_reduce(counts.double(), "sum", lengths=sizes)
    discounts = _discounts(counts)[counts.clamp(max=3)]
    left = torch.segment_reduce(discounts.double(), "sum", lengths=sizes)
    # In place, for there are fifty million of them in a large corpus.
    shares = torch.sub(counts, discounts, out=discounts)
    shares /= totals.float().repeat_interleave(sizes)
    return Level(
        contexts=contexts,
        starts=torch.cat([torch.zeros(1, dtype=torch.int64), sizes.cumsum(0)]),
        words=(numbers % base).int(),
        shares=shares,
        rest=(left / totals).float(),
    )


def _discounts(counts: Tensor) -> Tensor:
    """What is taken from a count of 0, 1, 2, and 3 or more (their equation 26)."""
    # At least one of each, so that a text of a few words has discounts too.
    n1, n2, n3, n4 = torch.bincount(counts.clamp(max=5), minlength=6)[1:5].clamp(min=1).tolist()
    y = n1 / (n1 + 2 * n2)
    discounts = [0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
    return torch.tensor([min(max(d, 0.0), float(c)) for c, d in enumerate(discounts)])
