"""Taking a profile elsewhere: lessons and lists of words in one file, readable or encrypted.

The readable form is JSON. The other is an SQLCipher database whose key is derived from a
passphrase (PBKDF2-HMAC-SHA512, 256,000 rounds). Neither holds what was computed from the
lessons: that is computed again where they are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from model.errors import ProfileError
from model.files import replacing
from model.lessons.filters import screen
from model.messages import Lesson, WordList
from model.profile.forgetting import list_word
from model.profile.inbox import Inbox, note_uncut
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.word_files import LISTS
from model.profile.word_lists import WordLists, is_listable

_TABLES = [("table", "export")]
_CONTENTS = ("lessons", "words", "deleted", "secrets", "inbox")  # tables; the rest is caches
_FORMAT, _VERSION = "foretype lessons", 1
_LARGEST = 500_000_000  # bytes; some hundred years of writing
_LONGEST = 20_000  # characters; a lesson of 256 tokens never has as many
_HEAD = 16  # bytes; all of them are ASCII in a plain export


def export_profile(profile: Profile, path: Path, passphrase: str | None) -> int:
    """Write every lesson to a file for its owner alone; None: readable. Returns how many.

    What waits for the process that writes next is in it as if that had taken it in. A file of
    that name is replaced. Raises ProfileError where it cannot be written.
    """
    with _taken_in(profile) as whole:
        lessons, lists = _lessons_of(whole), _lists_of(whole)
    content = _to_json(lessons, lists)
    try:
        with replacing(path, private=True) as beside:
            if passphrase is None:
                beside.write_bytes(content)
            else:
                _encrypt(content, beside, passphrase)
    except (OSError, sqlcipher.Error) as error:
        raise ProfileError(f"{path} cannot be written ({error}).") from error
    return len(lessons)


@contextmanager
def _taken_in(profile: Profile) -> Iterator[Profile]:
    """The profile, or where something waits in its inbox a copy in memory that has taken it in."""
    if not profile.has_table("inbox") or next(Inbox(profile).items(), None) is None:
        yield profile
        return
    with Profile.open(None) as copy:
        with copy.transaction() as connection:
            for table in _CONTENTS:
                for row in profile.read(f"SELECT * FROM {table}"):
                    places = ", ".join("?" * len(row))
                    connection.execute(f"INSERT INTO {table} VALUES ({places})", row)
        Inbox(copy).take_in()
        yield copy


def _lessons_of(profile: Profile) -> list[Lesson]:
    return [
        Lesson(record.text, record.document, record.accepted, record.when)
        for record in Journal(profile).records()
    ]


def _lists_of(profile: Profile) -> dict[str, list[str]]:
    return {of: sorted(WordLists(profile).spellings(of).values()) for of in LISTS}


def is_encrypted(path: Path) -> bool:
    """True where the file needs a passphrase; ProfileError where it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)  # at random in an encrypted file
            return not (head.startswith(b"{") and head.isascii())
    except OSError as error:
        raise ProfileError(f"{path} cannot be read ({error.strerror}).") from error


def import_profile(profile: Profile, path: Path, passphrase: str | None) -> int:
    """Add the lessons of an exported file that are not there yet; returns how many.

    What is never learnt is not taken from a file either. Raises ProfileError where the
    file is damaged, of another program, or the passphrase is not right.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        content = path.read_bytes() if passphrase is None else _decrypt(path, passphrase)
        lessons, listed = _from_json(content)
    except OSError as error:
        raise ProfileError(f"{path} cannot be read ({error.strerror}).") from error
    except sqlcipher.Error as error:
        raise ProfileError(
            f"{path} cannot be opened: the passphrase is not right, or the file is damaged."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProfileError(f"{path} is not an export of Foretype, or is damaged.") from error
    journal = Journal(profile)
    known = {(record.text, record.document, record.when) for record in journal.records()}
    with profile.transaction():  # all of it or nothing
        for word, on in listed:
            list_word(profile, word, on)
        new = list(_new(lessons, known))
        note_uncut(journal, new)  # a lesson of another base may be too long for this one
        return len(journal.append(new))


def _new(lessons: Iterable[Lesson], known: set[tuple[str, str | None, float]]) -> Iterator[Lesson]:
    for lesson in lessons:
        screened = screen(lesson.text, lesson.accepted)
        identity = (screened.text, lesson.document, lesson.when or 0.0)
        if identity not in known and screened.text.strip():
            yield Lesson(screened.text, lesson.document, screened.accepted, lesson.when)


def _to_json(lessons: Iterable[Lesson], lists: Mapping[str, list[str]]) -> bytes:
    records = [
        {
            "text": lesson.text,
            "document": lesson.document,
            "accepted": lesson.accepted,
            "when": lesson.when,
        }
        for lesson in lessons
    ]
    whole = {"format": _FORMAT, "version": _VERSION, "lessons": records, **lists}
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    # A lone surrogate becomes the escape that JSON has for it.
    return text.encode("utf-8", "backslashreplace")


def _from_json(content: bytes) -> tuple[list[Lesson], list[tuple[str, WordList]]]:
    """The lessons and the listed words, which the first exports had not."""
    whole = json.loads(content)
    if whole["format"] != _FORMAT or whole["version"] != _VERSION:
        raise ValueError("another format")
    listed = [(word, of) for of in LISTS for word in whole.get(of, [])]
    if not all(isinstance(word, str) for word, _ in listed):
        raise TypeError("lists hold words")
    good = [(word, of) for word, of in listed if is_listable(word)]
    return list(_lessons(whole["lessons"])), good


def _lessons(records: Iterable[Any]) -> Iterator[Lesson]:
    for record in records:
        text, document, when = record["text"], record["document"], float(record["when"])
        if not isinstance(text, str) or not isinstance(document, str | None):
            raise TypeError("a lesson is text")
        if not isfinite(when):
            raise ValueError("a lesson has a time")
        spans = tuple((int(start), int(end)) for start, end in record["accepted"])
        edges = [0, *(edge for span in spans for edge in span), len(text)]
        if edges != sorted(edges) or len(text) > _LONGEST:
            raise ValueError("not as a lesson is written")
        yield Lesson(text, document, spans, when)


def _encrypt(content: bytes, path: Path, passphrase: str) -> None:
    connection = _open(path, passphrase)
    try:
        connection.execute("CREATE TABLE export (content BLOB NOT NULL)")
        connection.execute("INSERT INTO export VALUES (?)", (content,))
    finally:
        connection.close()


def _decrypt(path: Path, passphrase: str) -> bytes:
    path.stat()  # SQLite would make a file that is not there
    connection = _open(path, passphrase)
    try:
        connection.execute("PRAGMA query_only = ON")
        # A view in the place of the table could compute for ever.
        if connection.execute("SELECT type, name FROM sqlite_master").fetchall() != _TABLES:
            raise ValueError("another content")
        return bytes(connection.execute("SELECT content FROM export").fetchone()[0])
    finally:
        connection.close()


def _open(path: Path, passphrase: str) -> Any:
    connection = sqlcipher.connect(path, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    quoted = passphrase.replace("'", "''")
    connection.execute(f"PRAGMA key = '{quoted}'")
    return connection
