"""What the tables of the page "What Foretype Has Learned" say of each word, document and day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import shorten
from typing import Literal

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from editor.dialogs.rows import Row
from editor.teaching.harvest import UNTITLED
from model.messages import LearntPart, LearntWord, Overview, WordList

_SHORT = QLocale.FormatType.ShortFormat
_BEGINNING = 40  # characters of a document that has no name
_LATEST = 253_000_000_000.0  # POSIX seconds; later times are in no calendar of Qt's


def word_headings() -> tuple[str, ...]:
    """Of the table of words."""
    return (_tr("Word"), _tr("Written"), _tr("Last time"), _tr("In"), _tr("List"))


def document_headings() -> tuple[str, ...]:
    """Of the table of documents."""
    return (_tr("Document"), _tr("Lessons"), _tr("Characters"), _tr("Last time"))


def day_headings() -> tuple[str, ...]:
    """Of the table of days."""
    return (_tr("Day"), _tr("Lessons"), _tr("Characters"))


Word = tuple[LearntWord, WordList | None]  # and the list that it is on
Which = Literal["all", "own"] | WordList


def word_rows(seen: Overview, which: Which) -> list[Row]:
    """A row for each word that is learnt or on a list, or for those the base has not, or on one."""
    lists = dict(seen.listed)
    never = (LearntWord(word, 0, float("-inf"), None) for word, _ in seen.listed)
    known = {word.word: word for word in (*never, *seen.words)}
    rows = []
    for word in known.values():
        on = lists.get(word.word)
        if which in ("all", on) or (which == "own" and word.own):
            order = (word.word, word.times, word.when, word.document or "", on or "")
            rows.append(Row((word, on), word.word, order))
    return rows


def say_word(subject: Word) -> tuple[str, ...]:
    """The cells of a word."""
    word, on = subject
    lists = {"added": _tr("known at once"), "blocked": _tr("never suggested"), None: ""}
    place = Path(document_name(word.document)).name if word.times else ""
    return word.word, QLocale().toString(word.times), _time(word.when), place, lists[on]


def document_rows(parts: Iterable[LearntPart]) -> list[Row]:
    """A row for each document; it stands for its part."""
    named = ((part, part_name(part)) for part in parts)
    return [
        Row(part, name, (name.lower(), part.lessons, part.characters, part.when))
        for part, name in named
    ]


def say_document(part: LearntPart) -> tuple[str, ...]:
    """The cells of a document."""
    return (part_name(part), *_counts(part), _time(part.when))


def day_rows(parts: Iterable[LearntPart]) -> list[Row]:
    """A row for each day; it stands for its part."""
    return [
        Row(part, part.name or "", (part.name or "", part.lessons, part.characters))
        for part in parts
    ]


def say_day(part: LearntPart) -> tuple[str, ...]:
    """The cells of a day."""
    return (day_name(part.name) or _tr("at a time that is in no calendar"), *_counts(part))


def day_name(name: str | None) -> str:
    """A date of ISO 8601 as it is written here, "" for none."""
    day = QDate.fromString(name or "", "yyyy-MM-dd")
    return QLocale().toString(day, QLocale.FormatType.LongFormat) if day.isValid() else ""


def document_name(name: str | None) -> str:
    """What a document is called here: its file, with `~` for the user's home."""
    if name is None:
        return _tr("no document")
    if name.startswith(UNTITLED):
        return _tr("never saved")
    path, home = Path(name), Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else name


def part_name(part: LearntPart) -> str:
    """One that was never saved is known by how it begins."""
    name = document_name(part.name)
    if part.name is None or not part.name.startswith(UNTITLED) or not part.begins:
        return name
    begins = shorten(part.begins, _BEGINNING, placeholder="…") or part.begins[:_BEGINNING]
    return _tr("{0}: “{1}”").format(name, begins)


def _counts(part: LearntPart) -> Iterator[str]:
    return (QLocale().toString(number) for number in (part.lessons, part.characters))


def _time(when: float) -> str:
    if not -_LATEST < when < _LATEST:
        return ""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(when)), _SHORT)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Learnt", text)
