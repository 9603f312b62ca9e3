"""The network: a stacked LSTM language model with tied embeddings, state in and state out.

Hochreiter and Schmidhuber 1997 for the cell; Press and Wolf 2017 (arXiv 1608.05859) for
tied embeddings. This form trains and learns in floats; `model.prediction.inference` runs it
quantised.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

State = tuple[Tensor, Tensor]  # hidden and cell, each (layers, streams, width)


@dataclass(frozen=True)
class NetworkConfig:
    """The shape of the network; stored beside the weights as JSON."""

    vocabulary: int
    width: int = 512  # of embeddings and of every LSTM layer: no projection is needed
    layers: int = 2
    dropout: float = 0.0  # pays only once text is seen again


class Network(nn.Module):
    """Token ids and a state in, hidden vectors and a new state out."""

    def __init__(self, config: NetworkConfig, weights: dict[str, Tensor] | None = None) -> None:
        """Start from random weights, or from `weights`, whose tensors are used as they are."""
        super().__init__()
        self.config = config
        # Given at once: to fill so many rows with random numbers takes a tenth of a second.
        rows = weights["embedding.weight"] if weights else None
        self.embedding = nn.Embedding(config.vocabulary, config.width, _weight=rows)
        self.lstm = nn.LSTM(
            config.width, config.width, config.layers, batch_first=True, dropout=config.dropout
        )
        self.bias = nn.Parameter(torch.zeros(config.vocabulary))
        if weights:
            self.load_state_dict(weights, assign=True)
        else:
            self._initialise()

    def _initialise(self) -> None:
        # Tied embeddings want a small start; the forget gates open at 1 (Jozefowicz 2015).
        nn.init.normal_(self.embedding.weight, std=0.05)
        for name, parameter in self.lstm.named_parameters():
            if "bias_ih" in name:
                nn.init.zeros_(parameter)
                parameter.data[self.config.width : 2 * self.config.width] = 1.0
            elif "bias_hh" in name:
                nn.init.zeros_(parameter)

    def initial_state(self, streams: int) -> State:
        """Zeros, in the weights' own type."""
        config = self.config
        zeros = self.bias.new_zeros(config.layers, streams, config.width)
        return zeros, zeros.clone()

    def forward(self, ids: Tensor, state: State) -> tuple[Tensor, State]:
        """(streams, steps) ids -> (streams, steps, width) hidden vectors and the state."""
        return self.lstm(self.embedding(ids), state)  # type: ignore[no-any-return]

    def logits(self, hidden: Tensor) -> Tensor:
        """(..., width) -> (..., vocabulary); rows of the output layer are the embeddings."""
        return nn.functional.linear(hidden, self.embedding.weight, self.bias)
