"""Dictionaries of this system, reached through Enchant: which there are, and one of them opened.

Enchant is what GNOME's programs use, so that a user has one set of dictionaries for all of them.
Its library and the dictionaries are the system's; where either is missing, that is said and no
more. Here alone is its name known.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from unicodedata import combining, normalize

import regex

if TYPE_CHECKING:
    import enchant

_LIBRARY = "libenchant-2.so.2"
# What Debian calls the library, and a dictionary.
PACKAGES = ("libenchant-2-2", "hunspell-en-us")
_MOST_PROPOSED = 5
_LATIN = regex.compile(r"\p{Latin}")


class Dictionary(Protocol):
    """Whoever knows the words of a language."""

    def knows(self, word: str) -> bool:
        """Whether this is one of its words."""

    def proposals(self, word: str) -> list[str]:
        """A few of its words that may be meant, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is: the `languages` of all dictionaries, and the one that was opened of them.

    With none opened, `missing` names what can be installed to have one.
    """

    languages: tuple[str, ...] = ()
    language: str = ""
    dictionary: Dictionary | None = None
    missing: str = ""


def find(wanted: str, locale: str) -> Found:
    """Open the dictionary of the language `wanted`, else of the English of this locale.

    It takes a tenth of a second: for a thread of its own.
    """
    try:
        broker = _broker()
    except (ImportError, OSError):
        return Found(missing=", ".join(PACKAGES))
    languages = tuple(sorted(broker.list_languages()))
    language = choose(languages, wanted, locale)
    if language:
        # A damaged dictionary is one that is missing.
        with contextlib.suppress(_errors()):
            return Found(languages, language, _Enchanted(broker.request_dict(language)))
    return Found(languages, missing=PACKAGES[-1])


def choose(languages: Sequence[str], wanted: str, locale: str) -> str:
    """The language that is wanted, else the English of the locale, else any; "" for none."""
    british = locale.startswith("en_") and locale != "en_US"
    usual = ("en_GB", "en_US") if british else ("en_US", "en_GB")
    own = (locale,) if locale.startswith("en") else ()
    english = (language for language in languages if language.startswith("en"))
    order = (wanted, *own, *usual, *english)
    return next((language for language in order if language in languages), "")


def _broker() -> enchant.Broker:
    if sys.platform == "linux":
        ctypes.CDLL(_LIBRARY)  # pyenchant itself starts a dozen programs to see that it is missing
    import enchant

    return enchant.Broker()


def _errors() -> type[Exception]:
    import enchant.errors

    return enchant.errors.Error  # type: ignore[no-any-return]


class _Enchanted:
    """A dictionary of Enchant's; what it cannot read it has nothing against."""

    def __init__(self, dictionary: enchant.Dict) -> None:
        self._dictionary = dictionary
        # It writes fiancée and cliché, and its dictionaries may have neither.
        self._english = dictionary.tag.startswith("en")

    def knows(self, word: str) -> bool:
        if self._has(word):
            return True
        if not self._english or word.isascii():
            return False
        # Of Hebrew or Greek among English nothing is known, which makes it no fault.
        return not _LATIN.search(word) or self._has(_bare(word))

    def proposals(self, word: str) -> list[str]:
        with contextlib.suppress(_errors(), ValueError):
            return list(self._dictionary.suggest(word)[:_MOST_PROPOSED])
        return []

    def _has(self, word: str) -> bool:
        with contextlib.suppress(_errors(), ValueError):
            return bool(self._dictionary.check(word))
        return True


def _bare(word: str) -> str:
    """A word without its accents."""
    return "".join(one for one in normalize("NFD", word) if not combining(one))
