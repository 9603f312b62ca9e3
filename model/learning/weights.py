"""The personal weights: the base's upper LSTM layer and output bias, moved by what is read.

Dynamic evaluation (Krause et al. 2018, arXiv 1709.07432): each lesson is read once, in order,
with plain gradient steps, and with each step the weights are pulled back to the base a
little. The same lessons give the same bits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from model.base import BaseModel
from model.learning.reading import Reading
from model.tensors import from_bytes, metadata_of, to_bytes


@dataclass(frozen=True)
class LearningRule:
    """How the weights follow; chosen on three dev authors."""

    steps: int = 32  # tokens of one gradient step
    rate: float = 1.0  # on the mean loss of those tokens
    decay: float = 5e-4  # of the distance to the base, each step
    clip: float = 1.0


class PersonalWeights:
    """What has moved, and the state at the end of what was read last."""

    def __init__(self, base: BaseModel, rule: LearningRule | None = None) -> None:
        self._base = base
        self._rule = rule or LearningRule()
        self._network = base.network().requires_grad_(False)
        for _, parameter in self.moving():
            parameter.data = parameter.data.clone()  # the others are shared with whoever predicts
        self._home = {name: parameter.detach().clone() for name, parameter in self.moving()}
        self.reset()

    def moving(self) -> list[tuple[str, nn.Parameter]]:
        """The parameters that learn, by name."""
        end = f"_l{self._base.config.layers - 1}"
        return [
            (name, parameter)
            for name, parameter in self._network.named_parameters()
            if name == "bias" or name.endswith(end)
        ]

    @torch.no_grad()
    def reset(self) -> None:
        """Back to the base's own weights, with nothing read."""
        for name, parameter in self.moving():
            parameter.copy_(self._home[name])
        self._state = self._network.initial_state(1)
        self._document: str | None = None

    def changes(self) -> dict[str, Tensor]:
        """Copies of the moved parameters, and by how much the output bias differs."""
        moved = {name: parameter.detach().clone() for name, parameter in self.moving()}
        return {**moved, "bias_change": moved["bias"] - self._home["bias"]}

    def learn(self, reading: Reading, document: str | None) -> None:
        """Read a lesson; within one document the state goes on from lesson to lesson."""
        if document is None or document != self._document:
            self._state = self._network.initial_state(1)
            self._document = document
        ids = torch.tensor(reading.ids)
        weights = torch.tensor(reading.learn, dtype=torch.float32)
        for start in range(0, len(ids) - 1, self._rule.steps):
            targets = slice(start + 1, start + 1 + self._rule.steps)
            count = len(ids[targets])
            self.step(ids[start : start + count], ids[targets], weights[targets])

    def step(self, inputs: Tensor, targets: Tensor, weights: Tensor) -> None:
        """One gradient step: (steps,) inputs, targets and weights of the loss."""
        moving = self.moving()
        for _, parameter in moving:
            parameter.requires_grad_(True)
            parameter.grad = None
        with torch.enable_grad():
            hidden, state = self._network(inputs[None], self._state)
            losses = nn.functional.cross_entropy(
                self._network.logits(hidden[0]), targets, reduction="none"
            )
            loss = (losses * weights).sum() / len(weights)
            loss.backward()  # type: ignore[no-untyped-call]
        self._state = state.detach()
        with torch.no_grad():
            nn.utils.clip_grad_norm_([parameter for _, parameter in moving], self._rule.clip)
            for name, parameter in moving:
                if parameter.grad is not None and bool(parameter.grad.isfinite().all()):
                    parameter.sub_(parameter.grad, alpha=self._rule.rate)
                parameter.lerp_(self._home[name], self._rule.decay)

    def to_bytes(self, ordinal: int) -> bytes:
        """A checkpoint that has seen the journal up to `ordinal`."""
        tensors = {name: parameter.detach() for name, parameter in self.moving()}
        tensors["state"] = self._state
        about = {"base": self._base.digest, "ordinal": ordinal, "document": self._document}
        return to_bytes(tensors, {"about": json.dumps(about)})

    def restore(self, checkpoint: bytes) -> int | None:
        """Take a checkpoint over and return its ordinal; None if it is damaged or not ours."""
        try:
            tensors = from_bytes(checkpoint)
            about = json.loads(metadata_of(checkpoint)["about"])
            sound = all(bool(tensor.isfinite().all()) for tensor in tensors.values())
            if about["base"] != self._base.digest or not sound:
                return None
            with torch.no_grad():
                for name, parameter in self.moving():
                    parameter.copy_(tensors[name])
            self._state = tensors["state"]
            self._document = about["document"]
            return int(about["ordinal"])
        except (SafetensorError, RuntimeError, KeyError, ValueError, TypeError):
            self.reset()
            return None
