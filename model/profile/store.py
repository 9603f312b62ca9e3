"""A profile: one folder, one encrypted database, one writer at a time.

    profile.db   what was learnt (see `database`)
    lock         held by the one process that writes

A profile without a folder lives in memory and leaves nothing behind.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlcipher3 import dbapi2 as sqlcipher

from model.errors import ProfileBusy, ProfileError
from model.profile.database import (
    DATABASE,
    in_memory,
    open_for_reading,
    open_for_writing,
    told,
)
from model.profile.keys import delete_key, describe_place, find_records
from model.profile.lock import FileLock
from model.profile.unlocking import change_passphrase, identity_of, size_of

_LOCK = "lock"

BUSY = (
    "Another Foretype is writing to the profile: close it first and start this again, or "
    "choose another profile with --profile."
)

_OTHER_KEY = (
    "Another Foretype has changed the passphrase of the profile: start this one again. What it "
    "learnt before is there; what you write here until then is not learnt."
)


class Profile:
    """An open profile; its methods may be called from any thread."""

    def __init__(
        self, connection: Any, folder: Path | None, lock: FileLock | None, encrypted: bool = False
    ) -> None:
        """For `open` alone; `connection` is None where there is nothing to read yet."""
        self.folder = folder
        self.encrypted = encrypted
        self.writable = folder is None or lock is not None
        self._connection = in_memory() if connection is None else connection
        self._is_stand_in = connection is None  # for a database that is not there yet
        self._file_lock = lock
        self._lock = threading.RLock()
        self._note_key()

    def _note_key(self) -> None:
        kept = self.encrypted and self.folder is not None and not self._is_stand_in
        self._identity = identity_of(self._path) if kept else ""
        # What the key is kept as: the writer may change it while others read.
        self._key_records = find_records(self._identity) if kept else []

    @classmethod
    def open(
        cls,
        folder: Path | None,
        writable: bool = True,
        *,
        encrypted: bool = True,
        passphrase: str | None = None,
    ) -> Profile:
        """Open the profile in `folder`, making it where there is none; None: in memory.

        A profile opened with writable=False never changes anything on disk; where there
        is none yet, it reads as empty until there is. encrypted=False serves only tests that search
        the raw bytes and must be able to find something.

        Raises ProfileBusy where another process writes to it, PassphraseNeeded where it
        opens only with another passphrase than this, and ProfileError where it is damaged,
        newer than this program, or its key is missing or locked away.
        """
        if folder is None:
            return cls(in_memory(), None, None)
        if not writable:
            return cls(open_for_reading(folder, encrypted, passphrase), folder, None, encrypted)
        lock = _take(folder)
        try:
            return cls(open_for_writing(folder, encrypted, passphrase), folder, lock, encrypted)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_as_can_be(cls, folder: Path | None, passphrase: str | None = None) -> Profile:
        """Open it for writing, or, while another process writes to it, for reading."""
        try:
            return cls.open(folder, passphrase=passphrase)
        except ProfileBusy:
            return cls.open(folder, writable=False, passphrase=passphrase)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def size(self) -> int:
        """Bytes on disk; 0 in memory."""
        return size_of(self.folder / DATABASE) if self.folder else 0

    @property
    def key_place(self) -> str:
        """Where the key is kept, in words for the user."""
        if self.folder is None:
            return "nowhere: this profile lives in memory"
        identity = identity_of(self.folder / DATABASE)
        return describe_place(identity) if identity else "nowhere yet: the profile is empty"

    @property
    def has_passphrase(self) -> bool:
        """Whether it opens only with a passphrase."""
        return any(record.sealed for record in self._key_records)

    @property
    def _path(self) -> Path:
        assert self.folder is not None
        return self.folder / DATABASE

    def set_passphrase(self, new: str | None, current: str | None) -> None:
        """Open only with the passphrase `new` from now on; None: without one.

        All of it is encrypted anew; a process that is killed on the way leaves it as it was or as
        it is to be. Raises ProfileBusy where another process writes, WrongPassphrase where
        `current` is not the passphrase it has, ProfileError where nothing could be changed.
        """
        if not self.writable:
            raise ProfileBusy(BUSY)
        if self.folder is None:
            raise ProfileError("There is nothing to lock: this profile lives in memory.")
        with self._lock, self._told():
            change = change_passphrase(self._connection, self._path, current, new)
            self._connection = change.connection
            self._key_records = find_records(self._identity)
            if change.failure is not None:
                raise change.failure

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """Yield the connection; all that is done with it is durable afterwards, or undone.

        Raises ProfileError where it cannot be written.
        """
        if not self.writable:
            raise ProfileBusy(BUSY)
        with self._lock, self._told():
            if self._connection.in_transaction:  # a part of a larger one
                yield self._connection
                return
            with self._begun():
                yield self._connection

    @contextmanager
    def note(self) -> Iterator[Any]:
        """Yield the connection for a row in the inbox, which any process may write.

        SQLite itself lets one process after the other do so. Raises ProfileError where there is no
        profile yet, or it cannot be written; PassphraseNeeded where it was locked meanwhile.
        """
        with self._lock, self._told():
            self._look_again()
            if self._is_stand_in:
                raise ProfileError(f"The profile in {self.folder} is not there yet.")
            self._connection.execute("PRAGMA query_only = OFF")
            try:
                with self._begun():
                    yield self._connection
            finally:
                if not self.writable:
                    self._connection.execute("PRAGMA query_only = ON")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """One line for what goes wrong; another process may have given the profile another key."""
        try:
            with told(self.folder):
                yield
        except ProfileError as error:
            if self._has_another_key():
                raise ProfileBusy(_OTHER_KEY) from error
            raise

    def _has_another_key(self) -> bool:
        with suppress(ProfileError):
            return not self.writable and self._key_records != find_records(self._identity)
        return False

    @contextmanager
    def _begun(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk has already undone it by itself.
            with suppress(sqlcipher.Error):
                self._connection.execute("ROLLBACK")
            raise

    def read(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query; ProfileError where they cannot be read."""
        with self._lock, self._told():
            self._look_again()
            rows: list[Any] = self._connection.execute(query, parameters).fetchall()
            return rows

    def has_table(self, name: str) -> bool:
        """Whether there is this table; a profile of an earlier version, only read, lacks some."""
        return bool(self.read("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)))

    def has_column(self, table: str, name: str) -> bool:
        """Whether there is this column, in the same way."""
        return bool(self.read("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, name)))

    def _look_again(self) -> None:
        """Open the database that another process has made since."""
        if self._is_stand_in:
            found = open_for_reading(self._path.parent, self.encrypted)
            if found is not None:
                self._connection.close()
                self._connection, self._is_stand_in = found, False
                self._note_key()

    def compact(self) -> None:
        """Give back the space of what was removed, so that not even its amount shows."""
        with self._lock, self._told():
            if not self._connection.in_transaction:  # else it waits for another time
                self._connection.execute("VACUUM")

    def close(self) -> None:
        """Close the database and let other processes write; a second call does nothing."""
        with self._lock:
            self._connection.close()
            if self._file_lock:
                self._file_lock.release()


def exists(folder: Path) -> bool:
    """True where there is a database in `folder`, whatever its state."""
    return (folder / DATABASE).exists()


def delete_profile(folder: Path) -> None:
    """Destroy a profile and its key, whatever state it is in: the user's explicit wish.

    Raises ProfileBusy where another process writes to it, ProfileError where the files
    cannot be removed.
    """
    path = folder / DATABASE
    if not exists(folder):
        return
    lock = _take(folder)
    try:
        identity = identity_of(path)
        path.unlink()
        path.with_name(f"{DATABASE}-journal").unlink(missing_ok=True)
        # The database is gone, so a key that cannot be reached opens nothing any more.
        with suppress(ProfileError):
            delete_key(identity)
    except OSError as error:
        raise ProfileError(
            f"The profile in {folder} cannot be removed ({error.strerror})."
        ) from error
    finally:
        lock.release()


def _take(folder: Path) -> FileLock:
    """Make the folder where it is missing, and take the lock in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        ours = {DATABASE, f"{DATABASE}-journal", _LOCK}
        if ours.issuperset(entry.name for entry in folder.iterdir()):
            folder.chmod(0o700)
        return FileLock(folder / _LOCK)
    except BlockingIOError as error:
        raise ProfileBusy(
            f"Another Foretype is writing to the profile in {folder}; close it first."
        ) from error
    except OSError as error:
        raise ProfileError(
            f"The profile folder {folder} cannot be used ({error.strerror}); "
            "name another with --profile."
        ) from error
