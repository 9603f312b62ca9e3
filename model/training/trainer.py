"""The training loop: streams of text with carried state, AdamW, a schedule of the rate.

Knows nothing of files but its checkpoint. Master weights are floats; the LSTM and the output
products run in bf16 where that is faster. Stopped at any time and resumed, it goes on at
the exact step.
"""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from model.errors import SourceError
from model.network import Network, NetworkConfig
from model.training.checkpoint import Checkpoint, tensors_of
from model.training.gradients import Batch, Gradients
from model.training.loss import Sampler
from model.training.plan import Schedule, TrainingPlan
from model.training.recurrence import run_layer

CHECKPOINT = "checkpoint.safetensors"
STABLE = "stable.safetensors"  # from before the rate began to fall


@dataclass(frozen=True)
class Progress:
    """What a step tells: `share` runs from 0 to 1, `loss` is in nats a token."""

    step: int
    share: float
    loss: float
    tokens_per_second: float


class Trainer:
    """Trains one network on one stream of token ids."""

    def __init__(
        self,
        network: Network,
        stream: array[int],
        plan: TrainingPlan,
        folder: Path,
        threads: int = 1,
    ) -> None:
        """`network` is trained in place; `folder` holds the checkpoint, and is made if need be."""
        self.plan = plan
        self.network = network
        self._folder = folder
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network.to(self._device)
        self._type = self._precision()  # of the products; the master weights stay floats
        self._gradients = Gradients(self.network, self._type, plan.part, threads)
        self._optimizer = torch.optim.AdamW(
            self._parameter_groups(), lr=plan.rate, betas=(0.9, 0.98), fused=True
        )
        if len(stream) <= plan.streams * (plan.steps + 1):
            raise SourceError(
                f"The corpus is too small: {len(stream):,} tokens, and {plan.streams} streams of "
                f"{plan.steps} need more than {plan.streams * (plan.steps + 1):,}. Add text."
            )
        self._ids = torch.frombuffer(stream, dtype=torch.uint16)
        self._generator = torch.Generator().manual_seed(plan.seed)
        unigram = torch.bincount(self._ids.long(), minlength=network.config.vocabulary)
        self._sampler = Sampler(unigram, plan.samples, self._generator)
        self.step = 0
        self._seconds = 0.0
        self._falling = False
        self._schedule = self._new_schedule()
        self._state = self.network.initial_state(plan.streams)

    def _precision(self) -> torch.dtype:
        known = {"float32": torch.float32, "bfloat16": torch.bfloat16}
        return known.get(self.plan.precision) or _fast_type(self.network.config, self._device)

    def _parameter_groups(self) -> list[dict[str, object]]:
        matrices = [p for p in self.network.parameters() if p.dim() > 1]
        vectors = [p for p in self.network.parameters() if p.dim() == 1]
        return [
            {"params": matrices, "weight_decay": self.plan.decay},
            {"params": vectors, "weight_decay": 0.0},
        ]

    def _new_schedule(self, again: bool = False) -> Schedule:
        steps = self.plan.passes * self._per_pass
        return Schedule(steps, self.plan.minutes, self.step, self._seconds, again)

    @property
    def _per_pass(self) -> int:
        return max(1, (len(self._ids) // self.plan.streams - 1) // self.plan.steps)

    @property
    def share(self) -> float:
        """How much of the schedule is done."""
        return self._schedule.share(self.step, self._seconds)

    def run(self, on_progress: Callable[[Progress], None]) -> None:
        """Train to the end of the schedule, with a checkpoint now and then."""
        saved = time.monotonic()
        while self.share < 1.0:
            started = time.monotonic()
            share = self.share
            if self._schedule.falls(self.plan, share) and not self._falling:
                self.save(STABLE)
                self._falling = True
            loss = self._train_step(share)
            self.step += 1
            seconds = time.monotonic() - started
            self._seconds += seconds
            rate = self.plan.streams * self.plan.steps / seconds
            on_progress(Progress(self.step, share, loss, rate))
            if time.monotonic() - saved > 60 * self.plan.checkpoint_minutes:
                self.save()
                saved = time.monotonic()
        self.save()

    def _train_step(self, share: float) -> float:
        plan = self.plan
        batch = self._batch(self.step)
        self._drop_some_states()
        sampled = share < 1.0 - plan.full_share and self._device.type == "cpu"
        candidates = self._sampler.draw(batch.targets.flatten()) if sampled else None
        loss, self._state = self._gradients.make(batch, self._state, candidates)
        for group in self._optimizer.param_groups:
            group["lr"] = self._schedule.rate(plan, self.step, share)
        nn.utils.clip_grad_norm_(self.network.parameters(), plan.clip)
        self._optimizer.step()
        return float(loss)

    def _batch(self, step: int) -> Batch:
        """Stream k reads the k-th part of the text."""
        plan = self.plan
        offset = (step % self._per_pass) * plan.steps
        length = len(self._ids) // plan.streams
        rows = [
            self._ids[k * length + offset : k * length + offset + plan.steps + 1]
            for k in range(plan.streams)
        ]
        block = torch.stack([row.long() for row in rows]).to(self._device)
        return Batch(block[:, :-1], block[:, 1:], self._masks())

    def _masks(self) -> tuple[Tensor, ...]:
        """Which units are dropped, drawn here for all parts so that their order is no matter."""
        config = self.network.config
        if not config.dropout:
            return ()
        masks = []
        for width in (config.width, *config.widths):
            draws = torch.rand(self.plan.streams, width, generator=self._generator)
            kept = (draws >= config.dropout) / (1 - config.dropout)
            masks.append(kept.to(self._device, self._type))
        return tuple(masks)

    def _drop_some_states(self) -> None:
        keep = torch.rand(self.plan.streams, generator=self._generator) >= self.plan.cold_start
        self._state = self._state * keep.to(self._device)[None, :, None]

    def save(self, name: str = CHECKPOINT) -> None:
        """Write a checkpoint in the folder."""
        tensors = tensors_of(self.network, self._optimizer, self._state, self._generator)
        checkpoint = Checkpoint(
            *(tensors, self.step, self._seconds, self._schedule, self._falling),
            config=self.network.config,
        )
        checkpoint.write(self._folder / name)

    def resume(self, length_named: bool = False) -> bool:
        """Go on from the folder's checkpoint; False where there is none.

        An unfinished schedule goes on, with its own length unless that of the plan is
        `length_named`. After a finished one, a new one starts from the weights before the fall.
        """
        path, stable = self._folder / CHECKPOINT, self._folder / STABLE
        if not path.exists():
            return False
        checkpoint = Checkpoint.read(path)
        if checkpoint.finished and stable.exists():
            checkpoint = Checkpoint.read(stable)
            self._take(checkpoint)
            self._schedule = self._new_schedule(again=True)
            return True
        self._take(checkpoint)
        schedule = checkpoint.schedule
        if schedule is None or checkpoint.finished:
            self._schedule = self._new_schedule(again=True)
            return True
        if length_named:
            wished = self._new_schedule()
            schedule = replace(schedule, steps=wished.steps, minutes=wished.minutes)
        self._schedule, self._falling = schedule, checkpoint.falling
        return True

    def _take(self, checkpoint: Checkpoint) -> None:
        try:
            self.network.load_state_dict(checkpoint.under("network."))
        except RuntimeError as error:
            raise SourceError(
                f"The checkpoint in {self._folder} is of a network of another shape: name the "
                "options it was trained with, or another --output."
            ) from error
        for index, parameter in enumerate(self.network.parameters()):
            moments = checkpoint.under(f"optimizer.{index}.")
            self._optimizer.state[parameter] = {
                key: value.to(self._device, copy=True) for key, value in moments.items()
            }
        self._state = self.network.initial_state(self.plan.streams)
        if checkpoint.state.shape == self._state.shape:  # else there are other streams now
            self._state = checkpoint.state.to(self._device)
        self._generator.set_state(checkpoint.tensors["generator"])
        self.step, self._seconds = checkpoint.step, checkpoint.seconds


def _fast_type(config: NetworkConfig, device: torch.device) -> torch.dtype:
    """bf16 where a layer's forward and backward pass is faster in it than in floats."""
    if device.type == "cuda":
        return torch.bfloat16
    seconds: dict[torch.dtype, float] = {}
    for kind in (torch.float32, torch.bfloat16):
        weights = [
            p.detach().to(kind).requires_grad_()
            for p in nn.LSTM(config.width, config.width).parameters()
        ]
        inputs = torch.zeros(32, 32, config.width, dtype=kind)
        for _ in range(4):  # the best of a few: the first pass warms up
            started = time.thread_time()  # what others do on this processor is no matter
            run_layer(inputs, torch.zeros(2, 32, config.width), weights)[0].sum().backward()  # type: ignore[no-untyped-call]
            taken = time.thread_time() - started
            seconds[kind] = min(taken, seconds.get(kind, math.inf))
    return min(seconds, key=lambda kind: seconds[kind])
