"""The wavy line under a word: where it runs on the lines of text, and how it is drawn.

It is drawn once, and then laid out like tiles: on a page in another language each word has one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import floor
from typing import cast

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTextLayout, QTextLine

from editor.view.units import units

# In parts of the room under the letters: where a wave begins, and how high it is.
_BEGINS, _HIGH = 0.25, 0.7
_LEAST = 3  # pixels; a lower one would look straight
_PEN = 1.2


def places_between(layout: QTextLayout, top: float, bottom: float) -> tuple[int, int]:
    """From where to where the text surely reaches that stands between two heights."""
    if not layout.lineCount():
        return 0, -1
    tops = [layout.lineAt(row).y() for row in range(layout.lineCount())]
    first, last = (
        layout.lineAt(max(0, bisect_right(tops, height) - 1)) for height in (top, bottom)
    )
    laid = units(layout.preeditAreaText())
    return first.textStart() - laid, last.textStart() + last.textLength()


def waves_under(layout: QTextLayout, corner: QPointF, start: int, end: int) -> Iterator[QRect]:
    """The room for waves between two places of a laid out paragraph that begins at `corner`.

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
        yield _room(line, corner, first, last)
        number = line.lineNumber() + 1
        if number == layout.lineCount():  # Qt asks nothing of a line that is none
            return
        line = layout.lineAt(number)


def _room(line: QTextLine, corner: QPointF, first: int, last: int) -> QRect:
    left, right = sorted((_x(line, first), _x(line, last)))
    height = max(_LEAST, round(_HIGH * line.descent()))
    top = line.ascent() + min(_BEGINS * line.descent(), line.descent() - height)
    upper = floor(corner.y() + line.y() + top)
    return QRect(round(corner.x() + left), upper, round(right - left), height)


def _x(line: QTextLine, place: int) -> float:
    x, _ = cast(tuple[float, int], line.cursorToX(place))
    return x


def paint_waves(painter: QPainter, rooms: Iterable[QRect], colour: QColor) -> None:
    """Draw a wave in each of these."""
    ratio = painter.device().devicePixelRatioF()
    for room in rooms:
        painter.drawTiledPixmap(room, _tile(room.height(), colour.rgb(), ratio))


@lru_cache(maxsize=8)
def _tile(height: int, rgb: int, ratio: float) -> QPixmap:
    """One whole wave: down, and up again."""
    step = height - 1
    tile = QPixmap(round(2 * step * ratio), round(height * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(rgb), _PEN))
    middle = 0.5  # of the uppermost pixel, and above the lowest one
    painter.drawPolyline([QPointF(x * step, middle + (height - 1) * (x % 2)) for x in range(-1, 4)])
    painter.end()
    return tile
