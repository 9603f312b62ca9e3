"""Cross entropy over a large vocabulary with its gradients, in memory-sized pieces.

Gradients are made with the loss (the logits are there once, and never kept); the products
run in the inputs' type (bf16 where that is fast), the sums in floats. Sampling: the batch's
own targets plus draws from the unigram distribution, each logit lowered by the log of the
probability that its class is there at all (Bengio and Senécal 2008).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

_CHUNK_ROWS = 1024


@dataclass(frozen=True)
class LossAndGradients:
    """A loss in nats and its gradients; those of weights and bias are floats."""

    loss: Tensor  # ()
    hidden: Tensor  # (rows, width), of the hidden vectors' type
    weight: Tensor  # (classes, width)
    bias: Tensor  # (classes,)


@dataclass(frozen=True)
class Expectation:
    """What a teacher expects, as its hidden vectors and output layer."""

    hidden: Tensor  # (rows, its width)
    weight: Tensor  # (classes, its width)
    bias: Tensor  # (classes,)
    share: float  # of the loss

    def log_probabilities(self, part: slice) -> Tensor:
        """(rows of the part, classes), in floats."""
        logits = torch.nn.functional.linear(self.hidden[part], self.weight, self.bias)
        return logits.float().log_softmax(1)


@torch.no_grad()
def cross_entropy(
    hidden: Tensor,
    weight: Tensor,
    bias: Tensor,
    targets: Tensor,
    rows: int,
    teacher: Expectation | None = None,
) -> LossAndGradients:
    """The sum of losses divided by `rows`, which is the mean where they are all the rows.

    hidden (rows, width), weight (classes, width), bias (classes,) in floats, targets (rows,).
    With a `teacher` its share of the loss is the Kullback-Leibler divergence from what it
    expects.
    """
    loss = bias.new_zeros(())
    grad_hidden = torch.empty_like(hidden)
    grad_weight = torch.zeros_like(weight, dtype=torch.float32)
    grad_bias = torch.zeros_like(bias)
    of_text = 1.0 - teacher.share if teacher else 1.0
    for start in range(0, len(hidden), _CHUNK_ROWS):
        part = slice(start, start + _CHUNK_ROWS)
        h, t = hidden[part], targets[part]
        logits = (h @ weight.t()).float() + bias  # (chunk, classes)
        log_z = logits.logsumexp(1)
        loss += of_text * (log_z - logits.gather(1, t[:, None]).squeeze(1)).sum()
        said = logits.sub_(log_z[:, None])
        grad = said.exp()
        grad[torch.arange(len(t), device=t.device), t] -= of_text
        if teacher:
            expected = teacher.log_probabilities(part)
            probability = expected.exp()
            loss += teacher.share * (probability * (expected - said)).sum()
            grad.sub_(probability, alpha=teacher.share)
        grad_bias += grad.sum(0)
        grad = (grad / rows).to(weight.dtype)
        grad_hidden[part] = grad @ weight
        grad_weight += grad.t() @ h
    return LossAndGradients(loss / rows, grad_hidden, grad_weight, grad_bias / rows)


@dataclass(frozen=True)
class Candidates:
    """The classes that a batch's loss is taken over."""

    classes: Tensor  # (candidates,) ids, each once, in rising order
    log_inclusion: Tensor  # (candidates,) log P(class is among the candidates), in floats
    places: Tensor  # (targets,) where each target stands among them


class Sampler:
    """Draws the candidates of a batch: its targets and `samples` classes by their frequency."""

    def __init__(self, unigram: Tensor, samples: int, generator: torch.Generator) -> None:
        """`unigram`: (vocabulary,) counts of the training text."""
        smoothed = (unigram.double() + 1.0).pow(0.75)
        self._target_share = (unigram.double() + 1.0) / (unigram.double() + 1.0).sum()
        self._draw_share = smoothed / smoothed.sum()
        self._cumulative = self._draw_share.cumsum(0)
        self._samples = samples
        self._generator = generator

    def draw(self, targets: Tensor) -> Candidates:
        """The candidates for a batch's (rows,) targets."""
        draws = torch.rand(self._samples, generator=self._generator, dtype=torch.float64)
        drawn = torch.searchsorted(self._cumulative, draws).clamp_(max=len(self._cumulative) - 1)
        classes, places = torch.unique(torch.cat([targets, drawn]), return_inverse=True)
        log_inclusion = self._log_inclusion(classes, len(targets))
        return Candidates(classes, log_inclusion, places[: len(targets)])

    def _log_inclusion(self, classes: Tensor, rows: int) -> Tensor:
        """1 - (1 - p)^rows (1 - q)^samples, as a log."""
        absent = rows * torch.log1p(-self._target_share[classes]) + self._samples * torch.log1p(
            -self._draw_share[classes]
        )
        return torch.log(-torch.expm1(absent)).float()
