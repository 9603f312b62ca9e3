"""What is never learnt: secrets, addresses and numbers, kept out before anything is stored.

A sentence or line that holds a secret is left out whole; e-mail addresses and links
become the placeholders that the base model was trained with. The rules are shapes, so
they miss a secret that looks like an ordinary word and nothing around it tells.

Nor is what nobody wrote: bytes that are no text, and a few words over and over. Megabytes of
them would take the place of what the user did write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from model.lessons.cutting import sentences
from model.lessons.secret_shapes import names_secret_below, reason_to_leave_out
from model.text.addresses import addresses
from model.text.edits import Edit, apply, moved
from model.text.words import WORD

_BLOCK = re.compile(
    r"-{4,5} ?BEGIN [A-Z0-9 ]+-{4,5}.*?(?:-{4,5} ?END [A-Z0-9 ]+-{4,5}|\Z)[^\S\n]*\n?", re.DOTALL
)
_LINE = re.compile(r"[^\n]*\n?")
# Control characters but blanks and line ends, and what takes the place of bytes that are no text.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MOST_NO_TEXT = 0.05  # of the characters of a sentence; among random bytes it is a quarter
_WORDS_LOOKED_AT, _LEAST_WORDS = 200, 20
_LEAST_DIFFERENT = 0.2  # of so many words; of 200 of a novel more than half differ


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
    named = False  # by the last line that is not blank
    for line in _LINE.findall(text[start:end]):
        told = "a password or code" if named and len(line.split()) == 1 else None
        named = names_secret_below(line) if line.strip() else named
        for sentence in sentences(line):
            reason = told or reason_to_leave_out(sentence) or _nobody_wrote(sentence)
            if reason:
                edits.append(Edit(start, start + len(sentence), _line_end(sentence)))
                reasons.append(reason)
            else:
                edits += (
                    Edit(start + edit.start, start + edit.end, edit.text)
                    for edit in addresses(sentence)
                )
            start += len(sentence)


def _nobody_wrote(sentence: str) -> str | None:
    if len(_NO_TEXT.findall(sentence)) > _MOST_NO_TEXT * len(sentence):
        return "no text"
    words = [match.group() for match in islice(WORD.finditer(sentence), _WORDS_LOOKED_AT)]
    if len(words) >= _LEAST_WORDS and len(set(words)) <= _LEAST_DIFFERENT * len(words):
        return "the same words over and over"
    return None


def _line_end(sentence: str) -> str:
    return "\n" if sentence.endswith("\n") else ""
