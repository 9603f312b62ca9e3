"""Where the wavy line under a word runs, on the lines of text that the word is on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLayout, QTextLine

from editor.view.units import units

# In parts of the room under the letters: how deep a wave begins and how high it is.
_BEGINS, _HIGH = 0.3, 0.5
_LEAST = 2.0  # pixels; a flatter one would look straight


def waves_under(
    layout: QTextLayout, corner: QPointF, start: int, end: int
) -> Iterator[list[QPointF]]:
    """The waves under the text between two places of a laid out paragraph that begins at `corner`.

    A ghost or what is being composed may be laid into it: that is no text, and gets none.
    """
    laid, place = layout.preeditAreaText(), layout.preeditAreaPosition()
    if laid and start < place < end:
        return
    if laid and place <= start:
        start, end = start + units(laid), end + units(laid)
    line = layout.lineForTextPosition(start)
    while line.isValid() and line.textStart() < end:
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        yield _wave(line, corner, first, last)
        number = line.lineNumber() + 1
        if number == layout.lineCount():  # Qt asks nothing of a line that is none
            return
        line = layout.lineAt(number)


def _wave(line: QTextLine, corner: QPointF, first: int, last: int) -> list[QPointF]:
    left, right = sorted((_x(line, first), _x(line, last)))
    height = max(_LEAST, _HIGH * line.descent())
    top = corner.y() + line.y() + line.ascent() + _BEGINS * line.descent()
    steps = round((right - left) / height)
    return [
        QPointF(corner.x() + left + step * height, top + height * (step % 2))
        for step in range(steps + 1)
    ]


def _x(line: QTextLine, place: int) -> float:
    x, _ = cast(tuple[float, int], line.cursorToX(place))
    return x
