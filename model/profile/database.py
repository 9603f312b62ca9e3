"""The SQLCipher database of a profile: made, opened, checked.

`profile.db` is encrypted page by page; its first 16 bytes are a random salt, which names
its key. It keeps a rollback journal instead of a write-ahead log: after each commit
nothing of what was removed remains in any file. `secure_delete` overwrites freed pages.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from model.errors import ProfileError
from model.profile.keys import create_key
from model.profile.unlocking import SALT_BYTES, WAY_OUT, connect, size_of, unlocked

SCHEMA_VERSION = 4
_WORDS = "CREATE TABLE words (word BLOB PRIMARY KEY, list TEXT NOT NULL)"
# How a word was put there, where that is not the small letters that it is found by.
_SPELLING = "ALTER TABLE words ADD COLUMN spelling BLOB"
_INBOX = "CREATE TABLE inbox (number INTEGER PRIMARY KEY AUTOINCREMENT, item BLOB NOT NULL)"
_DELETED = "CREATE TABLE deleted (hash BLOB PRIMARY KEY)"
_SECRETS = "CREATE TABLE secrets (name TEXT PRIMARY KEY, content BLOB NOT NULL)"
_SCHEMA = (
    """CREATE TABLE lessons (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        text BLOB NOT NULL,
        document BLOB,
        accepted TEXT NOT NULL,
        learnt REAL NOT NULL
    )""",
    "CREATE INDEX lessons_of_document ON lessons (document, text)",
    "CREATE TABLE states (name TEXT PRIMARY KEY, through INTEGER NOT NULL, content BLOB NOT NULL)",
    _WORDS,
    _SPELLING,
    _INBOX,
    _DELETED,
    _SECRETS,
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)
# What makes the version after each one out of it; nothing that is there is touched.
_UPGRADES = {
    1: (_WORDS, "PRAGMA user_version = 2"),
    2: (_INBOX, _DELETED, _SECRETS, "PRAGMA user_version = 3"),
    3: (_SPELLING, "PRAGMA user_version = 4"),
}
DATABASE = "profile.db"


def open_for_writing(folder: Path, encrypted: bool, passphrase: str | None = None) -> Any:
    """A connection to the database in `folder`, which is made where there is none.

    Raises ProfileError where it is damaged, newer, or its key is missing; PassphraseNeeded.
    """
    path = folder / DATABASE
    with told(folder):
        if not size_of(path):
            return _create(path, encrypted)
        connection = unlocked(path, passphrase, writing=True) if encrypted else connect(path)
        try:
            if encrypted:
                _check_pages(connection)
            _bring_up_to_date(connection, _version(connection, folder))
        except BaseException:
            connection.close()
            raise
        return connection


def open_for_reading(folder: Path, encrypted: bool, passphrase: str | None = None) -> Any:
    """A connection that changes nothing; None where there is no database yet.

    Raises ProfileError where it is damaged, newer, or its key is missing; PassphraseNeeded.
    """
    path = folder / DATABASE
    with told(folder):
        if not size_of(path):
            return None
        connection = unlocked(path, passphrase) if encrypted else connect(path)
        try:
            if not _version(connection, folder):  # another process is making it
                connection.close()
                return None
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection


def in_memory() -> Any:
    """A connection to a new database that leaves nothing behind."""
    connection = connect(":memory:")
    _run(connection, _SCHEMA)
    return connection


def _create(path: Path, encrypted: bool) -> Any:
    # SQLite gives its journal the permissions of the database.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    salt = os.urandom(SALT_BYTES)
    connection = connect(path, create_key(salt.hex()) + salt if encrypted else None)
    _run(connection, _SCHEMA)
    return connection


def _bring_up_to_date(connection: Any, version: int) -> None:
    if version == 0:
        _run(connection, _SCHEMA)  # the process that made it ended before its first commit
        return
    for earlier in range(version, SCHEMA_VERSION):
        _run(connection, _UPGRADES[earlier])


def _run(connection: Any, statements: Iterable[str]) -> None:
    """All of the statements or none, also when the process ends on the way."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")


def _check_pages(connection: Any) -> None:
    """Find damage before anything is written; 4 ms a megabyte."""
    damage = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if damage:
        raise sqlcipher.DatabaseError(str(damage[0][0]))


def _version(connection: Any, folder: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise ProfileError(
            f"The profile in {folder} was written by a newer Foretype; update this one. "
            "Nothing was changed."
        )
    return version


@contextmanager
def told(folder: Path | None) -> Iterator[None]:
    """Turn what the database and the system raise into one line for the user."""
    place = f"The profile in {folder}" if folder else "The profile in memory"
    try:
        yield
    except sqlcipher.OperationalError as error:
        raise ProfileError(f"{place} cannot be used ({error}). Nothing was changed.") from error
    except sqlcipher.Error as error:
        raise ProfileError(
            f"{place} is damaged, or its key is not right ({error}). {WAY_OUT}"
        ) from error
    except OSError as error:
        raise ProfileError(f"{place} cannot be read ({error.strerror}).") from error
