"""A dictionary of a few words, which remembers what it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class FakeDictionary:
    def __init__(self, words: str, proposed: Mapping[str, Sequence[str]] | None = None) -> None:
        self.words = set(words.split())
        self.proposed = proposed or {}
        self.asked: list[str] = []

    def knows(self, word: str) -> bool:
        self.asked.append(word)
        return word.lower() in self.words

    def proposals(self, word: str) -> list[str]:
        return list(self.proposed.get(word, ()))
