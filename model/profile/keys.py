"""The key of a profile's database: 32 random bytes, kept apart from the profile.

Or what makes it of the user's passphrase (see `passphrases`).

It lives in the system's keyring under the service "foretype". Where there is no keyring
(or FORETYPE_NO_KEYRING=1), it is a file that only its owner can read, in the folder
`keys` of the user's configuration, never inside the profile's folder. Its name, or the
account in the keyring, is the identity of the database (the salt in its first 16 bytes),
so a profile may be moved or copied and still finds its key.

While a passphrase is set or changed, what will take its place lies beside it under the same name
with "-next": whichever of the two opens the database is the right one.
"""

from __future__ import annotations

import errno
import os
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import platformdirs

from model.errors import ProfileError
from model.files import replace_file
from model.profile.passphrases import KeyRecord, new_record, parse

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")

SERVICE = "foretype"
_NEXT = "-next"
_KEYRING_PATIENCE = 60.0  # seconds: the user may be typing the keyring's own password
_WAY_OUT = "Unlock it and start again; nothing was deleted."


def key_file(identity: str) -> Path:
    """Where the key lies on a machine without a keyring."""
    folder = platformdirs.user_config_path("foretype", appauthor=False) / "keys"
    return folder / f"{identity}.key"


def create_key(identity: str) -> bytes:
    """Make and keep a new key; returns only once it is safely kept.

    Raises ProfileError where the keyring is locked or the file cannot be written.
    """
    record, key = new_record(None)
    backend = system_keyring()
    if backend is None:
        _write_file(key_file(identity), record)
    else:
        _put_into_keyring(backend, identity, record)
    return key


def find_records(identity: str) -> list[KeyRecord]:
    """What is kept of the key of this database, and then what was to take its place, if anything.

    Raises ProfileError where the keyring is locked or a record is damaged.
    """
    path, following = key_file(identity), key_file(identity + _NEXT)
    if path.exists():  # then no keyring is asked, which may be locked
        return [_read_file(one) for one in (path, following) if one.exists()]
    backend = system_keyring()
    if backend is None:
        return []
    found = (_from_keyring(backend, account) for account in (identity, identity + _NEXT))
    return [record for record in found if record is not None]


def keep_next(identity: str, record: KeyRecord) -> None:
    """Keep beside the record of this database the one that is to take its place."""
    backend = system_keyring()
    if backend is None or key_file(identity).exists():
        key_file(identity + _NEXT).unlink(missing_ok=True)  # of a change that was never made
        _write_file(key_file(identity + _NEXT), record)
    else:
        _put_into_keyring(backend, identity + _NEXT, record)


def settle(identity: str, record: KeyRecord) -> None:
    """From now on this is the one record of the database: it is the one that opened it."""
    path, following = key_file(identity), key_file(identity + _NEXT)
    if path.exists():
        if following.exists() and _read_file(following) == record:
            following.replace(path)
        following.unlink(missing_ok=True)
        return
    backend = system_keyring()
    if backend and _from_keyring(backend, identity) != record:
        _put_into_keyring(backend, identity, record)
    _delete(identity + _NEXT)


def delete_key(identity: str) -> None:
    """Destroy the key, and with it every copy of what it encrypts."""
    for account in (identity, identity + _NEXT):
        _delete(account)


def _delete(account: str) -> None:
    key_file(account).unlink(missing_ok=True)
    backend = system_keyring()
    if backend and _ask(lambda: backend.get_password(SERVICE, account)):
        _ask(lambda: backend.delete_password(SERVICE, account))


def _put_into_keyring(backend: KeyringBackend, account: str, record: KeyRecord) -> None:
    _ask(lambda: backend.set_password(SERVICE, account, record.text()))
    if _from_keyring(backend, account) != record:
        raise ProfileError("The system keyring did not keep the profile's key; is it read-only?")


def describe_place(identity: str) -> str:
    """Where the key is kept, in words for the user."""
    path = key_file(identity)
    if path.exists():
        return f"the file {path} (no system keyring is used here)"
    return "the system keyring"


def keyring_is_refused() -> bool:
    """Whether FORETYPE_NO_KEYRING says that no keyring is to be used."""
    return os.environ.get("FORETYPE_NO_KEYRING") == "1"


def system_keyring() -> KeyringBackend | None:
    """The keyring of this system; None where none keeps anything, or it is not to be used."""
    if keyring_is_refused():
        return None
    import keyring

    backend = keyring.get_keyring()
    # Backends of no use ("fail", "null") say so by a priority of 0 or less.
    return backend if backend.priority > 0 else None


def _from_keyring(backend: KeyringBackend, account: str) -> KeyRecord | None:
    kept = _ask(lambda: backend.get_password(SERVICE, account))
    return parse(kept, "The key in the system keyring") if kept else None


def _ask(call: Callable[[], Answer]) -> Answer:
    """Ask the keyring from a thread of its own, since some wait for the user for ever."""
    answers: queue.Queue[tuple[Answer | None, Exception | None]] = queue.Queue()

    def work() -> None:
        try:
            answers.put((call(), None))
        except Exception as error:  # backends raise what they like, D-Bus errors included
            answers.put((None, error))

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        answer, error = answers.get(timeout=_KEYRING_PATIENCE)
    except queue.Empty:
        raise ProfileError(f"The system keyring does not answer. {_WAY_OUT}") from None
    if error is not None:
        raise ProfileError(f"The system keyring refuses ({error}). {_WAY_OUT}") from error
    return cast(Answer, answer)


def _read_file(path: Path) -> KeyRecord:
    try:
        return parse(path.read_text(encoding="ascii", errors="replace"), f"The key file {path}")
    except OSError as error:
        raise ProfileError(f"The key file {path} cannot be read ({error.strerror}).") from error


def _write_file(path: Path, record: KeyRecord) -> None:
    """Write a new file for its owner alone, whole or not at all, and see that it is on the disk."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        replace_file(path, f"{record.text()}\n".encode("ascii"), private=True)
    except OSError as error:
        raise ProfileError(f"The key file {path} cannot be written ({error.strerror}).") from error
