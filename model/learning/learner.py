"""Learning: personal state as a function of the base and the journal's surviving records.

Counts take a record in at once. The weights and the gates read the records in their order, when
there is time: each is scored first, then learnt. Time, threads and crashes decide when a
step runs, never what it does.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import takewhile

from torch import Tensor

from model.base import BaseModel
from model.document_cache import DocumentCache
from model.errors import ProfileError
from model.learning.counts import UserCounts
from model.learning.reading import Reading, fitting, read
from model.learning.weights import LearningRule, PersonalWeights
from model.learning.window import COUNTS_READ, WEIGHTS_READ, to_drop, window
from model.messages import Lesson
from model.profile.inbox import UNCUT
from model.profile.journal import Journal, Record
from model.text import fold
from model.text.language import Language

_CHECKPOINT = "weights "
_CHECKPOINT_CHARACTERS = 10_000
_MOST_CHECKPOINTS = 4
_MOST_BYTES = 12_000_000  # of all checkpoints together
_TINY = 1e-12
_CONTEXT = 4  # tokens before one that scoring looks at


class Learner:
    """Folds the journal into counts, gates and weights; safe to use from several threads."""

    def __init__(
        self,
        base: BaseModel,
        counts: UserCounts,
        journal: Journal,
        rule: LearningRule | None = None,
        *,
        gather: bool = True,
    ) -> None:
        """`counts` are filled here, with gather=False later; others may read them at any time."""
        self._base = base
        self._tokens = base.tokens
        self._language = Language(base.words)
        self._counts = counts
        self._journal = journal
        self._weights = PersonalWeights(base, rule)
        self._document = DocumentCache()  # as it stood before what is scored now
        self._lock = threading.RLock()
        if journal.writable and journal.state_load(UNCUT) is not None:
            self._cut()
        self._sizes = journal.sizes()
        self._window = window(self._sizes, WEIGHTS_READ)
        self._counted_from = window(self._sizes, COUNTS_READ).first
        # Ordinal through which they are gathered at the start; None: all are.
        self._gathered: int | None = self._counted_from - 1
        self._folded = 0  # ordinal of the last record that the weights have read
        self._saved = 0  # the same, of the newest checkpoint
        self._since_saved = 0  # characters
        self._stale = True  # a checkpoint, or what waits, has still to be looked for
        self._waiting: deque[int] = deque()
        self._ahead = UserCounts(base.tokens.size)  # of what waits
        self.restarts = 0  # goes up when the weights lose what they had read
        # Bits of the tokens read here so far, each before it was learnt.
        self.base_bits, self.bits = 0.0, 0.0
        self.rebuilding = False  # the weights read again what those that serve have read
        if gather:
            self.gather()
        self._follow()

    def _cut(self) -> None:
        """Put parts in the place of lessons that were kept whole, for want of a model."""
        for record in list(self._journal.records()):
            lesson = Lesson(record.text, record.document, record.accepted, record.when)
            parts = self.fitting([lesson])
            if len(parts) > 1:
                self._journal.replace(record.document, [record.text], parts)
        self._journal.state_drop(UNCUT)

    def gather(self) -> bool:
        """Count what was learnt before this began; False where that was done already.

        Whatever needs all counts does it first. Raises ProfileError where the journal cannot be
        read; the next call goes on from there.
        """
        with self._lock:
            if self._gathered is None:
                return False
            for record in self._journal.records(after_ordinal=self._gathered):
                self._counts.add(self._read(record))
                self._gathered = record.ordinal
            self._gathered = None
            return True

    # -- what is learnt ---------------------------------------------------------------

    def fitting(self, lessons: Sequence[Lesson]) -> list[Lesson]:
        """Lessons as the journal takes them, none of more than 256 tokens."""
        return fitting(self._tokens, lessons)

    def take(self, lessons: Sequence[Lesson]) -> list[Record]:
        """Write lessons to the journal and count them; durable on return."""
        with self._lock:
            self.gather()
            records = self._journal.append(self.fitting(lessons))
            self._gain(records)
            return records

    def revise(self, document: str, texts: Sequence[str], lessons: Sequence[Lesson]) -> None:
        """Put lessons in the place of earlier ones of a document, all at once or not at all."""
        earlier = [part.text for part in self.fitting([Lesson(text) for text in texts])]
        with self._lock:
            self.gather()
            removed, added = self._journal.replace(document, earlier, self.fitting(lessons))
            if removed:
                self._count(added)
                self._lose(removed)  # which lines up anew what is to be read, these too
            else:
                self._gain(added)

    def rename(self, document: str, name: str) -> None:
        """Call a document by another name; what was learnt from it is read again under that."""
        with self._lock:
            first = self._journal.rename(document, name)
            if first is not None and first <= self._folded:
                self.rebuilding = True
                self._go_back()
                self._settle()

    def drop(self, remove: Callable[[], list[Record]]) -> int:
        """Take what `remove` removes from the journal out of counts and weights; how many."""
        with self._lock:
            self.gather()
            gone = remove()
            self._lose(gone)
            return len(gone)

    def _gain(self, records: Sequence[Record]) -> None:
        for record, reading in zip(records, self._count(records), strict=True):
            self._ahead.add(reading)
            self._waiting.append(record.ordinal)
        self._settle()

    def _count(self, records: Sequence[Record]) -> list[Reading]:
        readings = [self._read(record) for record in records]
        for record, reading in zip(records, readings, strict=True):
            self._counts.add(reading)
            size = len(record.text.encode("utf-8", "surrogatepass"))
            self._sizes.append((record.ordinal, size))
        return readings

    def _lose(self, gone: Sequence[Record]) -> None:
        ordinals = {record.ordinal for record in gone}
        self._sizes = [(ordinal, size) for ordinal, size in self._sizes if ordinal not in ordinals]
        for record in gone:
            if record.ordinal >= self._counted_from:
                self._counts.remove(self._read(record))
        if any(ordinal <= self._folded for ordinal in ordinals):
            self.restarts += 1
            self._go_back()
        self._stale |= bool(ordinals)
        self._settle()

    @property
    def _bounds(self) -> list[int]:
        """What decides, besides the records themselves, which of them are read and counted."""
        return [self._window.first, self._window.chosen, self._counted_from]

    def _keep_bounds(self) -> None:
        """Move the windows where the journal has outgrown them, or has shrunk."""
        before, first = self._bounds, window(self._sizes, COUNTS_READ).first
        if first != self._counted_from:
            low, high = sorted((first, self._counted_from))
            change = self._counts.remove if first == high else self._counts.add
            self._stale = True  # should the journal not be read
            after = self._journal.records(after_ordinal=low - 1)
            for record in list(takewhile(lambda record: record.ordinal < high, after)):
                change(self._read(record))
            self._counted_from = first
        self._window = window(self._sizes, WEIGHTS_READ)
        if self._bounds != before:
            self.rebuilding = self._folded > 0
            self._go_back()

    def _read(self, record: Record) -> Reading:
        prose = self._language.is_prose(fold(record.text))
        return read(self._tokens, record.text, record.accepted, self._base.words, prose=prose)

    # -- the weights ------------------------------------------------------------------

    @property
    def backlog(self) -> int:
        """Records that the weights have not read yet; while that is not known, all there are."""
        return len(self._sizes if self._stale else self._waiting)

    @property
    def has_folded(self) -> bool:
        """True once the weights have read anything."""
        return self._folded > 0

    def fold_next(self) -> bool:
        """Score and read the next record into the weights; False where there is none.

        Raises ProfileError where the journal cannot be read; nothing is lost by that.
        """
        with self._lock:
            self.gather()
            if self._stale:
                self._follow()
            if not self._waiting:
                self.rebuilding = False
                return False
            record = self._journal.record(self._waiting[0])
            try:
                self._fold(self._read(record), record)
            except BaseException:
                self.rebuilding |= self._folded > 0
                self._go_back()  # half a record must not stay in the weights
                raise
            self._waiting.popleft()
            self._folded = record.ordinal
            self.rebuilding &= bool(self._waiting)
            self._since_saved += len(record.text)
            if self._since_saved >= _CHECKPOINT_CHARACTERS:
                self.save()
            return True

    def _fold(self, reading: Reading, record: Record) -> None:
        if reading.prose:
            self._read_prose(reading, record)
        if record.ordinal >= self._counted_from:
            self._ahead.remove(reading)
        self._counts.believe(self._weights.gates)

    def _read_prose(self, reading: Reading, record: Record) -> None:
        before = self._weights.before(record.document)
        scores = self._weights.learn(reading, record.document)
        for place, (base, personal) in enumerate(scores, start=1):
            if reading.weights[place]:
                self._document.show([*before, *reading.ids[:place]])
                self._score(reading, place, base, personal)
        if self._weights.gates.lost():
            self._weights.go_home()

    def _score(self, reading: Reading, place: int, base: float, personal: float) -> None:
        """Let the gates see how both networks, with all that counts, foresaw one token."""
        token, before = reading.ids[place], reading.ids[max(0, place - _CONTEXT) : place]
        weight = reading.weights[place]
        if self._base.ngrams is not None:
            kept, added = self._base.ngrams.share_of(token, before)
            base, personal = kept * base + added, kept * personal + added
        document = self._document.share_of(token, before)
        tallies = self._counts.tallies(before, token, self._ahead)
        foreseen = self._weights.gates.score(base, personal, tallies, document, weight)
        self.base_bits -= weight * math.log2(max(document[0] * base + document[1], _TINY))
        self.bits -= weight * math.log2(foreseen)

    def fold_all(self) -> None:
        """Read every record that is left."""
        while self.fold_next():
            pass

    def changes(self) -> dict[str, Tensor]:
        """What differs from the base now, for `Inference.with_changes`."""
        with self._lock:
            return self._weights.changes()

    def fingerprint(self) -> str:
        """SHA-256 over weights, counts and gates; the same records give the same one."""
        with self._lock:
            self.gather()
            return hashlib.sha256(self._weights.digest() + self._counts.digest()).hexdigest()

    def save(self) -> None:
        """Write a checkpoint of the weights, if they moved since the last one."""
        with self._lock:
            if self._folded == self._saved or not self._journal.writable:
                return
            content = self._weights.to_bytes(self._bounds)
            name = f"{_CHECKPOINT}{self._folded:012}"
            self._journal.state_save(name, content, through=self._folded)
            self._saved, self._since_saved = self._folded, 0
            most = min(_MOST_CHECKPOINTS, _MOST_BYTES // len(content))
            for ordinal in to_drop(list(self._checkpoints()), most):
                self._journal.state_drop(f"{_CHECKPOINT}{ordinal:012}")

    def _checkpoints(self) -> Iterator[int]:
        """Ordinals of the checkpoints, the newest first."""
        for name in reversed(self._journal.state_names()):
            if name.startswith(_CHECKPOINT):
                yield int(name.removeprefix(_CHECKPOINT))

    def _go_back(self) -> None:
        """Be the base, which has read nothing, until `_follow` finds a checkpoint."""
        self._weights.reset()
        self._counts.believe(self._weights.gates)
        self._folded = self._saved = self._since_saved = 0
        self._stale = True

    def _settle(self) -> None:
        """Follow a change of the journal, which stands: what cannot be read now is later."""
        with suppress(ProfileError):
            self._follow()

    def _follow(self) -> None:
        """Go by the journal as it is now; raises ProfileError where it cannot be read."""
        self._keep_bounds()
        if self._stale:
            if not self._folded:
                self._restore()
            self._queue()
            self._stale = False

    def _restore(self) -> None:
        """Go on from the newest sound checkpoint, if there is one."""
        for ordinal in self._checkpoints():
            content = self._journal.state_load(f"{_CHECKPOINT}{ordinal:012}")
            if content and self._weights.restore(content, self._bounds):
                self._folded = self._saved = ordinal
                self._counts.believe(self._weights.gates)
                break

    def _queue(self) -> None:
        """Line up what the weights have still to read, and what is counted ahead of them."""
        self._waiting.clear()
        self._ahead = UserCounts(self._tokens.size)
        for record in self._journal.records(after_ordinal=self._folded):
            if record.ordinal >= self._window.first or self._window.samples(record.text):
                self._waiting.append(record.ordinal)
                if record.ordinal >= self._counted_from:
                    self._ahead.add(self._read(record))
