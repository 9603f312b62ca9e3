"""All that is kept of what was learnt, for the user to see: words, documents, days, and where.

It reads every lesson, so it belongs in no thread that somebody waits for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator
from datetime import datetime
from typing import TypeVar

from model.messages import LearntPart, LearntWord, Overview
from model.profile.journal import Journal, Record
from model.profile.store import Profile
from model.profile.word_files import LISTS
from model.profile.word_lists import WordLists
from model.text import fold, small, words_of

_Name = TypeVar("_Name", bound=Hashable)


def overview(profile: Profile, known: Collection[str] = ()) -> Overview:
    """Everything about one profile; `known` are the words of the base.

    Raises ProfileError where it cannot be read.
    """
    times: Counter[str] = Counter()
    newest: dict[str, Record] = {}
    documents: dict[str | None, _Sum] = {}
    days: dict[str, _Sum] = {}
    for record in Journal(profile).records():
        words = [small(word) for word in words_of(fold(record.text))]
        times.update(words)
        for word in words:
            if word not in newest or newest[word].when <= record.when:
                newest[word] = record
        _add(documents, record.document, record)
        _add(days, day_of(record.when), record)
    lists = WordLists(profile)
    parts = [LearntPart(name, *part.figures()) for name, part in documents.items()]
    return Overview(
        folder=str(profile.folder or ""),
        size=profile.size,
        key=profile.key_place,
        encrypted=profile.encrypted,
        has_passphrase=profile.has_passphrase,
        writable=profile.writable,
        lessons=sum(part.lessons for part in parts),
        characters=sum(part.characters for part in parts),
        words=tuple(_words(times, newest, {small(word) for word in known})),
        listed=tuple(sorted((word, of) for of in LISTS for word in lists.words(of))),
        deleted=_rows(profile, "deleted"),
        documents=tuple(sorted(parts, key=lambda part: -part.when)),
        days=tuple(LearntPart(day, *part.figures()) for day, part in sorted(days.items())),
        waiting=_rows(profile, "inbox"),
    )


def _words(times: Counter[str], newest: dict[str, Record], known: set[str]) -> Iterator[LearntWord]:
    for word, record in sorted(newest.items()):
        own = word.removesuffix("'s") not in known
        yield LearntWord(word, times[word], record.when, record.document, own)


def day_of(when: float) -> str:
    """The date of a POSIX time here, as ISO 8601 writes it; "" where no calendar has it."""
    try:
        return datetime.fromtimestamp(when).astimezone().date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


class _Sum:
    """Lessons, characters, the newest time, and the first text."""

    def __init__(self, begins: str) -> None:
        self.lessons = self.characters = 0
        self.when = float("-inf")
        self.begins = begins

    def figures(self) -> tuple[int, int, float, str]:
        return self.lessons, self.characters, self.when, self.begins


def _add(parts: dict[_Name, _Sum], name: _Name, record: Record) -> None:
    part = parts.setdefault(name, _Sum(record.text))
    part.lessons += 1
    part.characters += len(record.text)
    part.when = max(part.when, record.when)


def _rows(profile: Profile, table: str) -> int:
    if not profile.has_table(table):
        return 0
    return int(profile.read(f"SELECT count(*) FROM {table}")[0][0])
