"""The gradients of a batch, made in parts on worker threads and summed in the parts' order.

A core that is busy with other work slows one worker, which then takes fewer parts, and not
the whole step. How many threads there are, and which of them is first, changes no bit of the
result. torch gives the interpreter's lock away inside its operations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from model.network import Network, State
from model.training.loss import Candidates, cross_entropy
from model.training.recurrence import run_layer
from model.training.teacher import Teacher


@dataclass(frozen=True)
class Batch:
    """What a step reads: (streams, steps) ids, and where a dropped unit is 0."""

    inputs: Tensor
    targets: Tensor  # ids, or places among a step's candidates
    masks: tuple[Tensor, ...] = ()  # (streams, width) before, between and after the layers

    def split(self, parts: int) -> list[Batch]:
        """The same in `parts` parts, each with some of the streams."""
        pieces = [tensor.tensor_split(parts) for tensor in (self.inputs, self.targets, *self.masks)]
        return [Batch(i, t, tuple(masks)) for i, t, *masks in zip(*pieces, strict=True)]


@dataclass(frozen=True)
class _Weights:
    """The weights of one step in the type of its products; the masters stay floats."""

    layers: list[list[Tensor]]
    output: Tensor  # (classes, width)
    bias: Tensor  # (classes,), floats


@dataclass(frozen=True)
class _Outcome:
    """What a part gives back."""

    loss: Tensor
    state: State
    layers: list[Tensor]  # gradients, as `_Weights.layers` one after the other
    embedded: Tensor  # (steps, streams, width)
    output: Tensor
    bias: Tensor


class Gradients:
    """Makes the gradients of one network."""

    def __init__(
        self,
        network: Network,
        kind: torch.dtype,
        part: int,
        threads: int,
        teacher: Teacher | None = None,
    ) -> None:
        """Products run in `kind`; a worker takes `part` streams at a time.

        A GPU takes all streams at once, from the thread that asks.
        """
        self._teacher = teacher
        if teacher:
            teacher.prepare(network.bias.device, kind)
        self._network = network
        self._kind = kind
        self._part = part
        self._pool: ThreadPoolExecutor | None = None
        if not network.bias.is_cuda:
            # One thread inside an operation: workers that wait for each other are what we avoid.
            self._pool = ThreadPoolExecutor(
                threads, "gradients", initializer=torch.set_num_threads, initargs=(1,)
            )

    def initial_state(self, streams: int) -> State:
        """Zeros for the network and, beside its units, for those of the teacher."""
        own = self._network.initial_state(streams)
        return torch.cat([own, own.new_zeros(2, streams, self._teacher_units)], dim=2)

    @property
    def _teacher_units(self) -> int:
        return self._teacher.units if self._teacher else 0

    def make(
        self, batch: Batch, state: State, candidates: Candidates | None, rows: int
    ) -> tuple[Tensor, State]:
        """Put the gradients of the batch's loss into the network's parameters.

        The loss, in nats, is a sum divided by `rows`: all that are read in the step, here and
        elsewhere. It is over `candidates`, or over the whole vocabulary where there are none,
        as a teacher needs it. Returns it and the state after the batch.
        """
        weights = self._weights(candidates)

        def run(part: Batch, before: State) -> _Outcome:
            return self._run(weights, part, before, rows)

        if self._pool is None:
            outcomes = [run(batch, state)]
        else:
            parts = batch.split(math.ceil(len(batch.inputs) / self._part))
            states = state.tensor_split(len(parts), dim=1)
            outcomes = list(self._pool.map(run, parts, states))
        self._sum(batch.inputs, candidates, outcomes)
        loss = torch.stack([outcome.loss for outcome in outcomes]).sum()
        return loss, torch.cat([outcome.state for outcome in outcomes], dim=1)

    def _weights(self, candidates: Candidates | None) -> _Weights:
        network = self._network
        output, bias = network.embedding.weight.detach(), network.bias.detach()
        if candidates is not None:
            output = output[candidates.classes]
            bias = bias[candidates.classes] - candidates.log_inclusion
        layers = [
            [weight.detach().to(self._kind).requires_grad_() for weight in layer]
            for layer in self._network.lstm.weights
        ]
        return _Weights(layers, output.to(self._kind), bias)

    def _run(self, weights: _Weights, part: Batch, state: State, rows: int) -> _Outcome:
        """Forward and backward through one part; `rows` are those of the whole batch."""
        # Time first: a step's rows lie together.
        embedded = nn.functional.embedding(part.inputs.t(), self._network.embedding.weight)
        embedded = embedded.detach().to(self._kind).requires_grad_()
        layer_output = _dropped(self._network.config.scale * embedded, part.masks, 0)
        after = []
        units = [*self._network.lstm.widths, self._teacher_units]
        *befores, before_teacher = torch.split(state, units, dim=2)
        for place, (layer, before) in enumerate(zip(weights.layers, befores, strict=True), 1):
            layer_output, layer_state = run_layer(layer_output, before, layer)
            layer_output = _dropped(layer_output, part.masks, place)
            after.append(layer_state)
        expectation = None
        if self._teacher:
            expectation, after_teacher = self._teacher.read(part.inputs, before_teacher)
            after.append(after_teacher)
        loss = cross_entropy(
            layer_output.detach().flatten(0, 1),
            weights.output,
            weights.bias,
            part.targets.t().flatten(),
            rows,
            expectation,
        )
        leaves = [embedded, *(weight for layer in weights.layers for weight in layer)]
        embedded_grad, *layer_grads = torch.autograd.grad(
            layer_output, leaves, loss.hidden.view_as(layer_output)
        )
        new_state = torch.cat(after, dim=2)
        return _Outcome(loss.loss, new_state, layer_grads, embedded_grad, loss.weight, loss.bias)

    @torch.no_grad()
    def _sum(
        self, inputs: Tensor, candidates: Candidates | None, outcomes: Sequence[_Outcome]
    ) -> None:
        network = self._network
        flat = [weight for layer in self._network.lstm.weights for weight in layer]
        for index, weight in enumerate(flat):
            weight.grad = _total([outcome.layers[index] for outcome in outcomes])
        output = _total([outcome.output for outcome in outcomes])
        bias = _total([outcome.bias for outcome in outcomes])
        if candidates is not None:
            rows = candidates.classes
            output = torch.zeros_like(network.embedding.weight).index_copy_(0, rows, output)
            bias = torch.zeros_like(network.bias).index_copy_(0, rows, bias)
        embedded = torch.cat([outcome.embedded for outcome in outcomes], dim=1).float()
        output.index_add_(0, inputs.t().flatten(), embedded.flatten(0, 1))
        network.embedding.weight.grad, network.bias.grad = output, bias


def _total(parts: Sequence[Tensor]) -> Tensor:
    total = parts[0].to(torch.float32, copy=True)  # the two biases of a layer share one
    for part in parts[1:]:
        total += part
    return total


def _dropped(vectors: Tensor, masks: tuple[Tensor, ...], place: int) -> Tensor:
    """Units left out for all steps of a stream alike (Gal and Ghahramani 2016)."""
    return vectors * masks[place].to(vectors.dtype) if masks else vectors
