"""Positions in Qt's units (UTF-16) and in Python's (code points), side by side.

An emoji is two units in a Qt document and one character in a Python string. Whatever
crosses that border goes through here; nothing else in the editor counts surrogates.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

_LAST_SINGLE = "\uffff"


def units(text: str) -> int:
    """The length of `text` in a Qt document."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unit_offsets(text: str) -> Sequence[int]:
    """The Qt offset of each character of `text`, and of its end."""
    if text.isascii() or max(text) <= _LAST_SINGLE:
        return range(len(text) + 1)
    widths = (2 if character > _LAST_SINGLE else 1 for character in text)
    return list(accumulate(widths, initial=0))


def cut(text: str, start: int, end: int) -> str:
    """The part of `text` between two Qt offsets."""
    if text.isascii() or max(text) <= _LAST_SINGLE:
        return text[start:end]
    part = text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end]
    return part.decode("utf-16-le", "ignore")
