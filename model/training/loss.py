"""Cross entropy over a large vocabulary, in memory-sized pieces and, if wished, sampled.

Gradients are made in the forward pass (the logits are there once, and never kept), the
products run in the inputs' type (bf16 where that is fast), the sums in floats. Sampling:
the batch's own targets plus draws from the unigram distribution, each logit lowered by the
log of the probability that its class is there at all (Bengio and Senécal 2008).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

_CHUNK_ROWS = 1024


class _ChunkedCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, hidden: Tensor, weight: Tensor, bias: Tensor, targets: Tensor) -> Tensor:
        rows = hidden.shape[0]
        loss = hidden.new_zeros((), dtype=torch.float32)
        grad_hidden = torch.empty_like(hidden)
        grad_weight = torch.zeros_like(weight, dtype=torch.float32)
        grad_bias = torch.zeros_like(bias, dtype=torch.float32)
        for start in range(0, rows, _CHUNK_ROWS):
            part = slice(start, start + _CHUNK_ROWS)
            h, t = hidden[part], targets[part]
            logits = (h @ weight.t()).float() + bias  # (chunk, classes)
            log_z = logits.logsumexp(1)
            loss += (log_z - logits.gather(1, t[:, None]).squeeze(1)).sum()
            grad = (logits - log_z[:, None]).exp_()
            grad[torch.arange(len(t), device=t.device), t] -= 1.0
            grad_bias += grad.sum(0)
            grad = (grad / rows).to(weight.dtype)
            grad_hidden[part] = grad @ weight
            grad_weight += grad.t() @ h
        ctx.save_for_backward(grad_hidden, grad_weight.to(weight.dtype), grad_bias / rows)
        return loss / rows

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        (grad,) = grads
        hidden, weight, bias = ctx.saved_tensors
        return hidden * grad, weight * grad, bias * grad, None


def cross_entropy(hidden: Tensor, weight: Tensor, bias: Tensor, targets: Tensor) -> Tensor:
    """Mean loss in nats: hidden (rows, width), weight (classes, width), bias (classes,)."""
    return _ChunkedCrossEntropy.apply(hidden, weight, bias, targets)  # type: ignore[no-any-return,no-untyped-call]


class SampledLoss:
    """Cross entropy against the batch's targets and `samples` drawn classes."""

    def __init__(self, unigram: Tensor, samples: int, generator: torch.Generator) -> None:
        """`unigram`: (vocabulary,) counts of the training text."""
        smoothed = (unigram.double() + 1.0).pow(0.75)
        self._target_share = (unigram.double() + 1.0) / (unigram.double() + 1.0).sum()
        self._draw_share = smoothed / smoothed.sum()
        self._cumulative = self._draw_share.cumsum(0)
        self._samples = samples
        self._generator = generator

    def __call__(self, hidden: Tensor, weight: Tensor, bias: Tensor, targets: Tensor) -> Tensor:
        """As `cross_entropy`, an estimate of the loss over all classes."""
        draws = torch.rand(self._samples, generator=self._generator, dtype=torch.float64)
        drawn = torch.searchsorted(self._cumulative, draws).clamp_(max=len(self._cumulative) - 1)
        classes, places = torch.unique(torch.cat([targets, drawn]), return_inverse=True)
        log_inclusion = self._log_inclusion(classes, len(targets))
        return cross_entropy(
            hidden, weight[classes], bias[classes] - log_inclusion, places[: len(targets)]
        )

    def _log_inclusion(self, classes: Tensor, rows: int) -> Tensor:
        """log P(class is among the candidates): 1 - (1 - p)^rows (1 - q)^samples."""
        absent = rows * torch.log1p(-self._target_share[classes]) + self._samples * torch.log1p(
            -self._draw_share[classes]
        )
        return torch.log(-torch.expm1(absent)).float()
