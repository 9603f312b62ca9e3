"""A trained network whose expectations another one learns from.

Hinton et al. 2015 (arXiv 1503.02531), at temperature 1: besides which token came, the student
sees what else the teacher thought likely there.
"""

from __future__ import annotations

import torch
from torch import Tensor

from model.base import BaseModel
from model.network import State
from model.training.loss import Expectation


class Teacher:
    """Reads what the student reads, with a state of its own."""

    def __init__(self, trained: BaseModel, share: float) -> None:
        """`share` is its part in the student's loss; the rest is that of the text."""
        self._network = trained.network().requires_grad_(False)
        self._share = share
        self.units = sum(trained.config.widths)

    def prepare(self, device: torch.device, kind: torch.dtype) -> None:
        """Go where the student is; products run in `kind`."""
        self._network = self._network.to(device, kind)

    @torch.no_grad()
    def read(self, inputs: Tensor, state: State) -> tuple[Expectation, State]:
        """(streams, steps) ids and its state -> what it expects at each, and the state."""
        network = self._network
        hidden, after = network(inputs, state.to(network.bias.dtype))
        rows = hidden.transpose(0, 1).flatten(0, 1)  # time first, as the student's
        expectation = Expectation(rows, network.embedding.weight, network.bias, self._share)
        return expectation, after.float()
