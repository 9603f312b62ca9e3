"""What a person means by "forget this word" or "forget this text"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def plain(text: str) -> str:
    """Text without the differences that a reader does not see: case, quotes, composition."""
    return unicodedata.normalize("NFC", text.replace("\u2019", "'")).casefold()


def spaced(text: str) -> str:
    """Text with one space between its words."""
    return " ".join(text.split())


def word_pattern(word: str) -> re.Pattern[str]:
    """Finds a word in plain text: "Ann" in "Ann's" and "Ann-like", but not "can" in "can't"."""
    if not word.strip():
        return re.compile(r"(?!)")
    letter = r"[^\W_]"
    ending = "(?:'(?:s|ll|d|m|re|ve))?"
    return re.compile(rf"(?<!{letter}){re.escape(plain(word.strip()))}{ending}(?!'?{letter})")


def holding(places: Iterable[tuple[int, str | None, str]], wanted: str) -> set[int]:
    """Ordinals of the records (ordinal, document, text) over which `wanted` lies.

    Each document is read in one piece, so a text may begin in one record and end in the next.
    """
    documents: dict[str | None, list[tuple[int, str]]] = {}
    for ordinal, document, text in places:
        documents.setdefault(document, []).append((ordinal, spaced(text)))
    found: set[int] = set()
    for pieces in documents.values():
        whole = " ".join(text for _, text in pieces)
        at = whole.find(wanted)
        while at >= 0:
            found |= _overlapping(pieces, at, at + len(wanted))
            at = whole.find(wanted, at + 1)
    return found


def _overlapping(pieces: list[tuple[int, str]], start: int, end: int) -> set[int]:
    found, position = set(), 0
    for ordinal, text in pieces:
        if position < end and position + len(text) > start:
            found.add(ordinal)
        position += len(text) + 1
    return found
