"""The training loop: streams of text with carried state, AdamW, a schedule of the rate.

Knows nothing of files but its checkpoint. Master weights are floats; the products run in
bf16 where that is faster. Stopped at any time and resumed, it goes on at the exact step, on
as many threads or processes as there are then.
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
from model.training.gradients import Gradients
from model.training.loss import Sampler
from model.training.plan import Schedule, TrainingPlan
from model.training.recurrence import run_layer
from model.training.streams import Streams
from model.training.teacher import Teacher
from model.training.team import Team

CHECKPOINT = "checkpoint.safetensors"
STABLE = "stable.safetensors"  # from before the rate began to fall
_LOOK_EVERY = 10  # steps; to look at the clock or at a loss, a GPU must come to a halt


@dataclass(frozen=True)
class Progress:
    """What the last steps tell: `share` runs from 0 to 1, `loss` is in nats a token."""

    step: int
    share: float
    loss: float
    tokens_per_second: float


class Trainer:
    """Trains one network on one stream of token ids."""

    def __init__(
        self,
        network: Network,
        ids: array[int],
        plan: TrainingPlan,
        folder: Path,
        threads: int = 1,
        team: Team | None = None,
        teacher: Teacher | None = None,
    ) -> None:
        """`network` is trained in place; `folder` holds the checkpoint, and is made if need be."""
        self.plan = plan
        self.team = team or Team()
        if plan.streams % self.team.size:
            raise SourceError(
                f"{plan.streams} streams cannot be shared by {self.team.size} processes alike: "
                "name other --streams."
            )
        self.network = network.to(self.team.device)
        self._folder = folder
        self._streams = Streams(ids, plan, network.config, self.team.device)
        self._gradients = Gradients(network, self._precision(), plan.part, threads, teacher)
        self._optimizer = torch.optim.AdamW(
            self._parameter_groups(), lr=plan.rate, betas=(0.9, 0.98), fused=True
        )
        self._sampler: Sampler | None = None
        if self.team.device.type == "cpu" and not teacher:  # a GPU is fast enough for all classes
            generator = self._streams.generator
            self._sampler = Sampler(self._streams.unigram(), plan.samples, generator)
        alone = self.team.size == 1 and self.team.device.type == "cpu"
        self._look_every = 1 if alone else _LOOK_EVERY
        self.step = 0
        self._seconds = 0.0
        self._falling = False
        self._schedule = self._new_schedule()
        self._state = self._own_state(None)

    def _precision(self) -> torch.dtype:
        known = {"float32": torch.float32, "bfloat16": torch.bfloat16}
        kind = known.get(self.plan.precision) or _fast_type(self.network.config, self.team.device)
        return torch.bfloat16 if self.team.agree(kind == torch.bfloat16) else torch.float32

    def _parameter_groups(self) -> list[dict[str, object]]:
        matrices = [p for p in self.network.parameters() if p.dim() > 1]
        vectors = [p for p in self.network.parameters() if p.dim() == 1]
        return [
            {"params": matrices, "weight_decay": self.plan.decay},
            {"params": vectors, "weight_decay": 0.0},
        ]

    def _own_state(self, of_all: Tensor | None) -> Tensor:
        """The share of this process in the state; zeros where that of all streams does not fit."""
        zeros = self._gradients.initial_state(self.plan.streams)
        if of_all is None or of_all.shape != zeros.shape:
            of_all = zeros
        return self.team.own(of_all.to(self.team.device), dim=1)

    def _new_schedule(self, again: bool = False) -> Schedule:
        steps = self.plan.passes * self._streams.per_pass
        return Schedule(steps, self.plan.minutes, self.step, self._seconds, again)

    @property
    def share(self) -> float:
        """How much of the schedule is done."""
        return self._schedule.share(self.step, self._seconds)

    def run(self, on_progress: Callable[[Progress], None], minutes: float | None = None) -> bool:
        """Train to the end of the schedule, or for `minutes`; whether the end was reached.

        A checkpoint is written now and then, and at the end.
        """
        began = saved = self._seconds
        losses: list[Tensor] = []
        started = time.monotonic()
        while self.share < 1.0 and (minutes is None or self._seconds - began < 60 * minutes):
            if self._schedule.falls(self.plan, self.share) and not self._falling:
                self.save(STABLE)
                self._falling = True
            share = self.share
            losses.append(self._train_step(share))
            self.step += 1
            if self.step % self._look_every and self.share < 1.0:
                continue
            loss = float(torch.stack(losses).mean())  # waits for what a GPU has still to do
            taken = self.team.agree(time.monotonic() - started)
            self._seconds += taken
            speed = len(losses) * self.plan.streams * self.plan.steps / taken
            on_progress(Progress(self.step, share, loss, speed))
            if self._seconds - saved > 60 * self.plan.checkpoint_minutes:
                self.save()
                saved = self._seconds
            losses.clear()
            started = time.monotonic()
        self.save()
        return self.share >= 1.0

    def _train_step(self, share: float) -> Tensor:
        plan, team = self.plan, self.team
        batch = self._streams.batch(self.step)
        candidates = None
        if self._sampler and share < 1.0 - plan.full_share:
            candidates = self._sampler.draw(batch.targets.flatten())
            batch = replace(batch, targets=candidates.places.view_as(batch.targets))
        state = self._state * team.own(self._streams.kept())[None, :, None]
        own = batch.split(team.size)[team.rank]
        rows = batch.targets.numel()
        loss, self._state = self._gradients.make(own, state, candidates, rows)
        parameters = list(self.network.parameters())
        team.add([loss, *(p.grad for p in parameters if p.grad is not None)])
        for group in self._optimizer.param_groups:
            group["lr"] = self._schedule.rate(plan, self.step, share)
        nn.utils.clip_grad_norm_(parameters, plan.clip)
        self._optimizer.step()
        return loss

    def save(self, name: str = CHECKPOINT) -> None:
        """Write a checkpoint in the folder; all processes must come here."""
        state = self.team.gather(self._state, dim=1)
        if self.team.first:
            generator = self._streams.generator
            Checkpoint(
                tensors_of(self.network, self._optimizer, state, generator),
                self.step,
                self._seconds,
                self._schedule,
                self._falling,
                self.network.config,
            ).write(self._folder / name)

    def resume(self, length_named: bool = False) -> bool:
        """Go on from the folder's checkpoint; False where there is none.

        An unfinished schedule goes on, with its own length unless that of the plan is
        `length_named`. After a finished one, a new one starts from the weights before the fall.
        """
        path, stable = self._folder / CHECKPOINT, self._folder / STABLE
        if not path.exists():
            return False
        checkpoint = Checkpoint.read(path)
        finished = checkpoint.finished
        if finished and stable.exists():
            checkpoint = Checkpoint.read(stable)
        self._take(checkpoint)
        schedule = checkpoint.schedule
        if finished or schedule is None:
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
                key: value.to(self.team.device, copy=True) for key, value in moments.items()
            }
        self._state = self._own_state(checkpoint.state)
        self._streams.generator.set_state(checkpoint.tensors["generator"])
        self.step, self._seconds = checkpoint.step, checkpoint.seconds


def _fast_type(config: NetworkConfig, device: torch.device) -> torch.dtype:
    """bf16 where a layer's forward and backward pass is faster in it than in floats."""
    if device.type == "cuda":
        return torch.bfloat16
    seconds: dict[torch.dtype, float] = {}
    for kind in (torch.float32, torch.bfloat16):
        layer = nn.LSTM(config.width, config.width).to(kind)
        inputs = torch.zeros(32, 32, config.width, dtype=kind)
        for _ in range(4):  # the best of a few: the first pass warms up
            started = time.thread_time()  # what others do on this processor is no matter
            hiddens, _ = run_layer(
                inputs, torch.zeros(2, 32, config.width), list(layer.parameters())
            )
            hiddens.sum().backward()  # type: ignore[no-untyped-call]
            taken = time.thread_time() - started
            seconds[kind] = min(taken, seconds.get(kind, math.inf))
    return min(seconds, key=lambda kind: seconds[kind])
