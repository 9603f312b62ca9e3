"""From the training stream to the n-grams that ship beside the network."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import torch
from torch import Tensor

from model.network import Network
from model.ngrams import GATE_SIZES, ORDERS, Level, Ngrams, encode_counts
from model.text import fold
from model.tokens import Tokens

LEAST_COUNT = 4  # 7 MB for 49 M tokens; 2 would be worth another 0.01 bits, and take 17 MB
_FIRST_GATE = 0.3
_ROUNDS = 30  # of expectation and maximisation; the gate moves no more after 20
_PRIOR = 4.0  # events that each class is thought to have seen at the first gate
_STEPS = 256


def count_ngrams(stream: array[int], vocabulary: int, least: int = LEAST_COUNT) -> Ngrams:
    """The n-grams of `stream` that occur at least `least` times, with a gate to start from."""
    ids = torch.zeros(0, dtype=torch.int64)
    if stream:  # torch makes no tensor of an empty buffer
        ids = torch.frombuffer(stream, dtype=torch.uint16).to(torch.int64)
    bits = max(1, (vocabulary - 1).bit_length())
    unigrams = torch.bincount(ids, minlength=vocabulary).clamp_min(1)
    parents = torch.arange(vocabulary)
    levels = []
    for n in ORDERS:
        keys, counts = _frequent(ids, n, bits, least)
        places = torch.searchsorted(parents, keys >> bits)
        first = torch.zeros(len(parents) + 1, dtype=torch.int64)
        torch.cumsum(torch.bincount(places, minlength=len(parents)), 0, out=first[1:])
        tokens = (keys & ((1 << bits) - 1)).to(torch.uint16)
        levels.append(Level(tokens, encode_counts(counts), first.to(torch.int32)))
        parents = keys
    gate = torch.full((len(ORDERS), GATE_SIZES), _FIRST_GATE)
    return Ngrams(encode_counts(unigrams), levels, gate)


def _frequent(ids: Tensor, n: int, bits: int, least: int) -> tuple[Tensor, Tensor]:
    """Sorted keys of the frequent n-grams, their tokens side by side, and their counts.

    The beginning of a frequent n-gram is at least as frequent, so that each has its parent.
    """
    length = max(0, len(ids) - n + 1)
    keys = torch.zeros(length, dtype=torch.int64)
    for offset in range(n):
        keys = (keys << bits) | ids[offset : offset + length]
    keys, counts = torch.unique_consecutive(keys.sort()[0], return_counts=True)
    frequent = counts >= least
    return keys[frequent], counts[frequent]


@torch.inference_mode()
def fit_gate(ngrams: Ngrams, network: Network, tokens: Tokens, documents: Sequence[str]) -> Tensor:
    """The gate under which `documents` are likeliest (Jelinek and Mercer 1980)."""
    events = [event for text in documents for event in _events(ngrams, network, tokens, text)]
    gate = ngrams.gate.clone()
    if not events:
        return gate
    rows = torch.tensor([row for row, _, _, _ in events])
    columns = torch.tensor([column for _, column, _, _ in events])
    neural, counted = torch.tensor([event[2:] for event in events]).T
    for _ in range(_ROUNDS):
        share = gate[rows, columns]
        posterior = share * counted / (share * counted + (1 - share) * neural)
        sums = torch.full_like(gate, _FIRST_GATE * _PRIOR)
        sums.index_put_((rows, columns), posterior, accumulate=True)
        seen = torch.full_like(gate, _PRIOR)
        seen.index_put_((rows, columns), torch.ones_like(posterior), accumulate=True)
        gate = sums / seen
    return gate


def _events(
    ngrams: Ngrams, network: Network, tokens: Tokens, text: str
) -> list[tuple[int, int, float, float]]:
    """For each token with a known context: its gate, and what both models gave it."""
    ids = [tokens.document, *tokens.encode(fold(text))]
    state = network.initial_state(1)
    events = []
    for start in range(0, len(ids) - 1, _STEPS):
        end = min(start + _STEPS, len(ids) - 1)
        hidden, state = network(torch.tensor([ids[start:end]]), state)
        for place, row in zip(range(start, end), network.logits(hidden[0]).softmax(1), strict=True):
            counted, level, size = ngrams.discounted(row, ids[max(0, place - 3) : place + 1])
            if level >= 0:
                token = ids[place + 1]
                events.append((level, size, float(row[token]), float(counted[token])))
    return events
