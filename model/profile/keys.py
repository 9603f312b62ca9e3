"""The key of a profile's database: 32 random bytes, kept apart from the profile.

It lives in the system's keyring under the service "foretype". Where there is no keyring
(or FORETYPE_NO_KEYRING=1), it is a file that only its owner can read, in the folder
`keys` of the user's configuration, never inside the profile's folder. Its name, or the
account in the keyring, is the identity of the database (the salt in its first 16 bytes),
so a profile may be moved or copied and still finds its key.
"""

from __future__ import annotations

import os
import queue
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import platformdirs

from model.errors import ProfileError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")

SERVICE = "foretype"
KEY_BYTES = 32
_KEYRING_PATIENCE = 60.0  # seconds: the user may be typing the keyring's own password
_WAY_OUT = "Unlock it and start again; nothing was deleted."
_HEXADECIMAL = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")


def key_file(identity: str) -> Path:
    """Where the key lies on a machine without a keyring."""
    folder = platformdirs.user_config_path("foretype", appauthor=False) / "keys"
    return folder / f"{identity}.key"


def create_key(identity: str) -> bytes:
    """Make and keep a new key; returns only once it is safely kept.

    Raises ProfileError where the keyring is locked or the file cannot be written.
    """
    key = os.urandom(KEY_BYTES)
    backend = _keyring()
    if backend is None:
        _write_file(key_file(identity), key)
    else:
        _ask(lambda: backend.set_password(SERVICE, identity, key.hex()))
        if _from_keyring(backend, identity) != key:
            raise ProfileError(
                "The system keyring did not keep the profile's key; is it read-only?"
            )
    return key


def find_key(identity: str) -> bytes | None:
    """The key of this database, None where there is none.

    Raises ProfileError where the keyring is locked or the key is damaged.
    """
    path = key_file(identity)
    if path.exists():
        return _read_file(path)
    backend = _keyring()
    return _from_keyring(backend, identity) if backend else None


def delete_key(identity: str) -> None:
    """Destroy the key, and with it every copy of what it encrypts."""
    path = key_file(identity)
    path.unlink(missing_ok=True)
    backend = _keyring()
    if backend and _from_keyring(backend, identity):
        _ask(lambda: backend.delete_password(SERVICE, identity))


def describe_place(identity: str) -> str:
    """Where the key is kept, in words for the user."""
    path = key_file(identity)
    if path.exists():
        return f"the file {path} (no system keyring is used here)"
    return "the system keyring"


def _keyring() -> KeyringBackend | None:
    """The keyring of this system, None where there is none that keeps anything."""
    if os.environ.get("FORETYPE_NO_KEYRING") == "1":
        return None
    import keyring

    backend = keyring.get_keyring()
    # Backends of no use ("fail", "null") say so by a priority of 0 or less.
    return backend if backend.priority > 0 else None


def _from_keyring(backend: KeyringBackend, identity: str) -> bytes | None:
    kept = _ask(lambda: backend.get_password(SERVICE, identity))
    return _parse(kept, "The key in the system keyring") if kept else None


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


def _parse(text: str, what: str) -> bytes:
    if not _HEXADECIMAL.fullmatch(text.strip()):
        raise ProfileError(f"{what} is damaged; put it back from a backup.")
    return bytes.fromhex(text.strip())


def _read_file(path: Path) -> bytes:
    try:
        return _parse(path.read_text(encoding="ascii", errors="replace"), f"The key file {path}")
    except OSError as error:
        raise ProfileError(f"The key file {path} cannot be read ({error.strerror}).") from error


def _write_file(path: Path, key: bytes) -> None:
    """Write the file for its owner alone, and see that it is on the disk."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ProfileError(f"The key file {path} cannot be written ({error.strerror}).") from error
