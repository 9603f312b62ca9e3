"""A guess whether a text is prose in the base model's language: what it can foresee, and learns.

A language is known by how many of its words are common, source code by what stands between blanks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from model.text.words import words_of

# Chosen on the development set (silent at 0.15 % of the places) and the Universal Declaration of
# Human Rights in 21 languages (99 % of the paragraphs are seen after eight words).
_COMMON = 10_000  # most frequent words of the base
_LAST, _FEWEST = 10, 5  # words that are looked at, and that it takes to decide
_SHARE, _FEWEST_STRANGE = 0.5, 3  # of common words, if so many are not
_BACK = 3  # words in a row that show that the writer has returned
_CHARACTERS = 300  # that hold the last words; more only in few languages
_SENTENCE_END = re.compile(r"[.!?][\"')\]]* |\n")
# Names of files, addresses and code are words of no language.
_NO_WORDS = re.compile(r"\S*(?:[\d_/\\@]|[^\W\d_]\.[^\W\d_])\S*")
# What stands between blanks in prose: a word, a number, an address, with the marks around them.
_IN_PROSE = re.compile(
    r"""[("'\[*_]*(?:[^\W\d_]+(?:['./-][^\W\d_]+)*|[$\u00a3\u20ac#]?\d[\d.,:%/-]*[^\W\d_]{0,2}"""
    r"""|<(?:email|url)>|&|-+)[)"'\]*_.,;:!?-]*"""
)
# What nearly only source code has: names joined by _, calls, indices, braces and the like.
_OF_CODE = re.compile(r"[={}\\|]|\w_\w|\w[(\[]\S|\(\)|;\Z")
# A passage is code if so many of its items are no prose, each of code counting for three. So 95 %
# of Python's own library is seen in pieces of 900 characters, and at most 0.7 % of the texts of a
# development author is taken for it (tests.benchmarks.prose_guess).
_OF_CODE_COUNTS, _SHARE_OF_CODE, _FEWEST_OF_CODE = 3, 0.25, 4


class Language:
    """The base's language, known by its words."""

    def __init__(self, words: Collection[str]) -> None:
        """Take the base's words, most frequent first."""
        self._words = words
        self._is_rich = len(words) >= _COMMON  # few words do not make a language
        self._common = frozenset(islice(words, _COMMON))

    def is_foreign(self, folded: str) -> bool:
        """Whether folded text ends in another language; numbers and signs do not count."""
        common = self._common_ones(folded[-_CHARACTERS:])[-_LAST:]
        return _mostly_strange(common) and not all(common[-_BACK:])

    def strange_part(self, folded: str) -> str:
        """The sentences in another language, of folded text that ends in one.

        One that is too short to tell is in the language of what stands behind it.
        """
        strange = True
        found: list[str] = []
        for sentence in reversed(_SENTENCE_END.split(folded)):
            common = self._common_ones(sentence)
            if len(common) >= _FEWEST:
                strange = not found or _mostly_strange(common)
            if strange:
                found.append(sentence)
        return "\n".join(reversed(found))

    def is_prose(self, folded: str) -> bool:
        """Whether a whole passage is in this language, as far as it is known, and no code."""
        strange = self._is_rich and _mostly_strange(self._common_ones(folded))
        return not strange and not is_code(folded)

    def ends_in_prose(self, folded: str) -> bool:
        """Whether what folded text ends in is prose of this language."""
        strange = self._is_rich and self.is_foreign(folded)
        return not strange and not is_code(folded[-_CHARACTERS:])

    def _common_ones(self, folded: str) -> list[bool]:
        """For each word that tells something, whether it is common."""
        judged = (self._is_common(word) for word in words_of(_NO_WORDS.sub(" ", folded)))
        return [one for one in judged if one is not None]

    def _is_common(self, word: str) -> bool | None:
        """Whether a word is common in this language, None where it tells nothing.

        Names that the base knows are the same in many languages. Capitals that it does not know
        are rarely names, for it knows many; German has them in every sentence.
        """
        small = word.lower()
        if not word.replace("'", "").isalpha() or (word.isupper() and word != small):
            return None
        if word == small:
            return word in self._common
        return None if word in self._words or small in self._words else False


def is_code(folded: str) -> bool:
    """Whether a passage is source code, or something else that is not made of words."""
    items = folded.split()
    other = [item for item in items if not _IN_PROSE.fullmatch(item)]
    of_code = sum(bool(_OF_CODE.search(item)) for item in other)
    found = len(other) + (_OF_CODE_COUNTS - 1) * of_code
    return found >= _FEWEST_OF_CODE and found > _SHARE_OF_CODE * len(items)


def _mostly_strange(common: Sequence[bool]) -> bool:
    strange = len(common) - sum(common)
    return (
        len(common) >= _FEWEST and strange >= _FEWEST_STRANGE and sum(common) < _SHARE * len(common)
    )
