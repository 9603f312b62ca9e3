"""What is never learnt: secrets, addresses and numbers, kept out before anything is stored.

A sentence or line that holds a secret is left out whole; e-mail addresses and links
become the placeholders that the base model was trained with. The rules are shapes, so
they miss a secret that looks like an ordinary word and nothing around it tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.lessons.cutting import sentences
from model.lessons.secret_shapes import reason_to_leave_out
from model.text.addresses import addresses
from model.text.edits import Edit, apply, moved

_BLOCK = re.compile(
    r"-{4,5} ?BEGIN [A-Z0-9 ]+-{4,5}.*?(?:-{4,5} ?END [A-Z0-9 ]+-{4,5}|\Z)[^\S\n]*\n?", re.DOTALL
)
_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class Screened:
    """What may be learnt of a text.

    `accepted` are the given spans where they now lie; `reasons` has a word for each
    sentence that was left out.
    """

    text: str
    accepted: tuple[tuple[int, int], ...] = ()
    reasons: tuple[str, ...] = ()


def screen(text: str, accepted: tuple[tuple[int, int], ...] = ()) -> Screened:
    """Leave out what is never learnt; the same text always gives the same result."""
    edits: list[Edit] = []
    reasons: list[str] = []
    position = 0
    for block in _BLOCK.finditer(text):
        _screen_lines(text, position, block.start(), edits, reasons)
        edits.append(Edit(block.start(), block.end()))
        reasons.append("a key block")
        position = block.end()
    _screen_lines(text, position, len(text), edits, reasons)
    spans = ((moved(start, edits), moved(end, edits)) for start, end in accepted)
    kept = tuple((start, end) for start, end in spans if start < end)
    return Screened(apply(text, edits), kept, tuple(reasons))


def _screen_lines(text: str, start: int, end: int, edits: list[Edit], reasons: list[str]) -> None:
    for line in _LINE.findall(text[start:end]):
        for sentence in sentences(line):
            reason = reason_to_leave_out(sentence)
            if reason:
                edits.append(Edit(start, start + len(sentence), _line_end(sentence)))
                reasons.append(reason)
            else:
                edits += (
                    Edit(start + edit.start, start + edit.end, edit.text)
                    for edit in addresses(sentence)
                )
            start += len(sentence)


def _line_end(sentence: str) -> str:
    return "\n" if sentence.endswith("\n") else ""
