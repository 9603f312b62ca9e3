"""The network: a stacked LSTM language model with tied embeddings, state in and state out.

Hochreiter and Schmidhuber 1997 for the cell; Press and Wolf 2017 (arXiv 1608.05859) for
tied embeddings. This form trains and learns in floats; `model.inference` runs it
quantised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

# (2, streams, units): hidden vectors, then cells; those of all layers lie side by side.
State = Tensor


@dataclass(frozen=True)
class NetworkConfig:
    """The shape of the network; stored beside the weights as JSON."""

    vocabulary: int
    width: int = 512  # of the embeddings and the last layer, so that no projection is needed
    layers: int = 2
    dropout: float = 0.0  # pays only once text is seen again
    inner: tuple[int, ...] = ()  # widths of the layers before the last; if none, all are `width`
    scale: float = 1.0  # of embeddings on the way in: deep networks start only with 20 or so

    def __post_init__(self) -> None:
        object.__setattr__(self, "inner", tuple(self.inner))  # JSON has lists
        if self.inner and len(self.inner) != self.layers - 1:
            raise ValueError(f"{len(self.inner)} inner widths do not fit {self.layers} layers")

    @property
    def widths(self) -> tuple[int, ...]:
        """Units of each layer, the first layer first."""
        return (*self.inner, self.width) if self.inner else (self.width,) * self.layers


class StackedLSTM(nn.Module):
    """Layers of any widths; the parameters have the names that they have in `nn.LSTM`."""

    def __init__(self, inputs: int, widths: Sequence[int], filled: bool = True) -> None:
        """The weights are random, or, unless `filled`, whatever the memory holds."""
        super().__init__()
        self.widths = list(widths)
        for layer, width in enumerate(widths):
            shapes = {
                "weight_ih": (4 * width, inputs),
                "weight_hh": (4 * width, width),
                "bias_ih": (4 * width,),
                "bias_hh": (4 * width,),
            }
            for name, shape in shapes.items():
                parameter = nn.Parameter(torch.empty(shape))
                if filled:
                    self._fill(parameter, name, width)
                self.register_parameter(f"{name}_l{layer}", parameter)
            inputs = width

    @staticmethod
    def _fill(parameter: nn.Parameter, name: str, width: int) -> None:
        if name.startswith("weight"):
            nn.init.uniform_(parameter, -(width**-0.5), width**-0.5)
        else:
            nn.init.zeros_(parameter)
        if name == "bias_ih":  # the forget gates open at 1 (Jozefowicz 2015)
            parameter.data[width : 2 * width] = 1.0

    @property
    def weights(self) -> list[list[Tensor]]:
        """For each layer weight_ih, weight_hh, bias_ih and bias_hh."""
        flat: list[Tensor] = list(self.parameters())
        return [flat[start : start + 4] for start in range(0, len(flat), 4)]

    def forward(self, inputs: Tensor, state: State) -> tuple[Tensor, State]:
        """(streams, steps, inputs) and a state -> (streams, steps, last width) and a state."""
        after = []
        for weights, part in zip(self.weights, torch.split(state, self.widths, dim=2), strict=True):
            hidden, cell = part.contiguous()[:, None]  # each (1, streams, width)
            inputs, hidden, cell = torch.lstm(
                inputs, (hidden, cell), weights, True, 1, 0.0, self.training, False, True
            )
            after.append(torch.cat([hidden, cell]))
        return inputs, torch.cat(after, dim=2)


def shapes(config: NetworkConfig) -> dict[str, tuple[int, ...]]:
    """Of each tensor in a network's state, by its name.

    To build one on torch's "meta" device would say the same, and import torch's compiler.
    """
    found: dict[str, tuple[int, ...]] = {
        "embedding.weight": (config.vocabulary, config.width),
        "bias": (config.vocabulary,),
    }
    inputs = config.width
    for layer, width in enumerate(config.widths):
        for name, columns in (("ih", inputs), ("hh", width)):
            found[f"lstm.weight_{name}_l{layer}"] = (4 * width, columns)
            found[f"lstm.bias_{name}_l{layer}"] = (4 * width,)
        inputs = width
    return found


class Network(nn.Module):
    """Token ids and a state in, hidden vectors and a new state out."""

    def __init__(self, config: NetworkConfig, weights: dict[str, Tensor] | None = None) -> None:
        """Start from random weights, or from `weights`, whose tensors are used as they are."""
        super().__init__()
        self.config = config
        # Given at once: to fill so many rows with random numbers takes a tenth of a second.
        rows = weights["embedding.weight"] if weights else None
        self.embedding = nn.Embedding(config.vocabulary, config.width, _weight=rows)
        self.lstm = StackedLSTM(config.width, config.widths, filled=weights is None)
        self.bias = nn.Parameter(torch.zeros(config.vocabulary))
        if weights:
            self.load_state_dict(weights, assign=True)
        else:
            nn.init.normal_(self.embedding.weight, std=0.05)  # tied embeddings want a small start

    def initial_state(self, streams: int) -> State:
        """Zeros, in the weights' own type."""
        return self.bias.new_zeros(2, streams, sum(self.config.widths))

    def forward(self, ids: Tensor, state: State) -> tuple[Tensor, State]:
        """(streams, steps) ids -> (streams, steps, width) hidden vectors and the state."""
        return self.lstm(self.config.scale * self.embedding(ids), state)  # type: ignore[no-any-return]

    def logits(self, hidden: Tensor) -> Tensor:
        """(..., width) -> (..., vocabulary); rows of the output layer are the embeddings."""
        return nn.functional.linear(hidden, self.embedding.weight, self.bias)
