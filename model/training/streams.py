"""The training text as parallel streams, each of which reads its own part of it in order."""

from __future__ import annotations

from array import array

import torch
from torch import Tensor

from model.errors import SourceError
from model.network import NetworkConfig
from model.training.gradients import Batch
from model.training.plan import TrainingPlan


class Streams:
    """Batches by number, and what is random about them.

    The generator stays on the processor, so that every machine draws the same numbers.
    """

    def __init__(
        self, ids: array[int], plan: TrainingPlan, config: NetworkConfig, device: torch.device
    ) -> None:
        """`ids` are of 16 bits; SourceError where they are too few for the plan."""
        if len(ids) <= plan.streams * (plan.steps + 1):
            raise SourceError(
                f"The corpus is too small: {len(ids):,} tokens, and {plan.streams} streams of "
                f"{plan.steps} need more than {plan.streams * (plan.steps + 1):,}. Add text."
            )
        length = len(ids) // plan.streams
        text = torch.frombuffer(ids, dtype=torch.uint16)[: length * plan.streams]
        self.per_pass = max(1, (length - 1) // plan.steps)  # batches
        self.generator = torch.Generator().manual_seed(plan.seed)
        self._plan = plan
        self._config = config
        self._device = device
        # A processor reads the 16 bits where they are; CUDA has few operations for them.
        self._text = text if device.type == "cpu" else text.to(torch.int32).to(device)

    def unigram(self) -> Tensor:
        """(vocabulary,) how often each token occurs."""
        return torch.bincount(self._text.long(), minlength=self._config.vocabulary)

    def batch(self, step: int) -> Batch:
        """What all streams read in a step."""
        first = (step % self.per_pass) * self._plan.steps
        rows = self._text.view(self._plan.streams, -1)
        block = rows[:, first : first + self._plan.steps + 1].long()
        return Batch(block[:, :-1], block[:, 1:], self._masks())

    def _masks(self) -> tuple[Tensor, ...]:
        """Which units are dropped, for all parts at once so that their order is no matter."""
        dropout = self._config.dropout
        if not dropout:
            return ()
        masks = []
        for width in (self._config.width, *self._config.widths):
            draws = torch.rand(self._plan.streams, width, generator=self.generator)
            masks.append(((draws >= dropout) / (1 - dropout)).to(self._device))
        return tuple(masks)

    def kept(self) -> Tensor:
        """(streams,) 1 where the state goes on into the next batch, 0 where it starts anew."""
        draws = torch.rand(self._plan.streams, generator=self.generator)
        return (draws >= self._plan.cold_start).float().to(self._device)
