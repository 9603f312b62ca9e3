"""What is kept of a profile's key: the key itself, or what makes it of the user's passphrase.

With a passphrase the key is scrypt (RFC 7914; 2^17 blocks of 1 KiB, so 128 MiB a guess) of the
passphrase, salted with a secret of 32 random bytes. The secret is kept where a key would be: who
has only a copy of the profile has neither. The other part of what scrypt gives is kept beside it,
so that a wrong passphrase is told from a damaged profile.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import unicodedata
from dataclasses import dataclass

from model.errors import PassphraseNeeded, ProfileError, WrongPassphrase

KEY_BYTES = 32
_COST, _BLOCK, _LANES = 17, 8, 1  # the cost is the logarithm of scrypt's N
_CHECK_BYTES = 16
_COSTS = range(10, 21)  # what a damaged record asks for must not eat the memory
_KEY = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")
_SEALED = re.compile(
    rf"scrypt (\d\d) ([0-9a-f]{{{2 * KEY_BYTES}}}) ([0-9a-f]{{{2 * _CHECK_BYTES}}})"
)


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is kept for one key; `check` is empty where `secret` is the key itself."""

    secret: bytes
    check: bytes = b""
    cost: int = _COST

    @property
    def sealed(self) -> bool:
        """Whether the key is had only with the passphrase."""
        return bool(self.check)

    def key(self, passphrase: str | None) -> bytes:
        """The key; PassphraseNeeded without a passphrase that it needs, WrongPassphrase."""
        if not self.sealed:
            return self.secret
        if passphrase is None:
            raise PassphraseNeeded(
                "What was learnt opens only with your passphrase; nothing was changed."
            )
        key, check = _stretched(passphrase, self.secret, self.cost)
        if not hmac.compare_digest(check, self.check):
            raise WrongPassphrase("This is not the right passphrase; nothing was changed.")
        return key

    def text(self) -> str:
        """How it is kept."""
        if not self.sealed:
            return self.secret.hex()
        return f"scrypt {self.cost} {self.secret.hex()} {self.check.hex()}"


def new_record(passphrase: str | None) -> tuple[KeyRecord, bytes]:
    """What is to be kept for a new key, and that key; None: it opens without a passphrase.

    Raises ProfileError for an empty passphrase.
    """
    secret = os.urandom(KEY_BYTES)
    if passphrase is None:
        return KeyRecord(secret), secret
    if not passphrase:
        raise ProfileError("An empty passphrase protects nothing; nothing was changed.")
    key, check = _stretched(passphrase, secret, _COST)
    return KeyRecord(secret, check, _COST), key


def parse(text: str, what: str) -> KeyRecord:
    """What `text` keeps; ProfileError, which begins with `what`, where it is damaged."""
    text = text.strip()
    if _KEY.fullmatch(text):
        return KeyRecord(bytes.fromhex(text))
    found = _SEALED.fullmatch(text)
    if found is None or int(found[1]) not in _COSTS:
        raise ProfileError(f"{what} is damaged; put it back from a backup.")
    return KeyRecord(bytes.fromhex(found[2]), bytes.fromhex(found[3]), int(found[1]))


def _stretched(passphrase: str, secret: bytes, cost: int) -> tuple[bytes, bytes]:
    """The key and the check; the same passphrase may be composed in several ways."""
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    memory = 2 * 128 * _BLOCK << cost  # bytes; what is needed, and room
    both = hashlib.scrypt(
        typed,
        salt=secret,
        n=1 << cost,
        r=_BLOCK,
        p=_LANES,
        maxmem=memory,
        dklen=KEY_BYTES + _CHECK_BYTES,
    )
    return both[:KEY_BYTES], both[KEY_BYTES:]
