"""The journal: every lesson that was learnt and not forgotten. The journal is the truth.

Records are only ever added and removed, never changed, and an ordinal is never used
twice. Beside them lie named states: caches computed from the records. Whatever
removes a record drops, in the same transaction, each state that has seen it; so what is
forgotten is not even in a cache when the process is killed a moment later.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

from model.errors import ProfileError
from model.lessons.filters import screen
from model.lessons.matching import holding, plain, spaced, word_pattern
from model.messages import Lesson
from model.profile.store import Profile
from model.text import fold, words_of

_BATCH = 500  # records read at a time, so that no other process waits long
_TELLING_WORDS = 3  # without placeholders, that are hardly said of something else
_COLUMNS = "ordinal, text, document, accepted, learnt"


@dataclass(frozen=True, slots=True)
class Record:
    """A lesson as it stands in the journal; `when` is a POSIX time."""

    ordinal: int
    text: str
    document: str | None
    accepted: tuple[tuple[int, int], ...]
    when: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the journal holds; `newest` is the time of its latest lesson."""

    lessons: int
    characters: int
    documents: int
    newest: float | None


class Journal:
    """The records and states of one profile; safe to use from several threads."""

    def __init__(self, profile: Profile, clock: Callable[[], float] = time.time) -> None:
        """Read and write through an open profile, which stays the caller's to close."""
        self._profile = profile
        self._clock = clock
        self._may_go: Callable[[int], bool] = lambda ordinal: True

    def restricted(self, may_go: Callable[[int], bool]) -> Journal:
        """The same journal, of which only records with ordinals that `may_go` are forgotten."""
        journal = Journal(self._profile, self._clock)
        journal._may_go = may_go
        return journal

    def append(self, lessons: Sequence[Lesson]) -> list[Record]:
        """Add lessons in one transaction; they are on the disk when this returns.

        Raises ValueError where a lesson's time is no finite number.
        """
        with self._profile.transaction() as connection:
            return [self._insert(connection, lesson) for lesson in lessons]

    def _insert(self, connection: Any, lesson: Lesson) -> Record:
        when = self._clock() if lesson.when is None else lesson.when
        if not isfinite(when):
            raise ValueError(f"a lesson is learnt at a time, not {when}")
        cursor = connection.execute(
            "INSERT INTO lessons (text, document, accepted, learnt) VALUES (?, ?, ?, ?)",
            (_pack(lesson.text), _pack(lesson.document), json.dumps(lesson.accepted), when),
        )
        return Record(cursor.lastrowid, lesson.text, lesson.document, lesson.accepted, when)

    def records(self, after_ordinal: int = 0) -> Iterator[Record]:
        """The surviving records in order, from the first after `after_ordinal`."""
        query = f"SELECT {_COLUMNS} FROM lessons WHERE ordinal > ? ORDER BY ordinal LIMIT {_BATCH}"
        while rows := self._profile.read(query, (after_ordinal,)):
            yield from map(_record, rows)
            after_ordinal = rows[-1][0]

    def newest(self) -> int:
        """The ordinal of the last record that survives, 0 without one."""
        return int(self._profile.read("SELECT max(ordinal) FROM lessons")[0][0] or 0)

    def count(self, after_ordinal: int = 0) -> int:
        """How many records survive after this ordinal."""
        query = "SELECT count(*) FROM lessons WHERE ordinal > ?"
        return int(self._profile.read(query, (after_ordinal,))[0][0])

    def sizes(self) -> list[tuple[int, int]]:
        """The ordinal of each surviving record and the bytes of its text, in order."""
        return self._profile.read("SELECT ordinal, length(text) FROM lessons ORDER BY ordinal")

    def record(self, ordinal: int) -> Record:
        """One record; raises KeyError where it does not survive."""
        rows = self._profile.read(f"SELECT {_COLUMNS} FROM lessons WHERE ordinal = ?", (ordinal,))
        if not rows:
            raise KeyError(ordinal)
        return _record(rows[0])

    def texts_of(self, document: str) -> Counter[str]:
        """The texts that survive of one document, and how often each does."""
        query = "SELECT text FROM lessons WHERE document IS ?"
        return Counter(_unpack(row[0]) for row in self._profile.read(query, (_pack(document),)))

    @property
    def writable(self) -> bool:
        """False where another process writes to the profile."""
        return self._profile.writable

    def statistics(self) -> Statistics:
        """Count lessons, their characters and the documents they came from."""
        characters = sum(len(record.text) for record in self.records())
        row = self._profile.read(
            "SELECT count(*), count(DISTINCT document), max(learnt) FROM lessons"
        )[0]
        return Statistics(row[0], characters, row[1], row[2])

    def retract(self, document: str | None, texts: Sequence[str]) -> list[Record]:
        """Remove the newest record of `document` with each of `texts`, where there is one."""
        return self.replace(document, texts, ())[0]

    def replace(
        self, document: str | None, texts: Sequence[str], lessons: Sequence[Lesson]
    ) -> tuple[list[Record], list[Record]]:
        """Retract and append in one transaction, so that no revised sentence is ever lost.

        Returns what was removed and what was added.
        """
        removed: list[Record] = []
        with self._profile.transaction() as connection:
            for text in texts:
                rows = connection.execute(
                    f"SELECT {_COLUMNS} FROM lessons WHERE document IS ? AND text = ? "
                    "ORDER BY ordinal DESC LIMIT 1",
                    (_pack(document), _pack(text)),
                ).fetchall()
                removed += _delete(connection, [_record(row) for row in rows])
            return removed, [self._insert(connection, lesson) for lesson in lessons]

    def rename(self, document: str, name: str) -> int | None:
        """Call a document by another name; the ordinal of its first record, None without one.

        The states that have seen it are dropped: they know it by the earlier name.
        """
        with self._profile.transaction() as connection:
            query = "SELECT min(ordinal) FROM lessons WHERE document IS ?"
            first = connection.execute(query, (_pack(document),)).fetchone()[0]
            if first is None:
                return None
            change = "UPDATE lessons SET document = ? WHERE document IS ?"
            connection.execute(change, (_pack(name), _pack(document)))
            connection.execute("DELETE FROM states WHERE through >= ?", (first,))
            return int(first)

    def forget_all(self) -> list[Record]:
        """Remove every record, every state and the user's lists of words."""
        return self._forget(lambda record: True, everything=True)

    def forget_word(self, word: str) -> list[Record]:
        """Remove the records that hold this word, in whatever case, `'s` and the like included."""
        pattern = word_pattern(word)
        return self._forget(lambda record: bool(pattern.search(plain(record.text))))

    def forget_text(self, text: str) -> list[Record]:
        """Remove the records that hold this text or a part of it that runs on into the next.

        How words are spaced does not matter. The text as it was learnt, with what is
        never learnt left out, is looked for as well, where enough of it is left to tell it
        from another: an address alone stands for every address.
        """
        learnt = spaced(screen(text).text)
        is_telling = len(words_of(fold(learnt))) >= _TELLING_WORDS
        wanted = {spaced(text), learnt if is_telling else ""} - {""}
        ordinals = {o for one in wanted for o in holding(self._places(), one)}
        return self._forget(lambda record: record.ordinal in ordinals)

    def _places(self) -> Iterator[tuple[int, str | None, str]]:
        return ((record.ordinal, record.document, record.text) for record in self.records())

    def forget_document(self, document: str) -> list[Record]:
        """Remove what was learnt from one document."""
        return self._forget(lambda record: record.document == document)

    def forget_between(self, since: float | None, until: float | None) -> list[Record]:
        """Remove what was learnt at or after one POSIX time and before another; None: whenever."""
        low, high = -inf if since is None else since, inf if until is None else until
        return self._forget(lambda record: low <= record.when < high)

    def _forget(self, holds: Callable[[Record], bool], everything: bool = False) -> list[Record]:
        with self._profile.transaction() as connection:
            concerned = (record for record in self.records() if self._may_go(record.ordinal))
            removed = _delete(connection, [record for record in concerned if holds(record)])
            if everything:
                connection.execute("DELETE FROM states")
                for table in ("words", "inbox", "deleted", "secrets"):
                    connection.execute(f"DELETE FROM {table}")
        if removed or everything:
            # Deleted pages are overwritten already; that the file shrinks can wait.
            with contextlib.suppress(ProfileError):
                self._profile.compact()
        return removed

    def state_load(self, name: str) -> bytes | None:
        """The state kept under this name, None where there is none."""
        rows = self._profile.read("SELECT content FROM states WHERE name = ?", (name,))
        return bytes(rows[0][0]) if rows else None

    def state_save(self, name: str, content: bytes, through: int | None = None) -> None:
        """Keep a state in place of the one of that name, whole or not at all.

        `through` is the ordinal of the last record it has seen; None: all there are now.
        """
        with self._profile.transaction() as connection:
            if through is None:
                through = self.newest()
            connection.execute(
                "INSERT OR REPLACE INTO states (name, through, content) VALUES (?, ?, ?)",
                (name, through, content),
            )

    def state_names(self) -> list[str]:
        """The names of all states."""
        return [str(row[0]) for row in self._profile.read("SELECT name FROM states ORDER BY name")]

    def state_drop(self, name: str) -> None:
        """Drop the state of this name, where there is one."""
        with self._profile.transaction() as connection:
            connection.execute("DELETE FROM states WHERE name = ?", (name,))


def _delete(connection: Any, records: list[Record]) -> list[Record]:
    """Delete records and the states that have seen the first of them; returns the records."""
    if records:
        connection.executemany(
            "DELETE FROM lessons WHERE ordinal = ?", [(record.ordinal,) for record in records]
        )
        first = min(record.ordinal for record in records)
        connection.execute("DELETE FROM states WHERE through >= ?", (first,))
    return records


def _record(row: Any) -> Record:
    ordinal, text, document, accepted, when = row
    spans = tuple((start, end) for start, end in json.loads(accepted))
    return Record(
        ordinal, _unpack(text), None if document is None else _unpack(document), spans, when
    )


def _pack(text: str | None) -> bytes | None:
    """Text as bytes, lone surrogates included, which SQLite's own text would refuse."""
    return None if text is None else text.encode("utf-8", "surrogatepass")


def _unpack(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")
