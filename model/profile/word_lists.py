"""The user's own lists of words: added ones are known without a lesson, blocked ones never shown.

They are no part of what is computed from the lessons, and stay when lessons go; forgetting a
word, or everything, takes it from every list.
"""

from __future__ import annotations

from model.messages import WordList
from model.profile.store import Profile
from model.text import fold, small, words_of

_LONGEST = 40  # characters


def listed_form(word: str) -> str:
    """A word as lists find it: with plain quotes, in small letters."""
    return small(_plain(word))


def _plain(word: str) -> str:
    return fold(word).strip()


def is_one_word(text: str) -> bool:
    """Whether this is a word, and nothing else."""
    form = listed_form(text)
    return words_of(form) == [form]


def is_listable(word: object) -> bool:
    """Whether this is one word, as a list takes it."""
    return isinstance(word, str) and len(word) <= _LONGEST and is_one_word(word)


class WordLists:
    """The lists of one profile; safe to use from several threads.

    A word is on one of them at most, in whatever case.
    """

    def __init__(self, profile: Profile) -> None:
        """Read and write through an open profile, which stays the caller's to close."""
        self._profile = profile

    def words(self, of: WordList) -> frozenset[str]:
        """The words of a list, in small letters."""
        if not self._profile.has_table("words"):
            return frozenset()
        rows = self._profile.read("SELECT word FROM words WHERE list = ?", (of,))
        return frozenset(_text(row[0]) for row in rows)

    def spellings(self, of: WordList) -> dict[str, str]:
        """The words of a list in small letters, each with the letters that it was put there in."""
        spellings = {word: word for word in self.words(of)}
        if self._profile.has_column("words", "spelling"):
            query = "SELECT word, spelling FROM words WHERE list = ? AND spelling IS NOT NULL"
            rows = self._profile.read(query, (of,))
            spellings |= {_text(word): _text(spelling) for word, spelling in rows}
        return spellings

    def put(self, word: str, on: WordList | None) -> None:
        """Put a word on a list, or on none; it is on the disk when this returns.

        Raises ValueError where it is not one word.
        """
        if on is not None and not is_listable(word):
            raise ValueError("this is not one word that a list takes")
        form, spelling = listed_form(word), _plain(word)
        key = form.encode("utf-8", "surrogatepass")
        with self._profile.transaction() as connection:
            connection.execute("DELETE FROM words WHERE word = ?", (key,))
            if on is not None:
                connection.execute(
                    "INSERT INTO words (word, list, spelling) VALUES (?, ?, ?)",
                    (key, on, spelling.encode("utf-8") if spelling != form else None),
                )


def _text(column: bytes) -> str:
    return bytes(column).decode("utf-8")
