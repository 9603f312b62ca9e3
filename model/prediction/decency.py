"""Words that the base model never offers of its own accord: slurs and obscenities.

The list stands in resources/decency, with its sources and licences. It says nothing about the
user's own words: whoever asks here asks for the base alone.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from model.errors import BaseModelError

_LIST = Path(__file__).resolve().parents[2] / "resources" / "decency" / "words.rot13.txt"
_CACHED = 50_000


class Decency:
    """A list of words, beginnings, endings and pairs, looked up in any case."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Take entries as the list has them, see its first lines."""
        self._words: set[str] = set()
        self._small: set[str] = set()  # unless capitalised
        self._pairs: set[tuple[str, str]] = set()
        beginnings, endings, parts = [], [], []
        for entry in entries:
            first, _, second = entry.partition(" ")
            if second:
                self._pairs.add((first, second))
            elif entry.startswith("="):
                self._small.add(entry[1:])
            elif entry.startswith("*") and entry.endswith("*"):
                parts.append(entry.strip("*"))
            elif entry.endswith("*"):
                beginnings.append(entry[:-1])
            elif entry.startswith("*"):
                endings.append(entry[1:])
            else:
                self._words.add(entry)
        self._beginnings, self._endings = tuple(beginnings), tuple(endings)
        self._parts = tuple(parts)
        self._seconds = {second for _, second in self._pairs}
        self.allows = lru_cache(_CACHED)(self._allows)

    def _allows(self, word: str) -> bool:
        """Whether the base may offer this word; each part of a compound counts."""
        whole = word.lower().removesuffix("'s").rstrip("'-")
        if whole in self._small and (word.islower() or word.isupper()):
            return False
        return not any(map(self._is_listed, {whole, *whole.split("-")}))

    def _is_listed(self, word: str) -> bool:
        return (
            word in self._words
            or word.startswith(self._beginnings)
            or word.endswith(self._endings)
            or any(part in word for part in self._parts)
        )

    def ends_pair(self, word: str) -> bool:
        """Whether it depends on the word before it if the base may offer this one."""
        return word.lower() in self._seconds

    def allows_pair(self, first: str, second: str) -> bool:
        """Whether the base may offer `second` behind the word `first`."""
        return (first.lower(), second.lower()) not in self._pairs


@lru_cache(1)
def load_decency() -> Decency:
    """Read the list that ships with the program; BaseModelError where it is missing."""
    try:
        lines = _LIST.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BaseModelError(f"{_LIST} cannot be read. Reinstall Foretype.") from error
    return Decency(codecs.decode(line, "rot13") for line in lines if not line.startswith("#"))
