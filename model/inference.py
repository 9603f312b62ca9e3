"""The network as it runs: one or a few tokens at a time, in int8 where torch can.

At batch 1 a step is bound by reading the weights once, so the matrices are int8 with one
scale a row and activations are quantised on the fly. torch deprecates this API; it lives in
this module alone, with floats as the fallback.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import partial

import torch
from torch import Tensor

from model.network import NetworkConfig

Linear = Callable[[Tensor], Tensor]
Embedding = Callable[[Tensor], Tensor]
Rows = tuple[Tensor, Tensor]  # (n, m) int8, and (n,) the scale of each
_ROWS = 128  # that are rounded to int8 at a time
LinearMaker = Callable[[Tensor, Tensor], Linear]


def floats(weight: Tensor, bias: Tensor) -> Linear:
    """x -> x @ weight.T + bias in floats."""
    return lambda x: torch.nn.functional.linear(x, weight, bias)


def _int8_rows(weight: Tensor) -> Rows:
    """Some rows at a time: what is made of all on the way would take more than they do."""
    made = [_rounded(part) for part in torch.split(weight, _ROWS)]
    rows, scales = zip(*made, strict=True)
    return torch.cat(rows), torch.cat(scales)


def _rounded(weight: Tensor) -> Rows:
    scale = (weight.abs().amax(1) / 127).clamp_min(1e-8)
    return (weight / scale[:, None]).round().to(torch.int8), scale


def _from_rows(rows: Rows, bias: Tensor) -> Linear:
    """x -> x @ weight.T + bias with int8 weights, one scale a row; floats where torch cannot."""
    weight, scale = rows
    try:
        packed_rows = torch._make_per_channel_quantized_tensor(  # noqa: SLF001 - has no public name
            weight, scale.double(), torch.zeros(len(weight), dtype=torch.long), 0
        )
        packed = torch.ops.quantized.linear_prepack(packed_rows, bias)
        run = torch.ops.quantized.linear_dynamic
        run(torch.zeros(1, weight.shape[1]), packed, reduce_range=True)
    except (RuntimeError, AttributeError):
        return floats(weight.float() * scale.float()[:, None], bias)
    return lambda x: run(x, packed, reduce_range=True)


def _int8(weight: Tensor, bias: Tensor) -> Linear:
    return _from_rows(_int8_rows(weight), bias)


class Inference:
    """Immutable weights; state goes in and comes out, so any thread may hold one.

    A state is one tensor (2, streams, units): hidden vectors, then cells, of all layers side by
    side.
    """

    def __init__(
        self,
        config: NetworkConfig,
        weights: Mapping[str, Tensor],
        rows: Rows | None = None,
        linear: LinearMaker | None = None,
    ) -> None:
        """`weights` is the float state of a `model.network.Network`; none of it is kept.

        `rows` are its embeddings in int8, where that is how they are stored: they are the larger
        part, and then needed in no other form. `linear` makes the products; int8 if not given,
        `floats` for exact comparisons.
        """
        self.config = config
        self._linear = linear or _int8
        bias = weights["bias"].float()
        if linear is None:
            rows = rows or _int8_rows(weights["embedding.weight"].float())
            self._embedded: Embedding = partial(_looked_up, rows)
            self._output = _from_rows(rows, bias)
        else:
            embedding = weights["embedding.weight"].float()
            self._embedded = embedding.__getitem__
            self._output = linear(embedding, bias)
        self._cells = [self._cell(weights, layer) for layer in range(config.layers)]

    def _cell(self, weights: Mapping[str, Tensor], layer: int) -> Linear:
        """The four gates of a layer as one product over [input, hidden]."""
        joined = torch.cat(
            [weights[f"lstm.weight_ih_l{layer}"], weights[f"lstm.weight_hh_l{layer}"]], dim=1
        )
        bias = weights[f"lstm.bias_ih_l{layer}"] + weights[f"lstm.bias_hh_l{layer}"]
        return self._linear(joined.float(), bias.float())

    def with_changes(self, changes: dict[str, Tensor]) -> Inference:
        """A copy with another upper layer and output bias; all the rest is shared.

        `changes` holds the parameters of that layer and `bias_change`.
        """
        cells = [*self._cells[:-1], self._cell(changes, self.config.layers - 1)]
        changed = copy(self)
        vars(changed).update(_output=_with_bias(self._output, changes["bias_change"]), _cells=cells)
        return changed

    def initial_state(self) -> Tensor:
        """Zeros for one stream."""
        return torch.zeros(2, 1, sum(self.config.widths))

    @torch.inference_mode()
    def advance(self, ids: Sequence[int], state: Tensor) -> Tensor:
        """One token for each stream of `state`; returns the new state."""
        layer_input = self.config.scale * self._embedded(torch.tensor(ids))
        hiddens, cells = (part.split(self.config.widths, dim=1) for part in state)
        new_hidden, new_cell = [], []
        for gates_of, hidden, cell in zip(self._cells, hiddens, cells, strict=True):
            gates = gates_of(torch.cat([layer_input, hidden], dim=1))
            i, f, g, o = gates.chunk(4, dim=1)
            c = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
            layer_input = torch.sigmoid(o) * torch.tanh(c)
            new_hidden.append(layer_input)
            new_cell.append(c)
        return torch.stack([torch.cat(new_hidden, dim=1), torch.cat(new_cell, dim=1)])

    @torch.inference_mode()
    def probabilities(self, state: Tensor) -> Tensor:
        """(streams, vocabulary) probabilities of the next token."""
        return torch.softmax(self.logits(state[0, :, -self.config.width :]), dim=1)

    @torch.inference_mode()
    def logits(self, hidden: Tensor) -> Tensor:
        """(n, width) hidden vectors of the last layer -> (n, vocabulary)."""
        return self._output(hidden)

    @torch.inference_mode()
    def read(self, ids: Sequence[int], state: Tensor) -> Tensor:
        """(2, tokens, units): the state of one stream behind each token."""
        states = []
        for token in ids:
            state = self.advance([token], state)
            states.append(state)
        return torch.cat(states, dim=1)

    @torch.inference_mode()
    def under_last(self, ids: Sequence[int], states: Tensor) -> Tensor:
        """(tokens, inputs) what the last layer was given, where `read` gave these states."""
        layers = torch.split(states[0], list(self.config.widths), dim=1)
        if len(layers) > 1:
            return layers[-2]
        return self.config.scale * self._embedded(torch.tensor(ids))


def _looked_up(rows: Rows, ids: Tensor) -> Tensor:
    values, scales = rows
    return values[ids].float() * scales[ids].float()[:, None]


def _with_bias(output: Linear, change: Tensor) -> Linear:
    return lambda x: output(x) + change
