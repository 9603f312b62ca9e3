"""The training loop: streams of text with carried state, AdamW, a cosine to the end.

Knows nothing of files but its checkpoint. Master weights are floats; the LSTM and the output
products run in bf16 where that is faster. Stopped at any time and resumed, it goes on at
the exact step.
"""

from __future__ import annotations

import json
import math
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from model.errors import SourceError
from model.network import Network, NetworkConfig, State
from model.tensors import from_bytes, metadata_of, to_bytes
from model.training.gradients import Batch, Gradients
from model.training.loss import Sampler
from model.training.recurrence import run_layer


@dataclass(frozen=True)
class TrainingPlan:
    """The recipe; every figure was chosen by measurement (model card)."""

    streams: int = 64
    steps: int = 64
    rate: float = 1e-2
    final_rate: float = 0.02  # share of `rate` left at the end
    warm_up: int = 200
    clip: float = 1.0
    decay: float = 0.01
    passes: float = 1.0
    minutes: float | None = None  # ends the schedule early where time is what is short
    samples: int = 2048
    full_share: float = 0.04  # the last part of the schedule sees the full softmax
    cold_start: float = 1 / 24  # a stream's state is dropped this often, as in real use
    checkpoint_minutes: float = 10.0
    part: int = 16  # streams that one worker takes at a time
    precision: str = "auto"  # of the products: "float32", "bfloat16", or what is faster here
    seed: int = 1


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
        config: NetworkConfig,
        stream: array[int],
        plan: TrainingPlan,
        folder: Path,
        threads: int = 1,
    ) -> None:
        """`folder` holds the checkpoint; it is made if need be."""
        torch.manual_seed(plan.seed)
        self.plan = plan
        self.network = Network(config).train()
        self._folder = folder
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network.to(self._device)
        self._threads = threads
        self._compute_in(self._precision())
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
        unigram = torch.bincount(self._ids.long(), minlength=config.vocabulary)
        self._sampler = Sampler(unigram, plan.samples, self._generator)
        self._step = 0
        self._seconds = 0.0
        self._state = self._zero_state()

    def _precision(self) -> torch.dtype:
        known = {"float32": torch.float32, "bfloat16": torch.bfloat16}
        return known.get(self.plan.precision) or _fast_type(self.network.config, self._device)

    def _compute_in(self, kind: torch.dtype) -> None:
        """Run the products in `kind`; the master weights stay floats."""
        self._type = kind
        self._gradients = Gradients(self.network, kind, self.plan.part, self._threads)

    def _parameter_groups(self) -> list[dict[str, object]]:
        matrices = [p for p in self.network.parameters() if p.dim() > 1]
        vectors = [p for p in self.network.parameters() if p.dim() == 1]
        return [
            {"params": matrices, "weight_decay": self.plan.decay},
            {"params": vectors, "weight_decay": 0.0},
        ]

    def _zero_state(self) -> State:
        hidden, cell = self.network.initial_state(self.plan.streams)
        return hidden.to(self._type), cell

    @property
    def _per_pass(self) -> int:
        return max(1, (len(self._ids) // self.plan.streams - 1) // self.plan.steps)

    @property
    def share(self) -> float:
        """How much of the schedule is done, by steps or by time, whichever is further."""
        by_steps = self._step / max(1.0, self.plan.passes * self._per_pass)
        by_time = self._seconds / (60 * self.plan.minutes) if self.plan.minutes else 0.0
        return min(1.0, max(by_steps, by_time))

    def run(self, on_progress: Callable[[Progress], None]) -> None:
        """Train to the end of the schedule, with a checkpoint now and then."""
        saved = time.monotonic()
        while self.share < 1.0:
            started = time.monotonic()
            share = self.share
            loss = self._train_step(share)
            self._step += 1
            seconds = time.monotonic() - started
            self._seconds += seconds
            rate = self.plan.streams * self.plan.steps / seconds
            on_progress(Progress(self._step, share, loss, rate))
            if time.monotonic() - saved > 60 * self.plan.checkpoint_minutes:
                self.save()
                saved = time.monotonic()
        self.save()

    def _train_step(self, share: float) -> float:
        plan = self.plan
        batch = self._batch(self._step)
        self._drop_some_states()
        sampled = share < 1.0 - plan.full_share and self._device.type == "cpu"
        candidates = self._sampler.draw(batch.targets.flatten()) if sampled else None
        loss, self._state = self._gradients.make(batch, self._state, candidates)
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate(share)
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
        shape = (config.layers + 1, self.plan.streams, config.width)
        kept = torch.rand(shape, generator=self._generator) >= config.dropout
        return (kept / (1 - config.dropout)).to(self._device, self._type).unbind()

    def _drop_some_states(self) -> None:
        keep = torch.rand(self.plan.streams, generator=self._generator) >= self.plan.cold_start
        mask = keep.to(self._device)[None, :, None]
        self._state = (self._state[0] * mask, self._state[1] * mask)

    def _rate(self, share: float) -> float:
        plan = self.plan
        warm = min(1.0, (self._step + 1) / plan.warm_up)
        cosine = 0.5 * (1 + math.cos(math.pi * share))
        return plan.rate * warm * (plan.final_rate + (1 - plan.final_rate) * cosine)

    def save(self) -> None:
        """Write the checkpoint beside the old one, then replace it."""
        tensors = {f"network.{k}": v for k, v in self.network.state_dict().items()}
        for index, parameter in enumerate(self.network.parameters()):
            for key, value in self._optimizer.state[parameter].items():
                tensors[f"optimizer.{index}.{key}"] = value
        tensors["state.hidden"], tensors["state.cell"] = self._state
        tensors["generator"] = self._generator.get_state()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / "checkpoint.safetensors"
        beside = path.with_suffix(".new")
        meta = {"progress": json.dumps({"step": self._step, "seconds": self._seconds})}
        beside.write_bytes(to_bytes(tensors, meta))
        beside.replace(path)

    def resume(self) -> bool:
        """Go on from the checkpoint in the folder; False where there is none."""
        path = self._folder / "checkpoint.safetensors"
        if not path.exists():
            return False
        data = path.read_bytes()
        tensors, progress = from_bytes(data), json.loads(metadata_of(data)["progress"])
        self.network.load_state_dict(
            {k.removeprefix("network."): v for k, v in tensors.items() if k.startswith("network.")}
        )
        for index, parameter in enumerate(self.network.parameters()):
            prefix = f"optimizer.{index}."
            self._optimizer.state[parameter] = {
                k.removeprefix(prefix): v.to(self._device, copy=True)
                for k, v in tensors.items()
                if k.startswith(prefix)
            }
        self._compute_in(tensors["state.hidden"].dtype)
        hidden, cell = tensors["state.hidden"], tensors["state.cell"]
        self._state = (hidden.to(self._device, copy=True), cell.to(self._device).float())
        self._generator.set_state(tensors["generator"])
        self._step, self._seconds = progress["step"], progress["seconds"]
        return True


def _fast_type(config: NetworkConfig, device: torch.device) -> torch.dtype:
    """bf16 where a forward and backward pass is faster in it than in floats, else floats."""
    if device.type == "cuda":
        return torch.bfloat16
    seconds: dict[torch.dtype, float] = {}
    for kind in (torch.float32, torch.bfloat16):
        weights = [p.to(kind) for p in nn.LSTM(config.width, config.width).parameters()]
        inputs = torch.zeros(32, 32, config.width, dtype=kind)
        state = (inputs[0], inputs[0].float())
        for _ in range(4):  # the best of a few: the first pass warms up, others are disturbed
            started = time.perf_counter()
            run_layer(inputs, *state, weights)[0].sum().backward()  # type: ignore[no-untyped-call]
            taken = time.perf_counter() - started
            seconds[kind] = min(taken, seconds.get(kind, math.inf))
    return min(seconds, key=lambda kind: seconds[kind])
