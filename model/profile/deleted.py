"""Words that the user deleted: not offered again until they were written some times more.

Deleting takes a word's lessons away, as forgetting does, and remembers a keyed hash of the word:
whoever reads the profile can tell that a word was deleted only by guessing it, and with the key
gone (after forgetting everything) not even so.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Collection, Iterator, Mapping

from model.profile.store import Profile
from model.profile.word_lists import is_one_word, listed_form

_KEY = "deleted"
_KEY_BYTES = 32
AGAIN = 3  # times that a deleted word is written before it is offered again


class DeletedWords:
    """The hashes of one profile; safe to use from several threads."""

    def __init__(self, profile: Profile) -> None:
        """Read and write through an open profile, which stays the caller's to close."""
        self._profile = profile

    def put(self, word: str) -> None:
        """Remember that this word was deleted; it is on the disk when this returns.

        Raises ValueError where it is not one word.
        """
        if not is_one_word(word):
            raise ValueError("this is not one word")
        with self._profile.transaction() as connection:
            if self._key() is None:
                row = (_KEY, os.urandom(_KEY_BYTES))
                connection.execute("INSERT INTO secrets (name, content) VALUES (?, ?)", row)
            connection.execute("INSERT OR IGNORE INTO deleted VALUES (?)", (self._hash(word),))

    def take_off(self, word: str) -> None:
        """Know nothing of this word any more."""
        if self._key() is not None:
            with self._profile.transaction() as connection:
                connection.execute("DELETE FROM deleted WHERE hash = ?", (self._hash(word),))

    def and_blocked(self, blocked: frozenset[str], seen: Mapping[str, int]) -> Collection[str]:
        """The words that are not offered: blocked ones, and deleted ones that were `seen` too
        rarely since.
        """
        if not self._profile.has_table("deleted"):
            return blocked
        hashes = frozenset(bytes(row[0]) for row in self._profile.read("SELECT hash FROM deleted"))
        return _Unoffered(blocked, hashes, self._key() or b"", seen) if hashes else blocked

    def _key(self) -> bytes | None:
        rows = self._profile.read("SELECT content FROM secrets WHERE name = ?", (_KEY,))
        return bytes(rows[0][0]) if rows else None

    def _hash(self, word: str) -> bytes:
        return _hashed(self._key() or b"", listed_form(word))


class _Unoffered(Collection[str]):
    """Holds a word in small letters where it must not be offered; lists only the blocked ones."""

    def __init__(
        self, blocked: frozenset[str], hashes: frozenset[bytes], key: bytes, seen: Mapping[str, int]
    ) -> None:
        self._blocked, self._hashes, self._key, self._seen = blocked, hashes, key, seen
        self._known: dict[str, bool] = {}  # a hash costs more than a look-up

    def __contains__(self, word: object) -> bool:
        if word in self._blocked:
            return True
        if not isinstance(word, str) or self._seen.get(word, 0) >= AGAIN:
            return False
        if word not in self._known:
            self._known[word] = _hashed(self._key, word) in self._hashes
        return self._known[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._blocked)

    def __len__(self) -> int:
        return len(self._blocked) + len(self._hashes)


def _hashed(key: bytes, word: str) -> bytes:
    return hmac.digest(key, word.encode("utf-8", "surrogatepass"), "sha256")
