"""Edits of a text as values: the edited text, and where each position of the old one went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """`text` takes the place of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str = ""


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in their order, without those that reach into an earlier or longer one."""
    kept: list[Edit] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end > edit.start, -edit.end)):
        if edit.start >= end:
            kept.append(edit)
            end = edit.end
    return kept


def apply(text: str, edits: Sequence[Edit]) -> str:
    """`text` after edits that lie apart and in order."""
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:]])


def moved(position: int, edits: Sequence[Edit]) -> int:
    """Where a position lies after the edits; inside one, at its beginning."""
    shift = 0
    for edit in edits:
        if position < edit.end:
            return min(position, edit.start) + shift
        shift += len(edit.text) - (edit.end - edit.start)
    return position + shift
