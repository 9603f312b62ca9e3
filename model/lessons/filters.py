"""What is never learnt: secrets, addresses and numbers, kept out before anything is stored.

A sentence or line that holds a secret is left out whole; e-mail addresses and links
become the placeholders that the base model was trained with. The rules are shapes, so
they miss a secret that looks like an ordinary word and nothing around it tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.lessons.cutting import sentences
from model.lessons.secret_shapes import LINK, reason_to_leave_out

_BLOCK = re.compile(
    r"-{4,5} ?BEGIN [A-Z0-9 ]+-{4,5}.*?(?:-{4,5} ?END [A-Z0-9 ]+-{4,5}|\Z)[^\S\n]*\n?", re.DOTALL
)
_LINE = re.compile(r"[^\n]*\n?")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(LINK, re.IGNORECASE)
_URL_TAIL = ".,;:!?'\")]}\u2019\u201d"


@dataclass(frozen=True, slots=True)
class Screened:
    """What may be learnt of a text.

    `accepted` are the given spans where they now lie; `reasons` has a word for each
    sentence that was left out.
    """

    text: str
    accepted: tuple[tuple[int, int], ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    replacement: str = ""


def screen(text: str, accepted: tuple[tuple[int, int], ...] = ()) -> Screened:
    """Leave out what is never learnt; the same text always gives the same result."""
    edits: list[_Edit] = []
    reasons: list[str] = []
    position = 0
    for block in _BLOCK.finditer(text):
        _screen_lines(text, position, block.start(), edits, reasons)
        edits.append(_Edit(block.start(), block.end()))
        reasons.append("a key block")
        position = block.end()
    _screen_lines(text, position, len(text), edits, reasons)
    spans = ((_moved(start, edits), _moved(end, edits)) for start, end in accepted)
    kept = tuple((start, end) for start, end in spans if start < end)
    return Screened(_apply(text, edits), kept, tuple(reasons))


def _screen_lines(text: str, start: int, end: int, edits: list[_Edit], reasons: list[str]) -> None:
    for line in _LINE.findall(text[start:end]):
        for sentence in sentences(line):
            reason = reason_to_leave_out(sentence)
            if reason:
                edits.append(_Edit(start, start + len(sentence), _line_end(sentence)))
                reasons.append(reason)
            else:
                edits += _placeholders(sentence, start)
            start += len(sentence)


def _line_end(sentence: str) -> str:
    return "\n" if sentence.endswith("\n") else ""


def _placeholders(sentence: str, offset: int) -> list[_Edit]:
    edits: list[_Edit] = []
    for match in _URL.finditer(sentence):
        end = match.start() + len(match.group().rstrip(_URL_TAIL))
        edits.append(_Edit(offset + match.start(), offset + end, "<url>"))
    for match in _EMAIL.finditer(sentence):
        start, end = offset + match.start(), offset + match.end()
        if not any(edit.start < end and start < edit.end for edit in edits):
            edits.append(_Edit(start, end, "<email>"))
    return sorted(edits, key=lambda edit: edit.start)


def _apply(text: str, edits: list[_Edit]) -> str:
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.replacement]
        position = edit.end
    return "".join([*parts, text[position:]])


def _moved(position: int, edits: list[_Edit]) -> int:
    """Where a position lies after the edits; inside one, at its beginning."""
    shift = 0
    for edit in edits:
        if position < edit.end:
            return min(position, edit.start) + shift if position > edit.start else position + shift
        shift += len(edit.replacement) - (edit.end - edit.start)
    return position + shift
