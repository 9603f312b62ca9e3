"""One LSTM layer for training: a forward and a backward pass made of few large products.

What does not depend on the step before (the input's share of the gates, the gradients of
weights and inputs) is one product over all steps; only the recurrent share goes step by step,
with what is done element by element while the step's numbers are still in the cache. With
64 x 64 tokens in bf16 that takes two thirds of the time of oneDNN's layer, and less still for
parts of a batch. On a GPU cuDNN's layer is the faster one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

_sigmoid_backward = torch.ops.aten.sigmoid_backward
_tanh_backward = torch.ops.aten.tanh_backward


class _Layer(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, inputs: Tensor, hidden: Tensor, cell: Tensor, *weights: Tensor
    ) -> tuple[Tensor, Tensor]:
        of_input, of_hidden, bias, other_bias = weights
        steps, streams, _ = inputs.shape
        width = of_hidden.shape[1]
        gates = inputs @ of_input.t() + (bias + other_bias)  # (steps, streams, 4 width)
        hiddens = hidden.new_empty(steps + 1, streams, width)
        cells = cell.new_empty(steps + 1, streams, width)
        hiddens[0], cells[0] = hidden, cell
        for step in range(steps):
            raw = torch.addmm(gates[step], hiddens[step], of_hidden.t())
            torch.sigmoid(raw, out=gates[step])
            torch.tanh(raw[:, 2 * width : 3 * width], out=gates[step, :, 2 * width : 3 * width])
            i, f, g, o = gates[step].float().chunk(4, dim=1)
            torch.addcmul(i * g, f, cells[step], out=cells[step + 1])
            torch.mul(o, cells[step + 1].tanh(), out=hiddens[step + 1])
        ctx.save_for_backward(inputs, hiddens, cells, gates, of_input, of_hidden)
        last_cell = cells[-1]
        ctx.mark_non_differentiable(last_cell)
        return hiddens[1:], last_cell

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        inputs, hiddens, cells, gates, of_input, of_hidden = ctx.saved_tensors
        grad_hidden = grads[0]
        change = torch.empty_like(gates)  # of the loss with each gate, before its nonlinearity
        grad_cell = torch.zeros_like(cells[0])
        last = len(gates) - 1
        for step in range(last, -1, -1):
            grad = grad_hidden[step]
            if step < last:
                grad = torch.addmm(grad, change[step + 1], of_hidden)
            grad = grad.float()
            i, f, g, o = gates[step].float().chunk(4, dim=1)
            squashed = cells[step + 1].tanh()
            grad_cell = grad_cell + _tanh_backward(grad * o, squashed)
            parts = [
                _sigmoid_backward(grad_cell * g, i),
                _sigmoid_backward(grad_cell * cells[step], f),
                _tanh_backward(grad_cell * i, g),
                _sigmoid_backward(grad * squashed, o),
            ]
            change[step] = torch.cat(parts, dim=1)
            grad_cell = grad_cell * f
        flat = change.flatten(0, 1)  # (steps * streams, 4 width)
        grad_bias = flat.sum(0)
        return (
            change @ of_input,
            None,
            None,
            flat.t() @ inputs.flatten(0, 1),
            flat.t() @ hiddens[:-1].flatten(0, 1),
            grad_bias,
            grad_bias,
        )


def run_layer(inputs: Tensor, state: Tensor, weights: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """One layer over all steps, differentiable in the inputs and weights, not in the state.

    `inputs` are (steps, streams, inputs); `state` is (2, streams, width) in floats, hidden
    vectors, then cells; `weights` are those of a layer of `nn.LSTM`, in its order and of the
    inputs' type. Returns (steps, streams, width) hidden vectors and the state after them.
    """
    hidden, cell = state
    if inputs.is_cuda:
        before = [part[None].to(inputs.dtype) for part in state]  # cuDNN has one type for all
        hiddens, hidden, cell = torch.lstm(
            inputs, before, list(weights), True, 1, 0.0, True, False, False
        )
        return hiddens, torch.cat([hidden, cell]).detach().float()
    hiddens, last_cell = _Layer.apply(inputs, hidden.to(inputs.dtype), cell, *weights)  # type: ignore[no-untyped-call]
    return hiddens, torch.stack([hiddens[-1].detach().float(), last_cell])
