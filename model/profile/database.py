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
from model.profile.keys import create_key, find_key

SCHEMA_VERSION = 3
_WORDS = "CREATE TABLE words (word BLOB PRIMARY KEY, list TEXT NOT NULL)"
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
    _INBOX,
    _DELETED,
    _SECRETS,
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)
# What makes the version after each one out of it; nothing that is there is touched.
_UPGRADES = {
    1: (_WORDS, "PRAGMA user_version = 2"),
    2: (_INBOX, _DELETED, _SECRETS, "PRAGMA user_version = 3"),
}
DATABASE = "profile.db"
_SALT_BYTES = 16
_PATIENCE = 5.0  # seconds to wait for another process's transaction
_WAY_OUT = "Put a backup in its place, or start afresh with `forget --all`; nothing was changed."


def open_for_writing(folder: Path, encrypted: bool) -> Any:
    """A connection to the database in `folder`, which is made where there is none.

    Raises ProfileError where it is damaged, newer, or its key is missing.
    """
    path = folder / DATABASE
    with told(folder):
        if not size_of(path):
            return _create(path, encrypted)
        connection = _connect(path, _key_of(path) if encrypted else None)
        try:
            if encrypted:
                _check_pages(connection)
            _bring_up_to_date(connection, _version(connection, folder))
        except BaseException:
            connection.close()
            raise
        return connection


def open_for_reading(folder: Path, encrypted: bool) -> Any:
    """A connection that changes nothing; an empty database where there is none.

    Raises ProfileError where it is damaged, newer, or its key is missing.
    """
    path = folder / DATABASE
    with told(folder):
        connection = in_memory()
        if size_of(path):
            on_disk = _connect(path, _key_of(path) if encrypted else None)
            if _version(on_disk, folder):
                connection = on_disk
        connection.execute("PRAGMA query_only = ON")
        return connection


def in_memory() -> Any:
    """A connection to a new database that leaves nothing behind."""
    connection = _connect(":memory:", None)
    _run(connection, _SCHEMA)
    return connection


def _create(path: Path, encrypted: bool) -> Any:
    # SQLite gives its journal the permissions of the database.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    salt = os.urandom(_SALT_BYTES)
    connection = _connect(path, create_key(salt.hex()) + salt if encrypted else None)
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


def _connect(path: Path | str, key: bytes | None) -> Any:
    connection = sqlcipher.connect(
        path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    if key:
        # Its own log would go to stderr; what goes wrong is raised as well.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    return connection


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


def _key_of(path: Path) -> bytes:
    key = find_key(identity_of(path))
    if key is None:
        raise ProfileError(
            f"There is no key for the profile in {path.parent}: it was removed, or the "
            f"database is damaged. {_WAY_OUT}"
        )
    return key


def identity_of(path: Path) -> str:
    """The salt at the beginning of the database, "" where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(_SALT_BYTES).hex()
    except FileNotFoundError:
        return ""


def size_of(path: Path) -> int:
    """Bytes of a file, 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


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
            f"{place} is damaged, or its key is not right ({error}). {_WAY_OUT}"
        ) from error
    except OSError as error:
        raise ProfileError(f"{place} cannot be read ({error.strerror}).") from error
