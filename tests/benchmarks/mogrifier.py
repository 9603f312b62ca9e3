"""A mogrifier LSTM (Melis, Kočiský and Blunsom 2020, arXiv 1909.01792), for `ablations` alone.

Before each step the input and the hidden vector gate each other a few times. The product over
all steps that a plain layer begins with is not possible then: it goes token by token.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

import model.training.gradients
from model.network import Network, NetworkConfig, StackedLSTM, State

ROUNDS = 5  # as in the paper


class MogrifierLSTM(StackedLSTM):
    """A stacked LSTM with the gates of its rounds behind the four parameters of each layer."""

    def __init__(self, inputs: int, widths: Sequence[int]) -> None:
        super().__init__(inputs, widths)
        self.rounds = nn.ModuleList()
        for width in widths:
            shapes = [(width, inputs) if k % 2 else (inputs, width) for k in range(ROUNDS)]
            gates = [nn.Parameter(torch.empty(shape)) for shape in shapes]
            for gate in gates:
                nn.init.uniform_(gate, -(gate.shape[1] ** -0.5), gate.shape[1] ** -0.5)
            self.rounds.append(nn.ParameterList(gates))
            inputs = width

    @property
    def weights(self) -> list[list[Tensor]]:
        """For each layer those of a plain one, then the gates of each round."""
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        return [
            [*(getattr(self, f"{name}_l{layer}") for name in names), *gates]
            for layer, gates in enumerate(self.rounds)
        ]

    def forward(self, inputs: Tensor, state: State) -> tuple[Tensor, State]:
        """As `StackedLSTM.forward`."""
        rows, after = inputs.transpose(0, 1), []
        for weights, part in zip(self.weights, torch.split(state, self.widths, dim=2), strict=True):
            rows, own = run_layer(rows, part, weights)
            after.append(own)
        return rows.transpose(0, 1), torch.cat(after, dim=2)


class MogrifierNetwork(Network):
    """The network with such layers."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__(config)
        self.lstm = MogrifierLSTM(config.width, config.widths)


def run_layer(inputs: Tensor, state: Tensor, weights: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """As `model.training.recurrence.run_layer`, with the gates behind its weights."""
    of_input, of_hidden, bias, other_bias, *gates = weights
    hidden, cell = state[0].to(inputs.dtype), state[1]
    hiddens = []
    for read in inputs:
        row = read
        for k, gate in enumerate(gates):
            if k % 2:
                hidden = 2 * torch.sigmoid(row @ gate.t()) * hidden
            else:
                row = 2 * torch.sigmoid(hidden @ gate.t()) * row
        raw = torch.addmm(bias + other_bias, row, of_input.t()) + hidden @ of_hidden.t()
        i, f, g, o = raw.float().chunk(4, dim=1)
        cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
        hidden = (torch.sigmoid(o) * torch.tanh(cell)).to(inputs.dtype)
        hiddens.append(hidden)
    return torch.stack(hiddens), torch.stack([hidden.float(), cell]).detach()


@contextmanager
def trained_so() -> Iterator[None]:
    """Have the trainer run the layers of this module, for as long as this lasts."""
    plain = model.training.gradients.run_layer
    model.training.gradients.run_layer = run_layer
    try:
        yield
    finally:
        model.training.gradients.run_layer = plain
