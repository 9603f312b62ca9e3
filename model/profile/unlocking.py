"""Which key opens a database, and how it is given another one.

Its first 16 bytes are a random salt, which names its key. A change of passphrase encrypts the whole
database anew, in one transaction of SQLite's; while that is done, both keys are kept, and whenever
the process ends, one of the two opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from model.errors import PassphraseNeeded, ProfileError
from model.profile.keys import find_records, keep_next, settle
from model.profile.passphrases import KeyRecord, new_record

SALT_BYTES = 16
WAY_OUT = "Put a backup in its place, or start afresh with `forget --all`; nothing was changed."
_NOT_DONE = "it keeps its key: another program reads it just now, or the disk is full"
_PATIENCE = 5.0  # seconds to wait for another process's transaction


def connect(path: Path | str, key: bytes | None = None) -> Any:
    """A connection with this key, None for a database that is not encrypted.

    Raises sqlcipher's DatabaseError where the key is another one's.
    """
    connection = sqlcipher.connect(
        path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        if key:
            # Its own log would go to stderr; what goes wrong is raised as well.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA user_version")
    except BaseException:
        connection.close()
        raise
    return connection


@dataclass(frozen=True)
class Change:
    """The connection to go on with, and what went wrong where the key is still the old one."""

    connection: Any
    failure: Exception | None


def change_passphrase(connection: Any, path: Path, current: str | None, new: str | None) -> Change:
    """Encrypt the database anew, under `new` or without a passphrase.

    The given connection is closed, unless this raises WrongPassphrase, as `current` is not right,
    or ProfileError, as the new key cannot be kept.
    """
    identity = identity_of(path)
    old = _records(path)[0]
    before = old.key(current)
    record, key = new_record(new)
    keep_next(identity, record)
    failure: Exception | None = None
    try:
        connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
    except sqlcipher.Error as error:
        failure = error
    connection.close()  # after a failure it would go on with half of the new key
    if (renewed := _opened(path, key)) is not None:
        settle(identity, record)
        return Change(renewed, None)
    as_before = connect(path, before)
    settle(identity, old)
    return Change(as_before, failure or sqlcipher.OperationalError(_NOT_DONE))


def unlocked(path: Path, passphrase: str | None, *, writing: bool = False) -> Any:
    """A connection with the key that fits, of two where a change of passphrase was cut short."""
    records = _records(path)
    if len(records) == 1:
        return connect(path, records[0].key(passphrase))
    missed: PassphraseNeeded | None = None
    for record in records:
        try:
            connection = _opened(path, record.key(passphrase))
        except PassphraseNeeded as error:
            missed = error
            continue
        if connection is not None:
            if writing:
                settle(identity_of(path), record)
            return connection
    raise missed or sqlcipher.DatabaseError("neither of its keys opens it")


def _opened(path: Path, key: bytes) -> Any:
    """A connection, None where the key is another one's."""
    try:
        return connect(path, key)
    except sqlcipher.OperationalError:
        raise
    except sqlcipher.DatabaseError:
        return None


def _records(path: Path) -> list[KeyRecord]:
    records = find_records(identity_of(path))
    if not records:
        raise ProfileError(
            f"There is no key for the profile in {path.parent}: it was removed, or the "
            f"database is damaged. {WAY_OUT}"
        )
    return records


def identity_of(path: Path) -> str:
    """The salt at the beginning of the database, "" where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(SALT_BYTES).hex()
    except FileNotFoundError:
        return ""


def size_of(path: Path) -> int:
    """Bytes of a file, 0 where there is none."""
    return path.stat().st_size if path.exists() else 0
