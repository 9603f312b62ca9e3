"""Learning: personal state as a function of the base and the journal's surviving records.

Counts take a record in at once. The weights follow by dynamic evaluation (Krause et al.
2018, arXiv 1709.07432): each record in its order is read once with plain gradient steps on
the upper LSTM layer and the output bias, pulled back to the base a little each time. Time,
threads and crashes decide when a step runs, never what it does; the same records give the
same bits.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from model.base import BaseModel
from model.learning.counts import UserCounts
from model.learning.journal import Journal, Record
from model.messages import Lesson
from model.network import State
from model.prediction.inference import Inference
from model.tensors import from_bytes, metadata_of, to_bytes
from model.text import WORD, fold, pretokens

LESSON_TOKENS = 256
_CHECKPOINT = "weights"
_CHECKPOINT_CHARACTERS = 10_000


@dataclass(frozen=True)
class LearningRule:
    """How the weights follow; chosen on three dev authors, see the README."""

    steps: int = 32  # tokens of one gradient step
    rate: float = 1.0  # on the mean loss of those tokens
    decay: float = 5e-4  # of the distance to the base, each step
    clip: float = 1.0


class Learner:
    """Folds the journal into counts and weights; one thread at a time may call it."""

    def __init__(
        self,
        base: BaseModel,
        inference: Inference,
        counts: UserCounts,
        journal: Journal,
        rule: LearningRule | None = None,
    ) -> None:
        self._base = base
        self._inference = inference
        self._counts = counts
        self._journal = journal
        self._rule = rule or LearningRule()
        self._lock = threading.RLock()
        self._top = base.config.layers - 1
        self._network = base.network()
        for _, parameter in self._moving():
            parameter.data = parameter.data.clone()  # the others are shared with whoever predicts
        self._home = {name: p.detach().clone() for name, p in self._moving()}
        self.restarts = 0  # goes up when the weights lose what they had read
        self._state: State
        self._document: str | None
        self._folded: int  # ordinal of the last record that the weights have read
        self._saved: int  # the same, of the checkpoint
        self._since_saved: int  # characters
        self._reset()
        self._restore()
        for record in journal.records():
            self._count(record)

    def _moving(self) -> list[tuple[str, nn.Parameter]]:
        """The parameters that learn: the upper LSTM layer and the output bias."""
        end = f"_l{self._top}"
        return [
            (name, parameter)
            for name, parameter in self._network.named_parameters()
            if name == "bias" or name.endswith(end)
        ]

    # -- what is learnt ---------------------------------------------------------------

    def take(self, lessons: Sequence[Lesson]) -> list[Record]:
        """Write lessons to the journal and count them; durable on return."""
        with self._lock:
            records = self._journal.append(self.fitting(lessons))
            for record in records:
                self._count(record)
            return records

    def revise(self, document: str, texts: Sequence[str], lessons: Sequence[Lesson]) -> None:
        """Put lessons in the place of earlier ones of a document, all at once or not at all."""
        earlier = [part.text for part in self.fitting([Lesson(text) for text in texts])]
        with self._lock:
            removed, added = self._journal.replace(document, earlier, self.fitting(lessons))
            self._lose(removed)
            for record in added:
                self._count(record)

    def drop(self, remove: Callable[[], list[Record]]) -> int:
        """Take what `remove` removes from the journal out of counts and weights; how many."""
        with self._lock:
            gone = remove()
            self._lose(gone)
            return len(gone)

    def _lose(self, gone: Sequence[Record]) -> None:
        for record in gone:
            self._counts.remove(*self._countable(record))
        if any(record.ordinal <= self._folded for record in gone):
            self._start_over()

    def fitting(self, lessons: Sequence[Lesson]) -> list[Lesson]:
        """Lessons as the journal takes them: those of too many tokens cut in two, and so on."""
        fitting: list[Lesson] = []
        for lesson in lessons:
            if len(self._base.tokens.encode(fold(lesson.text))) <= LESSON_TOKENS:
                fitting.append(lesson)
            else:
                fitting += self.fitting(halves(lesson))
        return fitting

    def _count(self, record: Record) -> None:
        self._counts.add(*self._countable(record))

    def _countable(self, record: Record) -> tuple[list[int], list[bool], list[str]]:
        """Tokens after the document token, which of them were typed, and the typed words."""
        ids, learn = self._tokens_of(record)
        typed = record.text
        for start, end in reversed(record.accepted):
            typed = typed[:start] + " " + typed[end:]
        words = [word.lower() for word in WORD.findall(fold(typed))]
        return [self._base.tokens.document, *ids], [False, *learn], words

    def _tokens_of(self, record: Record) -> tuple[list[int], list[bool]]:
        """Token ids of a record, and for each whether it was typed rather than accepted."""
        tokens = self._base.tokens
        spans = [(_place(record.text, a), _place(record.text, b)) for a, b in record.accepted]
        ids: list[int] = []
        learn: list[bool] = []
        position = 0
        for pretoken in pretokens(fold(record.text)):
            part = tokens.encode(pretoken)
            ends = accumulate(len(tokens.surfaces[token]) for token in part)
            places = [position + end for end in ends]
            position += len(pretoken)
            if places[-1] != position:  # spelled in bytes, or a placeholder: all or nothing
                places = [position] * len(part)
            ids += part
            learn += [not any(a < place <= b for a, b in spans) for place in places]
        return ids, learn

    # -- the weights ------------------------------------------------------------------

    @property
    def backlog(self) -> int:
        """Records that the weights have not read yet."""
        return self._journal.count(after_ordinal=self._folded)

    @property
    def moved(self) -> bool:
        """True once the weights differ from the base's."""
        return self._folded > 0

    def fold_next(self) -> bool:
        """Read the next record into the weights; False where there is none."""
        with self._lock:
            record = next(iter(self._journal.records(after_ordinal=self._folded)), None)
            if record is None:
                return False
            try:
                self._fold(record)
            except BaseException:
                self._start_over()  # half a record must not stay in the weights
                raise
            self._folded = record.ordinal
            self._since_saved += len(record.text)
            if self._since_saved >= _CHECKPOINT_CHARACTERS:
                self.save()
            return True

    def fold_all(self) -> None:
        """Read every record that is left."""
        while self.fold_next():
            pass

    def _fold(self, record: Record) -> None:
        ids, learn = self._tokens_of(record)
        if record.document is None or record.document != self._document:
            self._state = self._network.initial_state(1)
            self._document = record.document
        sequence = torch.tensor([self._base.tokens.document, *ids])
        weights = torch.tensor(learn, dtype=torch.float32)
        for start in range(0, len(ids), self._rule.steps):
            part = slice(start, start + self._rule.steps)
            targets = sequence[1:][part]
            self._step(sequence[start : start + len(targets)], targets, weights[part])

    def _step(self, inputs: Tensor, targets: Tensor, weights: Tensor) -> None:
        """One gradient step: (steps,) inputs, targets and weights of the loss."""
        moving = self._moving()
        with torch.enable_grad():
            for _, parameter in moving:
                parameter.requires_grad_(True)
                parameter.grad = None
            hidden, self._state = self._network(inputs[None], self._state)
            losses = nn.functional.cross_entropy(
                self._network.logits(hidden[0]), targets, reduction="none"
            )
            loss = (losses * weights).sum() / len(weights)
            loss.backward()  # type: ignore[no-untyped-call]
        self._state = (self._state[0].detach(), self._state[1].detach())
        with torch.no_grad():
            nn.utils.clip_grad_norm_([p for _, p in moving], self._rule.clip)
            for name, parameter in moving:
                if parameter.grad is not None and bool(parameter.grad.isfinite().all()):
                    parameter.sub_(parameter.grad, alpha=self._rule.rate)
                parameter.lerp_(self._home[name], self._rule.decay)

    def published(self) -> Inference:
        """The present weights, ready to answer requests."""
        with self._lock:
            change = self._network.bias.detach() - self._home["bias"]
            weights = {name: p.detach() for name, p in self._moving()}
            return self._inference.with_updates({**weights, "bias_change": change}, self._top)

    # -- keeping it -------------------------------------------------------------------

    def save(self) -> None:
        """Write the weights' checkpoint, if they moved since the last one."""
        with self._lock:
            if self._folded == self._saved or not self._journal.writable:
                return
            tensors = {name: p.detach() for name, p in self._moving()}
            tensors["state.hidden"], tensors["state.cell"] = self._state
            about = {
                "base": self._base.digest,
                "ordinal": self._folded,
                "document": self._document,
            }
            content = to_bytes(tensors, {"about": json.dumps(about)})
            self._journal.state_save(_CHECKPOINT, content, through=self._folded)
            self._saved, self._since_saved = self._folded, 0

    def _start_over(self) -> None:
        """Back to the last checkpoint that has seen nothing but surviving records."""
        self.restarts += 1
        self._reset()
        self._restore()

    def _reset(self) -> None:
        """The base's own weights, with nothing folded."""
        with torch.no_grad():
            for parameter in self._network.parameters():
                parameter.requires_grad_(False)
            for name, parameter in self._moving():
                parameter.copy_(self._home[name])
        self._state = self._network.initial_state(1)
        self._document = None
        self._folded = self._saved = self._since_saved = 0

    def _restore(self) -> None:
        """Go on from the checkpoint, if it belongs to this base and is whole."""
        data = self._journal.state_load(_CHECKPOINT)
        if data is None:
            return
        try:
            tensors = from_bytes(data)
            about = json.loads(metadata_of(data)["about"])
            fits = about["base"] == self._base.digest and all(
                bool(tensor.isfinite().all()) for tensor in tensors.values()
            )
        except (SafetensorError, KeyError, ValueError):
            fits = False
        if not fits:  # another base, or damage: the journal is the truth, fold again
            return
        with torch.no_grad():
            for name, parameter in self._moving():
                parameter.copy_(tensors[name])
        self._state = (tensors["state.hidden"], tensors["state.cell"])
        self._document, self._folded = about["document"], about["ordinal"]
        self._saved = self._folded


def _place(text: str, position: int) -> int:
    """Where a position of `text` lies in its folded form."""
    return len(fold(text[:position]))


def halves(lesson: Lesson) -> list[Lesson]:
    """A lesson cut in two at the blank nearest to its middle, accepted spans and all."""
    text, middle = lesson.text, len(lesson.text) // 2
    blanks = [place for place, character in enumerate(text) if character.isspace() and place]
    cut = min(blanks, key=lambda place: abs(place - middle), default=middle)
    return [_part(lesson, 0, cut), _part(lesson, cut, len(text))]


def _part(lesson: Lesson, start: int, end: int) -> Lesson:
    spans = ((max(a, start) - start, min(b, end) - start) for a, b in lesson.accepted)
    accepted = tuple((a, b) for a, b in spans if a < b)
    return replace(lesson, text=lesson.text[start:end], accepted=accepted)
