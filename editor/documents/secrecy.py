"""Files whose names say that nothing of them should be left anywhere."""

from __future__ import annotations

import fnmatch
from pathlib import Path

_SECRET = (
    *(".env", ".env.*", "id_rsa*", "id_ed25519*", "id_ecdsa*", "*.pem", "*.key", "*.kdbx"),
    *(".netrc", ".pgpass", ".htpasswd", "*secret*", "*password*", "*passwort*", "credentials*"),
)


def private_by_name(path: Path) -> bool:
    """Whether a document of this name is private from the start."""
    return any(fnmatch.fnmatchcase(path.name.lower(), pattern) for pattern in _SECRET)
