"""Cutting a whole text into lessons: by lines, then sentences, never by the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 900  # characters; some 225 tokens of English
# Characters that one document teaches when it is given to be learnt: less than is read and counted
# of all that was learnt, so that no single file takes the place of all else.
MOST = 400_000
BEGINNING = f"the beginning: of one document the last {MOST:,} characters are learnt"
# A sentence ends at its mark and closing quotes, if what follows does not go on in lower case.
_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u2019\u201d)\]]*\s+(?=[^\sa-z])")


def cut(text: str) -> list[str]:
    """Lesson texts of at most 900 characters, in order; nothing is lost but blank space.

    Sentences stay together as far as they fit, with the line ends between them; a longer
    sentence is cut at spaces.
    """
    lessons: list[str] = []
    current = ""
    for piece in _pieces(text):
        if len(current) + len(piece.rstrip()) > LONGEST:
            lessons.append(current.strip())
            current = ""
        current += piece if current else piece.lstrip()
    lessons.append(current.strip())
    return [lesson for lesson in lessons if lesson]


def newest(text: str) -> str:
    """What a document given to be learnt may teach: its end, from the beginning of a line on."""
    if len(text) <= MOST:
        return text
    start = text.find("\n", len(text) - MOST) + 1
    return text[start or len(text) - MOST :]


def sentences(line: str) -> list[str]:
    """Cut a line after each sentence; joined again the parts give `line`."""
    parts, start = [], 0
    for match in _SENTENCE_END.finditer(line):
        parts.append(line[start : match.end()])
        start = match.end()
    return [*parts, line[start:]]


def _pieces(text: str) -> Iterator[str]:
    """Sentences with the blanks after them, none longer than a lesson; no blank lines."""
    for line in text.splitlines():
        if line.strip():
            for sentence in sentences(line.strip() + "\n"):
                yield from _split_long(sentence)


def _split_long(sentence: str) -> Iterator[str]:
    while len(sentence.rstrip()) > LONGEST:
        space = sentence.rfind(" ", 1, LONGEST)
        end = space + 1 if space > 0 else LONGEST
        yield sentence[:end]
        sentence = sentence[end:]
    yield sentence
