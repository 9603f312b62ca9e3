"""A text on paper: its lines on pages, each with a foot, black on white.

It is laid out a stretch at a time, so that a long text can be followed and called off. It refuses
to know the page that is written on, and so its colours, its zoom and its ghost; and whether the
paper is a printer's or a file's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Generator
from unicodedata import bidirectional

from PySide6.QtCore import QLocale, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPainter,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from editor.view.units import unit_offsets

_MARGINS = QMarginsF(25, 20, 25, 20)  # millimetres: lines of about ninety letters at 11 pt
_STRETCH = 5_000  # characters of a paragraph; all of a very long one would take too long
_FOOT = 0.75  # of the size of the text


class PaperError(Exception):
    """The paper takes no more: a printer that is gone, a full disk."""


def set_margins(device: QPagedPaintDevice) -> None:
    """Leave room at the edges of this paper."""
    device.setPageMargins(_MARGINS, QPageLayout.Unit.Millimeter)


class Paper:
    """What one text is put on.

    State: _options are how lines break and where they begin; _size is the room for them, in the
    units of the device, and _foot_top where the foot stands; _page is the number of the one that is
    filled, _top where on it the next line comes; _used is whether a page was begun: the paper may
    lack the first ones.
    """

    def __init__(self, device: QPagedPaintDevice, font: QFont, name: str) -> None:
        self._device = device
        self._name = name
        # Letters are as large as they are on the paper, whatever the screen makes of a point.
        self._font = QFont(font, device)
        self._foot_font = QFont(self._font)
        self._foot_font.setPointSizeF(_FOOT * font.pointSizeF())
        # Qt counts this alone as on the screen, and makes it larger for the paper itself.
        tab = 4 * QFontMetricsF(font).horizontalAdvance(" ")
        self._options = {
            leftwards: _option(tab, leftwards=leftwards) for leftwards in (False, True)
        }
        foot = QFontMetricsF(self._foot_font, device).height()
        self._foot_top = device.height() - foot
        self._size = QSizeF(device.width(), self._foot_top - 2 * foot)
        self._painter = QPainter()
        self._page = 1
        self._top = 0.0
        self._used = False

    def put(self, text: str) -> Generator[int]:
        """Put the text on pages; after each it says how many characters are done at least.

        Who stops in the middle leaves a part on the paper.
        """
        if not self._painter.begin(self._device):
            raise PaperError
        try:
            self._painter.setPen(Qt.GlobalColor.black)
            self._begin_page()
            start = 0
            while start <= len(text):
                end = text.find("\n", start)
                end = len(text) if end < 0 else end
                yield from self._put_paragraph(text, start, end)
                start = end + 1
            self._put_foot()
        finally:
            written = self._painter.end()
        if not written:
            raise PaperError

    def _put_paragraph(self, text: str, start: int, end: int) -> Generator[int]:
        option = self._options[_is_leftwards(text[start : min(end, start + _STRETCH)])]
        goes_on = True
        while goes_on:
            stretch = text[start : min(end, start + _STRETCH)]
            goes_on = start + len(stretch) < end
            layout = self._laid_out(stretch, option)
            # The last line of a stretch is not full: with it begins the next one.
            count = max(1, layout.lineCount() - goes_on)
            for number in range(count):
                if self._put_line(layout.lineAt(number)):
                    yield start
            if goes_on and count < layout.lineCount():
                rest = layout.lineAt(count).textStart()
                start += bisect_left(unit_offsets(stretch), rest)
            else:
                start += len(stretch)

    def _laid_out(self, text: str, option: QTextOption) -> QTextLayout:
        layout = QTextLayout(text, self._font, self._device)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._size.width())
        layout.endLayout()
        return layout

    def _put_line(self, line: QTextLine) -> bool:
        """Put down a line, on another page where this one is full; whether it was."""
        full = self._top + line.height() > self._size.height()
        if full:
            self._put_foot()
            self._page += 1
            self._begin_page()
        if self._is_wanted():
            line.draw(self._painter, QPointF(0, self._top))
        self._top += line.height()
        return full

    def _is_wanted(self) -> bool:
        """Whether this page is one of those that the user wants."""
        ranges = self._device.pageRanges()
        return ranges.isEmpty() or ranges.contains(self._page)

    def _begin_page(self) -> None:
        self._top = 0.0
        if self._is_wanted():
            if self._used and not self._device.newPage():
                raise PaperError
            self._used = True

    def _put_foot(self) -> None:
        """The number of the page at the right, and at the left as much of the name as has room."""
        if not self._is_wanted():
            return
        number = QLocale().toString(self._page)
        metrics = QFontMetricsF(self._foot_font, self._device)
        left = self._size.width() - metrics.horizontalAdvance(number) - metrics.height()
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, left)
        foot = QRectF(0, self._foot_top, self._size.width(), metrics.height())
        self._painter.setFont(self._foot_font)
        self._painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, name)
        self._painter.drawText(foot, Qt.AlignmentFlag.AlignRight, number)


def _option(tab: float, *, leftwards: bool) -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignRight if leftwards else Qt.AlignmentFlag.AlignLeft)
    directions = Qt.LayoutDirection
    option.setTextDirection(directions.RightToLeft if leftwards else directions.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(tab)
    return option


def _is_leftwards(paragraph: str) -> bool:
    """Whether it is written from right to left: as its first letter is."""
    kinds = (bidirectional(character) for character in paragraph)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"
