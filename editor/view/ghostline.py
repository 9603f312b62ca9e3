"""A ghost painted behind the end of the caret's line: nothing of the real text is laid out anew.

The line and its ghost are laid out together, so that each letter of the ghost stands on the very
pixels on which it will stand when it is typed. It refuses to move real text: where the line
would break elsewhere with the ghost, it has no place.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption

from editor.rules.aids import Style
from editor.view.page import Page
from editor.view.units import cut, units

# Letters of which fonts make one with the next: fi, ffl, Th.
_JOINED_ASCII = "fTt"


class GhostLine:
    """One ghost on the lines it takes, ready to be painted.

    State: shown is the part of it that has room; _layout holds the caret's line (_line, from
    _begin in its block; its number is _row) and the ghost, which begins at _start; _bottoms are
    the lower edges of its lines, of which _lines are shown.
    """

    def __init__(self, page: Page, text: str, style: Style) -> None:
        self._page = page
        cursor = page.textCursor()
        self._block, place = cursor.block(), cursor.positionInBlock()
        row = self._block.layout().lineForTextPosition(place)
        self._row = row.lineNumber() if row.isValid() else -1
        self._begin = row.textStart() if row.isValid() else place
        self._line = page.line_part(self._begin, place)
        self._text, self._style = text, style
        self._start = units(self._line)
        self._layout = QTextLayout(self._line + text, page.document().defaultFont())
        self._bottoms: list[float] = []
        width = row.width() if row.isValid() else 0.0
        self._lay_out(width, apart=style != "plain")
        if self._is_joined():
            self._lay_out(width, apart=True)
        self._lines = self._lines_with_room()
        self.shown = self._shown()

    def follow(self, text: str) -> bool:
        """Whether the ghost is now `text`, because its beginning was typed: it stays in place."""
        typed = self._text[: len(self._text) - len(text)]
        if self._style != "plain" or not self.shown.startswith(typed) or typed + text != self._text:
            return False
        cursor = self._page.textCursor()
        block, place = cursor.block(), cursor.positionInBlock()
        if block != self._block or not cursor.atBlockEnd():
            return False
        row = block.layout().lineForTextPosition(place)
        if not row.isValid() or row.textStart() != self._begin:
            return False
        line = self._line + typed
        if self._page.line_part(self._begin, place) != line:
            return False
        self._line, self._text, self._start = line, text, units(line)
        self.shown = self.shown[len(typed) :]
        return bool(self.shown.strip()) and not self._is_joined() and not self.moves_text()

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
        return len(self._bottoms)

    def is_last(self) -> bool:
        """Whether a line more would push no text that can be seen."""
        return self._page.room_below(self._block) >= self._page.height()

    def paint(self, painter: QPainter) -> None:
        """Draw what is shown of it."""
        if not self._has_place():
            return
        origin = self._origin()
        for number in range(self._lines):
            line = self._layout.lineAt(number)
            start = max(self._start, line.textStart())
            length = line.textStart() + line.textLength() - start
            for run in line.glyphRuns(start, length) if length > 0 else ():
                painter.drawGlyphRun(origin, run)

    def rectangle(self) -> QRect:
        """Where on the viewport it is painted: whole rows, for letters that reach out of theirs."""
        if not self._has_place():
            return self._page.viewport().rect()
        origin = self._origin()
        height = self._bottoms[self._lines - 1] if self._lines else 0.0
        width = self._page.viewport().width()
        return QRectF(0, origin.y(), width, height).adjusted(0, -1, 0, 1).toAlignedRect()

    def _lay_out(self, width: float, *, apart: bool) -> None:
        option = QTextOption(self._page.document().defaultTextOption())
        option.setTextDirection(self._block.textDirection())
        self._layout.setTextOption(option)
        if apart:
            look = QTextLayout.FormatRange()
            look.start, look.length = self._start, units(self._text)
            look.format = QTextCharFormat()
            look.format.setFontItalic(self._style == "italic")
            look.format.setFontUnderline(self._style == "underline")
            self._layout.setFormats([look])
        self._layout.beginLayout()
        top, self._bottoms = 0.0, []
        while (line := self._layout.createLine()).isValid():
            line.setLeadingIncluded(True)
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
            self._bottoms.append(top)
        self._layout.endLayout()

    def _is_joined(self) -> bool:
        """Whether the font makes one letter of the last one that is typed and the ghost's first."""
        last = self._line[-1:]
        if not last or (last.isascii() and last not in _JOINED_ASCII):
            return False
        return not any(run.glyphIndexes() for run in self._layout.glyphRuns(self._start, 1))

    def _lines_with_room(self) -> int:
        """How many of its lines stand on empty paper that can be seen."""
        if self._row < 0 or self.moves_text():
            return 0
        room = self._page.viewport().rect().bottom() + 1 - self._origin().y()
        if len(self._bottoms) > 1:
            room = min(room, self._bottoms[0] + self._page.room_below(self._block))
        return sum(bottom <= room for bottom in self._bottoms)

    def _shown(self) -> str:
        if self._lines == len(self._bottoms):
            shown = self._text
        elif self._lines:
            last = self._layout.lineAt(self._lines - 1)
            end = last.textStart() + last.textLength()
            shown = cut(self._line + self._text, self._start, end)
        else:
            shown = ""
        return shown if shown.strip() else ""

    def _has_place(self) -> bool:
        """Whether the caret's line is still there: Qt asks nothing of a line that is none."""
        return self._block.isValid() and 0 <= self._row < self._block.layout().lineCount()

    def _origin(self) -> QPointF:
        page, block = self._page, self._block
        corner = page.blockBoundingGeometry(block).translated(page.contentOffset()).topLeft()
        return corner + block.layout().lineAt(self._row).position()
