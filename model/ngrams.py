"""Token n-grams of the base beside its network: what was read too seldom to be in the weights.

A trie of counts, of contexts of one to three tokens, seldom seen ones left out. What follows
a context is discounted and backs off to the next shorter one (absolute discounting, Ney,
Essen and Kneser 1994), the shortest to the network's own distribution; a gate, by the length
of the context and how often it was seen, says how far the result is believed.

On disk: one safetensors under zlib (xz is 8 % smaller and takes five times as long to open), in
byte planes that compress well; every count is rounded to an eighth of a power of e.
"""

from __future__ import annotations

import ctypes
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from model.tensors import from_bytes, to_bytes

ORDERS = (2, 3, 4)  # lengths of the n-grams that are kept: contexts of one to three tokens
DISCOUNT = {2: 0.75, 3: 0.8, 4: 0.85}
GATE_SIZES = 8  # classes of how often a context was seen: a factor of 4 each
_CODES_PER_E = 8.0
_LEAST_BACKOFF = 0.02
_PRIOR_SHARE = 1.0  # of a token that was never seen, half is thought to be followed by anything


@dataclass(frozen=True)
class Level:
    """The n-grams of one length, sorted by their context, then by their last token."""

    tokens: Tensor  # (n-grams,) uint16: the last token
    codes: Tensor  # (n-grams,) uint8: rounded logarithm of the count
    first: Tensor  # (contexts + 1,) int32: where each context's n-grams begin


@dataclass(frozen=True, slots=True)
class _Context:
    """A context that was seen `count` times, and where what follows it stands in its level."""

    level: int
    start: int
    end: int
    count: float


