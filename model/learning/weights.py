"""The personal weights: the base's upper LSTM layer and output bias, moved by what is read.

The layer by dynamic evaluation (Krause et al. 2018, arXiv 1709.07432): each lesson is read once,
in order, with plain gradient steps, and behind it the weights are pulled back to the base a
little, as often as there were steps. The bias by dynamic marginals (Kneser, Peters and Klakow
1997): a token gains as far as it came more often than the base foresaw, whatever it stood behind;
a few lessons are enough for that. After each lesson what has moved is rounded to half floats, as it
is stored, so the same lessons give the same bits wherever the reading was broken off.

All that does not move is the base's own network as it serves, in int8: its lower layers are read
once for both, and its output layer makes the logits of both. Floats are only the layer that moves,
while a lesson is read, and the slopes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from safetensors import SafetensorError
from torch import Tensor

from model.base import BaseModel
from model.learning.gates import Gates
from model.learning.layer import Layer, slope_below
from model.learning.reading import Reading
from model.network import shapes
from model.tensors import from_bytes, metadata_of, to_bytes

_REMEMBERED = 600  # tokens of the present document
_EDITION = 5  # goes up where the same lessons begin to give other weights


@dataclass(frozen=True)
class LearningRule:
    """How the weights follow; chosen on three dev authors."""

    steps: int = 32  # tokens of one gradient step
    rate: float = 0.15  # on the mean loss of those tokens
    decay: float = 5e-4  # of the distance to the base, each step
    clip: float = 1.0
    doubt: float = 0.3  # tokens, come and foreseen, that each token is taken to have had before
    lean: float = 0.6  # power of the share of those that came and those foreseen
    deny: float = 1.0  # nats that a token loses at most: what one text lacks the next may have


class PersonalWeights:
    """What has moved, and the states at the end of what was read last."""

    def __init__(self, base: BaseModel, rule: LearningRule | None = None) -> None:
        self._base = base
        self._rule = rule or LearningRule()
        end = f"_l{base.config.layers - 1}"
        self._shapes = {n: shape for n, shape in shapes(base.config).items() if n.endswith(end)}
        self.reset()

    def reset(self) -> None:
        """Back to the base's own weights, with nothing read."""
        self.go_home()
        self._begin(None)
        self.gates = Gates()

    def _begin(self, document: str | None) -> None:
        """Nothing was read of this document yet."""
        self._standing = self._base.inference.initial_state()  # of the base's network
        self._own = torch.zeros(2, 1, self._base.config.width)  # of the layer that moves
        self._document = document
        self._before: list[int] = []

    def go_home(self) -> None:
        """Back to the base's own weights, in the middle of reading."""
        self._moved = {n: torch.zeros(s, dtype=torch.half) for n, s in self._shapes.items()}
        # (vocabulary,) counts of the tokens that came, and of the base's probabilities.
        self._came = torch.zeros(self._base.config.vocabulary)
        self._foreseen = torch.zeros(self._base.config.vocabulary)

    def moved(self) -> dict[str, Tensor]:
        """The parameters of the upper layer as they are now, made anew, by name."""
        floats = self._base.floats(self._moved.__contains__)
        return {name: floats[name].add_(moved) for name, moved in self._moved.items()}

    def changes(self) -> dict[str, Tensor]:
        """The moved parameters, and by how much the output bias differs."""
        return {**self.moved(), "bias_change": self._leaning()}

    def _leaning(self) -> Tensor:
        """(vocabulary,) what the output bias gains."""
        doubt = self._rule.doubt
        gain = self._rule.lean * ((self._came + doubt) / (self._foreseen + doubt)).log()
        return gain.clamp(min=-self._rule.deny)

    def before(self, document: str | None) -> list[int]:
        """The last tokens that were read of this document; none if another was read since."""
        return list(self._before) if document is not None and document == self._document else []

    @torch.inference_mode()
    def learn(self, reading: Reading, document: str | None) -> list[tuple[float, float]]:
        """Read a lesson; within one document the state goes on from lesson to lesson.

        Returns, for each token after the first, its probability under the base's network and
        under the personal one before the step that learns it.
        """
        ids = torch.tensor(reading.ids)
        if document is None or document != self._document:
            self._begin(document)
            ids[0] = self._base.tokens.document
        # What was accepted moves no weight: it would confirm itself, and be offered more and more.
        typed = torch.tensor(reading.weights).floor()
        layer, steps = Layer(self.moved()), 0
        scores: list[tuple[float, float]] = []
        for start in range(0, len(ids), self._rule.steps):
            part = slice(start + 1, start + 1 + self._rule.steps)
            scores += self.step(layer, ids[start : part.stop - 1], ids[part], typed[part])
            steps += bool(typed[part].any())
        self._keep(layer, steps)
        self._before = [*self._before, *reading.ids][-_REMEMBERED:]
        return scores

    def step(
        self, layer: Layer, inputs: Tensor, targets: Tensor, typed: Tensor
    ) -> list[tuple[float, float]]:
        """One gradient step: (steps,) inputs; targets, perhaps one less, and 1 where typed."""
        inference, count, places = self._base.inference, len(targets), torch.arange(len(targets))
        states = inference.read(inputs.tolist(), self._standing)
        seen = layer.read(inference.under_last(inputs.tolist(), states), self._own)
        self._standing, self._own = states[:, -1:].clone(), seen.state
        if not count:  # the last token of a lesson, alone
            return []
        base = inference.probabilities(states[:, :count])
        leaning = self._leaning()
        self._came.index_add_(0, targets, typed)
        self._foreseen += typed @ base
        foreseen = base[places, targets].tolist()
        del base  # as large as the next ones
        own = inference.logits(seen.hidden[:count]).add_(leaning).softmax(1)
        scores = list(zip(foreseen, own[places, targets].tolist(), strict=True))
        if bool(typed.any()):
            own[places, targets] -= 1
            slope = torch.zeros_like(seen.hidden)
            slope[:count] = slope_below(own * (typed / count)[:, None], *self._base.embeddings)
            layer.move(seen, slope, self._rule.rate, self._rule.clip)
        return scores

    def _keep(self, layer: Layer, steps: int) -> None:
        """Keep of what has moved what a checkpoint keeps of it, drawn home by so many steps."""
        left = (1 - self._rule.decay) ** steps
        for name, weight in layer.weights.items():
            home = self._base.floats(name.__eq__)[name]  # one at a time
            self._moved[name] = weight.sub_(home).mul_(left).half()

    def digest(self) -> bytes:
        """SHA-256 over what has moved and the gates."""
        gates = json.dumps([self.gates.belief, self.gates.lead]).encode("utf-8")
        return hashlib.sha256(to_bytes({**self._moved, **self._marginals()}) + gates).digest()

    def _marginals(self) -> dict[str, Tensor]:
        return {"came": self._came, "foreseen": self._foreseen}

    def to_bytes(self, bounds: Sequence[int]) -> bytes:
        """All that is needed to read on; 6 MB for 512 units behind 896.

        `bounds` say which of the records so far were read, and counted.
        """
        about = {
            "base": self._base.digest,
            "edition": _EDITION,
            "document": self._document,
            "before": self._before,
            "bounds": list(bounds),
            "belief": self.gates.belief,
            "lead": self.gates.lead,
        }
        return to_bytes(self._tensors(), {"about": json.dumps(about)})

    def _tensors(self) -> dict[str, Tensor]:
        states = {"base.state": self._standing, "own.state": self._own}
        return {**self._moved, **self._marginals(), **states}

    def restore(self, content: bytes, bounds: Sequence[int]) -> bool:
        """Take a checkpoint over; False if it is damaged, or of another base, edition or bounds."""
        try:
            tensors = from_bytes(content)
            about = json.loads(metadata_of(content)["about"])
            sizes = {name: tensor.shape for name, tensor in self._tensors().items()}
            sound = sizes == {name: tensor.shape for name, tensor in tensors.items()} and all(
                bool(tensor.isfinite().all()) for tensor in tensors.values()
            )
            made_for = about["base"], about["edition"], about["bounds"]
            if made_for != (self._base.digest, _EDITION, list(bounds)) or not sound:
                return False
            gates = Gates([float(one) for one in about["belief"]], float(about["lead"]))
            self._moved = {name: tensors[name] for name in self._moved}
            self._came, self._foreseen = tensors["came"], tensors["foreseen"]
            self._standing, self._own = tensors["base.state"], tensors["own.state"]
            self.gates = gates
            self._document, self._before = about["document"], list(about["before"])
            return True
        except (SafetensorError, RuntimeError, KeyError, ValueError, TypeError):
            self.reset()
            return False
