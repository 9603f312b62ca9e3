"""Bits per character of text under a network: the measure that does not depend on search."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from model.network import Network
from model.text import fold
from model.tokens import Tokens

_STEPS = 256


@torch.no_grad()
def bits_per_character(network: Network, tokens: Tokens, documents: Sequence[str]) -> float:
    """Mean bits for each character of `documents`, read as one context in their order."""
    ids: list[int] = []
    for document in documents:
        ids += [tokens.document, *tokens.encode(fold(document))]
    characters = sum(len(document) + 1 for document in documents)
    stream = torch.tensor(ids)
    state = network.initial_state(1)
    nats = 0.0
    for start in range(0, len(ids) - 1, _STEPS):
        inputs = stream[start : start + _STEPS]
        targets = stream[start + 1 : start + _STEPS + 1]
        hidden, state = network(inputs[None, : len(targets)], state)
        nats += torch.nn.functional.cross_entropy(
            network.logits(hidden[0]).float(), targets, reduction="sum"
        ).item()
    return nats / math.log(2) / max(1, characters)