class Ngrams:
    """What the corpus says after the last few tokens; immutable, any thread may ask."""

    def __init__(self, unigram_codes: Tensor, levels: Sequence[Level], gate: Tensor) -> None:
        """`unigram_codes`: (vocabulary,); `levels` by length from 2 on.

        `gate`: (lengths, GATE_SIZES), the share of the n-grams in the mixture.
        """
        self.gate = gate
        self._unigram_codes = unigram_codes
        self._levels = list(levels)
        self._counts = torch.exp(torch.arange(256) / _CODES_PER_E)
        self._sizes: list[float] = self._counts.tolist()
        self._gates: list[list[float]] = gate.tolist()
        # Walking the trie touches single elements: plain buffers are quicker than tensors.
        self._tokens = [memoryview(_raw(level.tokens)).cast("H") for level in levels]
        self._first = [memoryview(_raw(level.first)).cast("i") for level in levels]
        self._codes = [_raw(unigram_codes), *(_raw(level.codes) for level in levels)]

    def with_gate(self, gate: Tensor) -> Ngrams:
        """The same n-grams, believed otherwise."""
        return Ngrams(self._unigram_codes, self._levels, gate)

    def __len__(self) -> int:
        return sum(len(level.tokens) for level in self._levels)

    def blend(self, probabilities: Tensor, context: Sequence[int]) -> Tensor:
        """(vocabulary,) probabilities of the network -> with the n-grams after `context`."""
        found = self._contexts(context)
        if not found:
            return probabilities
        return self._discounted(probabilities, found, self._share(found))

    def share_of(self, token: int, context: Sequence[int]) -> tuple[float, float]:
        """`blend` for one token: by what its probability is multiplied, and what is added."""
        found = self._contexts(context)
        if not found:
            return 1.0, 0.0
        gate = self._share(found)
        kept, added = 1.0, 0.0
        for seen in found:
            level, part = self._levels[seen.level], slice(seen.start, seen.end)
            weights = self._counts[level.codes[part].int()] - DISCOUNT[ORDERS[seen.level]]
            mass = float(weights.sum())
            total = max(seen.count, mass / (1 - _LEAST_BACKOFF))
            place = bisect_left(self._tokens[seen.level], token, seen.start, seen.end)
            own = 0.0
            if place < seen.end and self._tokens[seen.level][place] == token:
                own = float(weights[place - seen.start])
            kept, added = kept * (1 - mass / total), added * (1 - mass / total) + own / total
        return 1 - gate + gate * kept, gate * added

    def _share(self, found: Sequence[_Context]) -> float:
        """The share of the n-grams in the mixture where these contexts are known."""
        deepest = found[-1]
        return self._gates[deepest.level][gate_size(deepest.count)]

    def discounted(self, probabilities: Tensor, context: Sequence[int]) -> tuple[Tensor, int, int]:
        """The n-grams' own distribution, and the row and column of the gate that it goes by.

        The row is -1 where no context was seen.
        """
        found = self._contexts(context)
        if not found:
            return probabilities, -1, 0
        deepest = found[-1]
        return self._discounted(probabilities, found), deepest.level, gate_size(deepest.count)

    def _discounted(
        self, probabilities: Tensor, found: Sequence[_Context], share: float = 1.0
    ) -> Tensor:
        """The mixture, in which the n-grams have this `share`."""
        left, added = share, []
        for context in reversed(found):  # what the longest leaves is the next shorter one's
            level, part = self._levels[context.level], slice(context.start, context.end)
            kept = self._counts[level.codes[part].int()] - DISCOUNT[ORDERS[context.level]]
            mass = float(kept.sum())
            # Rounded counts may add up to more than the context's own.
            total = max(context.count, mass / (1 - _LEAST_BACKOFF))
            added.append((level.tokens[part].to(torch.int64), kept, left / total))
            left *= 1 - mass / total
        mixed = probabilities * (1 - share + left)
        for ids, kept, scale in added:
            mixed.index_add_(0, ids, kept, alpha=scale)
        return mixed

    def _contexts(self, context: Sequence[int]) -> list[_Context]:
        """What is known of the ends of `context`, the shortest first."""
        found = []
        for length in range(1, min(len(self._levels), len(context)) + 1):
            place = self._walk(context[-length:])
            if place is None:
                break
            start, end = self._children(length - 1, place)
            if start == end:
                break
            found.append(
                _Context(length - 1, start, end, self._sizes[self._codes[length - 1][place]])
            )
        return found

    def _children(self, level: int, place: int) -> tuple[int, int]:
        first = self._first[level]
        return first[place], first[place + 1]

    def _walk(self, context: Sequence[int]) -> int | None:
        """Where the n-gram `context` stands among those of its length."""
        place = context[0]
        for level, token in enumerate(context[1:]):
            start, end = self._children(level, place)
            place = bisect_left(self._tokens[level], token, start, end)
            if place == end or self._tokens[level][place] != token:
                return None
        return place

    def share_followed_by(self, members: Tensor) -> Tensor:
        """(vocabulary,) how often each token is followed by one of `members` (token ids)."""
        level = self._levels[0]
        marks = torch.zeros(len(self._unigram_codes))
        marks[members] = 1.0
        counts = self._counts[level.codes.int()].double()
        first = level.first.long()
        sums = [
            torch.cat([torch.zeros(1, dtype=torch.float64), values.cumsum(0)])[first].diff()
            for values in (counts * marks[level.tokens.long()], counts)
        ]
        return ((sums[0] + _PRIOR_SHARE) / (sums[1] + 2 * _PRIOR_SHARE)).float()

    def to_bytes(self) -> bytes:
        """The form on disk."""
        planes = {"gate": self.gate.float(), "codes.1": self._unigram_codes}
        for n, level in zip(ORDERS, self._levels, strict=True):
            planes[f"codes.{n}"] = level.codes
            children = level.first.diff()
            steps = level.tokens.int().diff(prepend=torch.zeros(1, dtype=torch.int32))
            begins = level.first[:-1][children > 0].long()
            steps[begins] = level.tokens.int()[begins]
            for name, values in (("children", children), ("steps", steps)):
                planes[f"{name}.{n}.low"] = (values & 0xFF).to(torch.uint8)
                planes[f"{name}.{n}.high"] = (values >> 8).to(torch.uint8)
        return zlib.compress(to_bytes(planes), 9)

    @classmethod
    def from_bytes(cls, data: bytes) -> Ngrams:
        """Read `to_bytes`; raises zlib.error, SafetensorError, KeyError on damage."""
        planes = from_bytes(zlib.decompress(data))
        levels = []
        for n in ORDERS:
            children = _joined(planes, f"children.{n}").int().bitwise_and_(0xFFFF)
            first = torch.zeros(len(children) + 1, dtype=torch.int32)
            torch.cumsum(children, 0, dtype=torch.int32, out=first[1:])
            tokens = _undo_steps(_joined(planes, f"steps.{n}"), first)
            levels.append(Level(tokens, planes.pop(f"codes.{n}"), first))
        return cls(planes["codes.1"], levels, planes["gate"])


def _joined(planes: dict[str, Tensor], name: str) -> Tensor:
    """(n,) 16 bits from their two planes, as int16: torch computes little with uint16.

    The planes are taken out, so that all of them never stand beside all that is made of them.
    """
    parts = [planes.pop(f"{name}.low"), planes.pop(f"{name}.high")]
    return torch.stack(parts, dim=1).view(torch.int16).flatten()


def _undo_steps(steps: Tensor, first: Tensor) -> Tensor:
    """Token ids from their differences, which begin anew with each context.

    In 16 bits that overflow, which a difference undoes: to take fresh memory for more is what
    costs most here.
    """
    sums = steps.cumsum(0, dtype=torch.int16)
    before = torch.cat([torch.zeros(1, dtype=torch.int16), sums]).index_select(0, first[:-1])
    return sums.sub_(before.repeat_interleave(first.diff())).view(torch.uint16)


def _raw(tensor: Tensor) -> memoryview:
    """The bytes of a contiguous tensor, without a copy; the tensor must stay alive."""
    size = tensor.numel() * tensor.element_size()
    return memoryview((ctypes.c_char * size).from_address(tensor.data_ptr())).cast("B")


def gate_size(count: float) -> int:
    """The class of a context that was seen `count` times: its column of the gate."""
    return min(GATE_SIZES - 1, max(0, int(count).bit_length() - 1) // 2)


def encode_counts(counts: Tensor) -> Tensor:
    """Counts (1 or more) as bytes: an eighth of a power of e is one step."""
    return (counts.double().log() * _CODES_PER_E).round().clamp(0, 255).to(torch.uint8)
