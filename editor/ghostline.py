"""A ghost painted behind the end of the caret's line: nothing of the real text is laid out anew.

The line and its ghost are laid out together, so that each letter of the ghost stands on the very
pixels on which it will stand when it is typed. It refuses to move real text: where the line
would break elsewhere with the ghost, it has no place.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from editor.page import Page
from editor.rules.aids import Style
from editor.units import cut, units


class GhostLine:
    """One ghost on the lines it takes, ready to be painted.

    State: shown is the part of it that has room; _layout holds the caret's line and the ghost,
    _start where the ghost begins in it, _lines how many lines are shown; _row is the caret's line
    in its block.
    """

    def __init__(self, page: Page, text: str, style: Style) -> None:
        self._page = page
        cursor = page.textCursor()
        self._block, place = cursor.block(), cursor.positionInBlock()
        row = self._block.layout().lineForTextPosition(place)
        self._row = row.lineNumber() if row.isValid() else -1
        begin = row.textStart() if row.isValid() else place
        line = page.line_part(begin, place)
        self._start = units(line)
        self._layout = QTextLayout(line + text, page.document().defaultFont())
        width = row.width() if row.isValid() else 0.0
        self._lay_out(width, units(text), style, apart=style != "plain")
        if self._is_joined():
            self._lay_out(width, units(text), style, apart=True)
        self._lines = self._lines_with_room()
        self.shown = self._shown(line + text)

    def moves_text(self) -> bool:
        """Whether real text is elsewhere with the ghost than without.

        The word at the caret may have no room in its line once it is complete, and what is
        written from right to left begins at the left edge of the page.
        """
        if self._block.textDirection() == Qt.LayoutDirection.RightToLeft:
            return True
        return self._row >= 0 and self._layout.lineAt(0).textLength() < self._start

    def rows(self) -> int:
        """How many lines it takes, the caret's included."""
        return self._layout.lineCount()

    def is_last(self) -> bool:
        """Whether a line more would push no text that can be seen."""
        return self._page.room_below(self._block) >= self._page.height()

    def paint(self, painter: QPainter) -> None:
        """Draw what is shown of it."""
        origin = self._origin()
        for number in range(self._lines):
            line = self._layout.lineAt(number)
            start = max(self._start, line.textStart())
            length = line.textStart() + line.textLength() - start
            for run in line.glyphRuns(start, length) if length > 0 else ():
                painter.drawGlyphRun(origin, run)

    def rectangle(self) -> QRect:
        """Where on the viewport it is painted: whole rows, for letters that reach out of theirs."""
        origin = self._origin()
        height = self._bottom(self._lines - 1)
        width = self._page.viewport().width()
        return QRectF(0, origin.y(), width, height).adjusted(0, -1, 0, 1).toAlignedRect()

    def _lay_out(self, width: float, length: int, style: Style, *, apart: bool) -> None:
        option = QTextOption(self._page.document().defaultTextOption())
        option.setTextDirection(self._block.textDirection())
        self._layout.setTextOption(option)
        if apart:
            look = QTextLayout.FormatRange()
            look.start, look.length = self._start, length
            look.format = QTextCharFormat()
            look.format.setFontItalic(style == "italic")
            look.format.setFontUnderline(style == "underline")
            self._layout.setFormats([look])
        self._layout.beginLayout()
        top = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        self._layout.endLayout()

    def _is_joined(self) -> bool:
        """Whether the font makes one letter of the last one that is typed and the ghost's first."""
        return not any(run.glyphIndexes() for run in self._layout.glyphRuns(self._start, 1))

    def _lines_with_room(self) -> int:
        """How many of its lines stand on empty paper that can be seen."""
        if self._row < 0 or self.moves_text():
            return 0
        room = self._page.viewport().rect().bottom() + 1 - self._origin().y()
        room = min(room, self._bottom(0) + self._page.room_below(self._block))
        bottoms = (self._bottom(number) for number in range(self._layout.lineCount()))
        return sum(bottom <= room for bottom in bottoms)

    def _shown(self, whole: str) -> str:
        if not self._lines:
            return ""
        last = self._layout.lineAt(self._lines - 1)
        shown = cut(whole, self._start, last.textStart() + last.textLength())
        return shown if shown.strip() else ""

    def _bottom(self, number: int) -> float:
        line: QTextLine = self._layout.lineAt(number)
        return line.y() + line.height() if line.isValid() else 0.0

    def _origin(self) -> QPointF:
        page, block = self._page, self._block
        corner = page.blockBoundingGeometry(block).translated(page.contentOffset()).topLeft()
        return corner + block.layout().lineAt(self._row).position()
