"""A checkpoint of a training: weights, the optimizer's moments, state, randomness, progress.

The tensors are `network.*`, `optimizer.{index of the parameter}.*`, `state.hidden`,
`state.cell` and `generator`; the progress is JSON in the metadata.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from model.errors import SourceError
from model.files import replace_file
from model.network import NetworkConfig, State
from model.tensors import from_bytes, metadata_of, to_bytes
from model.training.plan import Schedule


@dataclass(frozen=True)
class Checkpoint:
    """What a training needs to go on at the exact step."""

    tensors: dict[str, Tensor]
    step: int
    seconds: float  # of training so far
    schedule: Schedule | None  # None in those of an earlier program, which knew no schedules
    falling: bool = False  # the rate had begun to fall
    config: NetworkConfig | None = None  # None likewise

    def under(self, prefix: str) -> dict[str, Tensor]:
        """The tensors whose names begin with `prefix`, without it."""
        return {
            name.removeprefix(prefix): tensor
            for name, tensor in self.tensors.items()
            if name.startswith(prefix)
        }

    @property
    def state(self) -> State:
        """The network's state, in floats."""
        parts = [self.tensors[f"state.{name}"].float() for name in ("hidden", "cell")]
        if parts[0].dim() == 3:  # (layers, streams, width), as the first program wrote it
            parts = [part.transpose(0, 1).flatten(1) for part in parts]
        return torch.stack(parts)

    @property
    def finished(self) -> bool:
        """Whether its schedule came to its end."""
        return self.schedule is not None and self.schedule.share(self.step, self.seconds) >= 1.0

    def write(self, path: Path) -> None:
        """Write it beside what is there, then replace that."""
        progress: dict[str, Any] = {
            "step": self.step,
            "seconds": self.seconds,
            "falling": self.falling,
            "schedule": asdict(self.schedule) if self.schedule else None,
            "network": asdict(self.config) if self.config else None,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, to_bytes(self.tensors, {"progress": json.dumps(progress)}))

    @classmethod
    def read(cls, path: Path) -> Checkpoint:
        """Read one; SourceError where it is damaged."""
        try:
            data = path.read_bytes()
            progress = json.loads(metadata_of(data)["progress"])
            schedule, network = progress.get("schedule"), progress.get("network")
            return cls(
                tensors=from_bytes(data),
                step=progress["step"],
                seconds=progress["seconds"],
                schedule=Schedule(**schedule) if schedule else None,
                falling=progress.get("falling", False),
                config=NetworkConfig(**network) if network else None,
            )
        except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
            raise SourceError(
                f"The checkpoint {path} is damaged ({error}): delete it, or train without --resume."
            ) from error


def tensors_of(
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
    state: State,
    generator: torch.Generator,
) -> dict[str, Tensor]:
    """The tensors of a checkpoint."""
    tensors = {f"network.{name}": tensor for name, tensor in network.state_dict().items()}
    for index, parameter in enumerate(network.parameters()):
        for key, value in optimizer.state[parameter].items():
            tensors[f"optimizer.{index}.{key}"] = value
    tensors["state.hidden"], tensors["state.cell"] = state
    tensors["generator"] = generator.get_state()
    return tensors
