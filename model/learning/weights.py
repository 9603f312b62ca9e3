"""The personal weights: the base's upper LSTM layer and output bias, moved by what is read.

The layer by dynamic evaluation (Krause et al. 2018, arXiv 1709.07432): each lesson is read once,
in order, with plain gradient steps, and with each step the weights are pulled back to the base
a little. The bias by dynamic marginals (Kneser, Peters and Klakow 1997): a token gains as far as
it came more often than the base foresaw, whatever it stood behind; a few lessons are enough for
that. After each lesson what has moved is rounded to half floats, as it is stored, so the same
lessons give the same bits wherever the reading was broken off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from model.base import BaseModel
from model.learning.gates import Gates
from model.learning.reading import Reading
from model.network import Network, shapes
from model.tensors import from_bytes, metadata_of, to_bytes

_OWNERS = ("base", "own")  # of the states
_REMEMBERED = 600  # tokens of the present document
_EDITION = 4  # goes up where the same lessons begin to give other weights


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


@dataclass(frozen=True)
class _Networks:
    """Floats to learn with: the base's network, and one that shares all with it but what moves."""

    standing: Network
    own: Network
    home: dict[str, Tensor]  # where what moves began
    moving: list[tuple[str, nn.Parameter]]


class PersonalWeights:
    """What has moved, and the states at the end of what was read last."""

    def __init__(self, base: BaseModel, rule: LearningRule | None = None) -> None:
        self._base = base
        self._rule = rule or LearningRule()
        self._end = f"_l{base.config.layers - 1}"  # of the names of what moves
        self._built: _Networks | None = None  # only while there is something to learn
        self._moved: dict[str, Tensor] = {}
        self.reset()

    @property
    def _networks(self) -> _Networks:
        if self._built is None:
            config, floats = self._base.config, self._base.floats()
            home = {name: floats[name] for name in self._moved}
            own = Network(config, {**floats, **self._at(home)}).eval().requires_grad_(False)
            standing = Network(config, floats).eval().requires_grad_(False)
            moving = [part for part in own.named_parameters() if part[0] in home]
            self._built = _Networks(standing, own, home, moving)
        return self._built

    def _at(self, home: dict[str, Tensor]) -> dict[str, Tensor]:
        """Where they are that began at `home`."""
        return {name: home[name] + moved.float() for name, moved in self._moved.items()}

    def moving(self) -> list[tuple[str, nn.Parameter]]:
        """The parameters that learn by gradient steps, by name."""
        return self._networks.moving

    @property
    def rests(self) -> bool:
        """True until the first lesson, and after `rest` until the next."""
        return self._built is None

    def rest(self) -> None:
        """Keep only what has moved: a twentieth of what learning takes; the next lesson waits."""
        self._built = None

    def reset(self) -> None:
        """Back to the base's own weights, with nothing read."""
        self.go_home()
        self._begin(None)
        self.gates = Gates()

    def _begin(self, document: str | None) -> None:
        """Nothing was read of this document yet."""
        self._states = [torch.zeros(2, 1, sum(self._base.config.widths)) for _ in _OWNERS]
        self._document = document
        self._before: list[int] = []

    @torch.no_grad()
    def go_home(self) -> None:
        """Back to the base's own weights, in the middle of reading."""
        for name, shape in shapes(self._base.config).items():
            if name.endswith(self._end):
                self._moved[name] = torch.zeros(shape, dtype=torch.half)
        self._follow()
        # (vocabulary,) counts of the tokens that came, and of the base's probabilities.
        self._came = torch.zeros(self._base.config.vocabulary)
        self._foreseen = torch.zeros(self._base.config.vocabulary)

    def _follow(self) -> None:
        """Put the parameters where they are said to be."""
        if self._built is not None:
            places = self._at(self._built.home)
            for name, parameter in self._built.moving:
                parameter.copy_(places[name])

    def changes(self) -> dict[str, Tensor]:
        """Copies of the moved parameters, and by how much the output bias differs."""
        home = self._built.home if self._built else self._base.floats(self._moved.__contains__)
        return {**self._at(home), "bias_change": self._leaning()}

    def _leaning(self) -> Tensor:
        """(vocabulary,) what the output bias gains."""
        doubt = self._rule.doubt
        gain = self._rule.lean * ((self._came + doubt) / (self._foreseen + doubt)).log()
        return gain.clamp(min=-self._rule.deny)

    def before(self, document: str | None) -> list[int]:
        """The last tokens that were read of this document; none if another was read since."""
        return list(self._before) if document is not None and document == self._document else []

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
        scores: list[tuple[float, float]] = []
        for start in range(0, len(ids), self._rule.steps):
            targets = slice(start + 1, start + 1 + self._rule.steps)
            scores += self.step(ids[start : start + self._rule.steps], ids[targets], typed[targets])
        self._round()
        self._before = [*self._before, *reading.ids][-_REMEMBERED:]
        return scores

    def step(self, inputs: Tensor, targets: Tensor, typed: Tensor) -> list[tuple[float, float]]:
        """One gradient step: (steps,) inputs; targets, perhaps one less, and 1 where typed."""
        moving, count = self.moving(), len(targets)
        networks = self._networks
        with torch.no_grad():
            hidden, standing = networks.standing(inputs[None], self._states[0])
            base = torch.softmax(networks.standing.logits(hidden[0, :count]), dim=1)
        for _, parameter in moving:
            parameter.requires_grad_(True)
            parameter.grad = None
        with torch.enable_grad():
            hidden, state = networks.own(inputs[None], self._states[1])
            logits = networks.own.logits(hidden[0, :count]) + self._leaning()
            losses = nn.functional.cross_entropy(logits, targets, reduction="none")
            if bool(typed.any()):
                ((losses * typed).sum() / count).backward()  # type: ignore[no-untyped-call]
                self._move(moving)
        self._states = [standing, state.detach()]
        self._came.index_add_(0, targets, typed)
        self._foreseen += typed @ base
        places = torch.arange(count)
        own = (-losses.detach()).exp()
        return list(zip(base[places, targets].tolist(), own.tolist(), strict=True))

    @torch.no_grad()
    def _move(self, moving: list[tuple[str, nn.Parameter]]) -> None:
        nn.utils.clip_grad_norm_([parameter for _, parameter in moving], self._rule.clip)
        for name, parameter in moving:
            if parameter.grad is not None and bool(parameter.grad.isfinite().all()):
                parameter.sub_(parameter.grad, alpha=self._rule.rate)
            parameter.lerp_(self._networks.home[name], self._rule.decay)
            parameter.grad = None

    @torch.no_grad()
    def _round(self) -> None:
        """Keep of what has moved what a checkpoint keeps of it."""
        for name, parameter in self.moving():
            self._moved[name] = (parameter - self._networks.home[name]).half()
        self._follow()

    def digest(self) -> bytes:
        """SHA-256 over what has moved and the gates."""
        gates = json.dumps([self.gates.belief, self.gates.lead]).encode("utf-8")
        return hashlib.sha256(to_bytes({**self._moved, **self._marginals()}) + gates).digest()

    def _marginals(self) -> dict[str, Tensor]:
        return {"came": self._came, "foreseen": self._foreseen}

    def to_bytes(self, ordinal: int, bounds: Sequence[int]) -> bytes:
        """All that is needed to read on behind record `ordinal`; 6 MB for 512 units behind 896.

        `bounds` say which of the records before it were read, and counted.
        """
        about = {
            "base": self._base.digest,
            "edition": _EDITION,
            "document": self._document,
            "before": self._before,
            "ordinal": ordinal,
            "bounds": list(bounds),
            "belief": self.gates.belief,
            "lead": self.gates.lead,
        }
        return to_bytes(self._tensors(), {"about": json.dumps(about)})

    def _tensors(self) -> dict[str, Tensor]:
        states = {
            f"{owner}.state": state for owner, state in zip(_OWNERS, self._states, strict=True)
        }
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
            states = [tensors[f"{owner}.state"] for owner in _OWNERS]
            self._moved = {name: tensors[name] for name in self._moved}
            with torch.no_grad():
                self._follow()
            self._came, self._foreseen = tensors["came"], tensors["foreseen"]
            self._states, self.gates = states, gates
            self._document, self._before = about["document"], list(about["before"])
            return True
        except (SafetensorError, RuntimeError, KeyError, ValueError, TypeError):
            self.reset()
            return False
