"""A guess whether a text is in the base model's language, by how many of its words are common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from model.text import words_of

# Chosen on the development set (silent for 0.13 % of its words) and the Universal Declaration of
# Human Rights in 19 languages (silent for 99.5 % of the paragraphs after eight words).
_COMMON = 10_000  # most frequent words of the base
_LAST, _FEWEST = 10, 6  # words that are looked at, and that it takes to decide
_SHARE, _FEWEST_STRANGE = 0.6, 4  # of common words, if so many are not
_BACK = 3  # words in a row that show that the writer has returned
_CHARACTERS = 300  # that hold the last words; more only in few languages


class Language:
    """The base's language, known by its most frequent words."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the base's words, most frequent first."""
        self._common = frozenset(islice(words, _COMMON))

    def is_foreign(self, folded: str) -> bool:
        """Whether folded text ends in another language; names, numbers and signs do not count."""
        return self._is_foreign(
            [word for word in words_of(folded[-_CHARACTERS:]) if _counts(word)][-_LAST:]
        )

    def _is_foreign(self, words: Sequence[str]) -> bool:
        if len(words) < _FEWEST:
            return False
        common = [word in self._common for word in words]
        strange = len(common) - sum(common)
        return (
            strange >= _FEWEST_STRANGE
            and sum(common) < _SHARE * len(common)
            and not all(common[-_BACK:])
        )


def _counts(word: str) -> bool:
    """Whether a word tells a language: no capitals, for names are the same in all of them."""
    return word == word.lower() and word.replace("'", "").isalpha()
