"""The user's own lists of words: those added by hand, which are known without a lesson.

They are no part of what is computed from the lessons, and stay when lessons go; forgetting a
word, or everything, takes it from every list.
"""

from __future__ import annotations

from typing import Literal

from model.profile.store import Profile
from model.text import words_of

WordList = Literal["added"]
_LONGEST = 40  # characters


def is_addable(word: object) -> bool:
    """Whether this is one word, as a list takes it."""
    return isinstance(word, str) and words_of(word) == [word] and len(word) <= _LONGEST


class WordLists:
    """The lists of one profile, all in small letters; safe to use from several threads."""

    def __init__(self, profile: Profile) -> None:
        """Read and write through an open profile, which stays the caller's to close."""
        self._profile = profile

    def words(self, of: WordList) -> frozenset[str]:
        """The words of a list."""
        if not self._profile.read("SELECT 1 FROM sqlite_master WHERE name = 'words'"):
            return frozenset()  # written by an earlier version, and only read here
        rows = self._profile.read("SELECT word FROM words WHERE list = ?", (of,))
        return frozenset(bytes(row[0]).decode("utf-8") for row in rows)

    def add(self, of: WordList, word: str) -> None:
        """Put a word on a list; it is on the disk when this returns."""
        row = (word.lower().encode("utf-8"), of)
        with self._profile.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO words (word, list) VALUES (?, ?)", row)

    def drop(self, word: str) -> None:
        """Take a word from every list, where it is on one."""
        row = (word.strip().lower().encode("utf-8", "surrogatepass"),)
        with self._profile.transaction() as connection:
            connection.execute("DELETE FROM words WHERE word = ?", row)
