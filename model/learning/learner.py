"""Learning: personal state as a function of the base and the journal's surviving records.

Counts take a record in at once; the weights read the records in their order, when there is
time. Time, threads and crashes decide when a step runs, never what it does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from torch import Tensor

from model.base import BaseModel
from model.learning.counts import UserCounts
from model.learning.reading import Reading, fitting, read
from model.learning.weights import LearningRule, PersonalWeights
from model.messages import Lesson
from model.profile.journal import Journal, Record

_CHECKPOINT = "weights"
_CHECKPOINT_CHARACTERS = 10_000


class Learner:
    """Folds the journal into counts and weights; safe to use from several threads."""

    def __init__(
        self,
        base: BaseModel,
        counts: UserCounts,
        journal: Journal,
        rule: LearningRule | None = None,
    ) -> None:
        """`counts` are filled here, and may be read by others at any time."""
        self._tokens = base.tokens
        self._counts = counts
        self._journal = journal
        self._weights = PersonalWeights(base, rule)
        self._lock = threading.RLock()
        self._folded = 0  # ordinal of the last record that the weights have read
        self._saved = 0  # the same, of the checkpoint
        self._since_saved = 0  # characters
        self.restarts = 0  # goes up when the weights lose what they had read
        self._restore()
        for record in journal.records():
            self._counts.add(self._read(record))

    # -- what is learnt ---------------------------------------------------------------

    def fitting(self, lessons: Sequence[Lesson]) -> list[Lesson]:
        """Lessons as the journal takes them, none of more than 256 tokens."""
        return fitting(self._tokens, lessons)

    def take(self, lessons: Sequence[Lesson]) -> list[Record]:
        """Write lessons to the journal and count them; durable on return."""
        with self._lock:
            records = self._journal.append(self.fitting(lessons))
            for record in records:
                self._counts.add(self._read(record))
            return records

    def revise(self, document: str, texts: Sequence[str], lessons: Sequence[Lesson]) -> None:
        """Put lessons in the place of earlier ones of a document, all at once or not at all."""
        earlier = [part.text for part in self.fitting([Lesson(text) for text in texts])]
        with self._lock:
            removed, added = self._journal.replace(document, earlier, self.fitting(lessons))
            self._lose(removed)
            for record in added:
                self._counts.add(self._read(record))

    def drop(self, remove: Callable[[], list[Record]]) -> int:
        """Take what `remove` removes from the journal out of counts and weights; how many."""
        with self._lock:
            gone = remove()
            self._lose(gone)
            return len(gone)

    def _lose(self, gone: Sequence[Record]) -> None:
        for record in gone:
            self._counts.remove(self._read(record))
        if any(record.ordinal <= self._folded for record in gone):
            self._start_over()

    def _read(self, record: Record) -> Reading:
        return read(self._tokens, record.text, record.accepted)

    # -- the weights ------------------------------------------------------------------

    @property
    def backlog(self) -> int:
        """Records that the weights have not read yet."""
        return self._journal.count(after_ordinal=self._folded)

    @property
    def has_folded(self) -> bool:
        """True once the weights have read anything."""
        return self._folded > 0

    def fold_next(self) -> bool:
        """Read the next record into the weights; False where there is none."""
        with self._lock:
            record = next(iter(self._journal.records(after_ordinal=self._folded)), None)
            if record is None:
                return False
            try:
                self._weights.learn(self._read(record), record.document)
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

    def changes(self) -> dict[str, Tensor]:
        """What differs from the base now, for `Inference.with_changes`."""
        with self._lock:
            return self._weights.changes()

    def save(self) -> None:
        """Write the weights' checkpoint, if they moved since the last one."""
        with self._lock:
            if self._folded != self._saved and self._journal.writable:
                content = self._weights.to_bytes(self._folded)
                self._journal.state_save(_CHECKPOINT, content, through=self._folded)
                self._saved, self._since_saved = self._folded, 0

    def _start_over(self) -> None:
        """Back to the last checkpoint that has seen nothing but surviving records."""
        self.restarts += 1
        self._weights.reset()
        self._restore()

    def _restore(self) -> None:
        """Go on from the checkpoint; without a good one the journal is folded from its start."""
        checkpoint = self._journal.state_load(_CHECKPOINT)
        self._folded = (checkpoint and self._weights.restore(checkpoint)) or 0
        self._saved, self._since_saved = self._folded, 0
