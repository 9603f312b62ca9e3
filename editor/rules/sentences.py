"""Where the sentences of a paragraph begin and end.

Plain rules for prose, no language model: enough to cut lessons at places that do not move
when more is written behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|\Z)")
_LAST_WORD = re.compile(r"(?<![\w'’\-])(?=[\d_]*[^\W\d_])\w(?:[\w'’\-]|[\u0300-\u036f])*\Z")
_WORD = re.compile(r"(?<![\w'’\u0300-\u036f])[^\W\d_](?:[^\W_]|['’\-\u0300-\u036f])*")
# A full stop after these, or after a single capital, does not end a sentence.
_SHORT = re.compile(r"\b(?:(?i:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|cf)|[A-HJ-Z])\.\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a paragraph without the blanks around it, in characters."""

    start: int
    end: int
    finished: bool


def sentences(paragraph: str) -> list[Sentence]:
    """The sentences of one paragraph; the last may be unfinished."""
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(paragraph):
        if _ends_here(paragraph, start, match):
            _add(found, paragraph, start, match.end(), finished=True)
            start = match.end()
    _add(found, paragraph, start, len(paragraph), finished=False)
    return found


def part_last_word(sentence: Sentence, paragraph: str) -> tuple[Sentence, Sentence]:
    """A sentence without the word in which it ends, and that word, which may be half of one."""
    match = _LAST_WORD.search(paragraph, sentence.start, sentence.end)
    begin = match.start() if match else sentence.end
    end = sentence.start + len(paragraph[sentence.start : begin].rstrip())
    return replace(sentence, end=end), replace(sentence, start=begin)


def new_sentences(text: str, earlier: str) -> tuple[str, ...]:
    """The sentences of a text that stand in no line of an earlier one."""
    known = set(_texts(earlier))
    return tuple(sentence for sentence in _texts(text) if sentence not in known)


def word_count(text: str) -> int:
    """How many words, not counting numbers and signs."""
    return len(_WORD.findall(text))


def _texts(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (line[one.start : one.end] for one in sentences(line))


def _ends_here(paragraph: str, start: int, match: re.Match[str]) -> bool:
    following = paragraph[match.end() : match.end() + 8].lstrip()
    if following[:1].islower():
        return False
    if match.group()[0] != "." or not following:
        return True
    said = paragraph[max(start, match.start() - 8) : match.start() + 1]
    return _SHORT.search(said) is None


def _add(found: list[Sentence], paragraph: str, start: int, end: int, *, finished: bool) -> None:
    text = paragraph[start:end]
    if text.strip():
        start += len(text) - len(text.lstrip())
        found.append(Sentence(start, start + len(text.strip()), finished))
