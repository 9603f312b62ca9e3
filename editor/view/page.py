# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""A comfortable page: how the text looks, and how the rest of the program reads it.

The text stands in one column in the middle, in a readable size. Reading walks the lines near
the caret, so that a key costs the same in a long document. It knows nothing of ghosts.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QMargins, QMimeData, QPoint, QRect, QSize
from PySide6.QtGui import QFont, QPalette, QResizeEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from editor.theme import column_width
from editor.view.longlines import LONGEST_LINE, PARAGRAPH, goes_on, is_long, seams, without
from editor.view.paragraphs import Paragraph
from editor.view.pieces import Pieces
from editor.view.textmap import TextMap
from editor.view.units import cut

_MARGIN = 24
_NARROWEST = 160  # with no room between its margins, Qt lays out for ever
# Lines read backwards for the text before the caret; more only where they are nearly empty.
_MOST_LINES = 1000
# A line longer than this is not copied to read a part of it.
_LONG_LINE = 20_000
# What is read of a line behind the caret, and of the next.
_AFTER = 200
_WORD_END = re.compile(r"[\w'\u2019\u0300-\u036f-]+\Z")
_WORD_START = re.compile(r"[\w'\u2019\u0300-\u036f-]+")


class Page(QPlainTextEdit):
    """Plain text in one column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._laid_out = -1  # the width that the lines were made for
        self._pieces = Pieces(self.document())
        # The lines above the one at a place, for a limit: a key in that line changes none of them.
        self._above: tuple[int, int, list[str]] | None = None
        self.document().contentsChange.connect(self._forget_above)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The margins beside the column are part of the page, not of the window behind it.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Text"))
        self.setMinimumWidth(_NARROWEST)

    def text(self) -> str:
        """The text of the document, every character as it is (Qt's own call folds some)."""
        return self.text_between(0, self.length())

    def text_between(self, start: int, end: int) -> str:
        """What the document holds between two places, in whole lines even where Qt has pieces."""
        if (start, end) == (0, self.length()):
            raw = self.document().toRawText()
        else:
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            raw = cursor.selectedText()
        if self._pieces.present and (found := seams(self.document(), start, end)):
            data = raw.encode("utf-16-le", "surrogatepass")
            raw = without(data, found, start).decode("utf-16-le", "surrogatepass")
        return raw.replace(PARAGRAPH, "\n")

    def text_map(self, text: str) -> TextMap:
        """Where the characters of the text stand in the document."""
        return TextMap(text, seams(self.document()) if self._pieces.present else ())

    def has_pieces(self) -> bool:
        """Whether the document may have line ends that the text has not: it has long lines."""
        return self._pieces.present

    def in_long_line(self) -> bool:
        """Whether the caret is in a line that is too long for suggestions."""
        block = self.textCursor().block()
        return block.length() > LONGEST_LINE or (self._pieces.present and is_long(block))

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied has the lines of the text."""
        cursor, data = self.textCursor(), QMimeData()
        data.setText(self.text_between(cursor.selectionStart(), cursor.selectionEnd()))
        return data

    def stretch(self, start: int, end: int) -> str:
        """What stands between two positions."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace(PARAGRAPH, "\n")

    def top_line(self) -> int:
        """The first line of the document that is seen."""
        return self.firstVisibleBlock().blockNumber()

    def scroll_to(self, line: int) -> None:
        """Make this the first line that is seen."""
        block = self.document().findBlockByNumber(line)
        if block.isValid():
            self.verticalScrollBar().setValue(block.firstLineNumber())

    def set_caret(self, position: int) -> None:
        """Put the caret there, or as near as the text allows."""
        cursor = self.textCursor()
        cursor.setPosition(min(max(0, position), self.length()))
        self.setTextCursor(cursor)

    def length(self) -> int:
        """The length of the text, in Qt's units."""
        return self.document().characterCount() - 1

    def caret(self) -> int:
        """The position of the caret, in Qt's units."""
        return self.textCursor().position()

    def before(self, limit: int) -> str:
        """The last `limit` characters before the caret, or less to begin with a line."""
        cursor = self.textCursor()
        block, end = cursor.block(), cursor.positionInBlock()
        own = self._part(block, max(0, end - limit), end)
        if end > limit:
            return own[-limit:]  # a part of this line is all there is room for
        if self._above is None or self._above[:2] != (block.position(), limit):
            self._above = (block.position(), limit, self._lines_above(block, limit))
        lines, size = [own], len(own)
        for line in self._above[2]:
            if size > limit:
                break
            lines.append(line)
            size += len(line)
        if len(lines) > 1 and size > limit and size - len(lines[-1]) > limit // 2:
            lines.pop()
        return "".join(reversed(lines))[-limit:]

    def _lines_above(self, block: QTextBlock, limit: int) -> list[str]:
        """The lines before one, from below, with their ends: as much as `limit` can need."""
        lines: list[str] = []
        size = 0
        while block.previous().isValid() and size <= limit and len(lines) < _MOST_LINES:
            line_end = "" if self._pieces.present and goes_on(block) else "\n"
            block = block.previous()
            length = block.length() - 1
            # A character is two of Qt's units at most.
            lines.append(self._part(block, max(0, length - 2 * limit), length) + line_end)
            size += len(lines[-1])
        return lines

    def _forget_above(self, position: int, _removed: int, _added: int) -> None:
        if self._above is not None and position <= self._above[0]:
            self._above = None

    def after(self) -> str:
        """What follows the caret in its line, the beginning of it where it is long."""
        cursor = self.textCursor()
        block, start = cursor.block(), cursor.positionInBlock()
        return self._part(block, start, min(block.length() - 1, start + _AFTER))

    def below(self) -> str:
        """The line below the caret's, the beginning of it where it is long; "" for none."""
        block = self.textCursor().block().next()
        return self._part(block, 0, min(block.length() - 1, _AFTER)) if block.isValid() else ""

    def word_at_caret(self) -> str:
        """The word that the caret is in or beside, its apostrophes straight; "" for none."""
        cursor = self.textCursor()
        place = cursor.positionInBlock()
        line = self._part(cursor.block(), max(0, place - _AFTER), place)
        begun, rest = _WORD_END.search(line), _WORD_START.match(self.after())
        word = (begun.group() if begun else "") + (rest.group() if rest else "")
        return word.replace("\u2019", "'").strip("'-")

    def selected_word(self) -> str:
        """The selection, its apostrophes straight, where it is one word; else ""."""
        selected = self.textCursor().selectedText().replace("\u2019", "'").strip()
        return selected if selected and _WORD_START.fullmatch(selected) else ""

    def line_part(self, start: int, end: int) -> str:
        """What the caret's line of the document holds between two places in it."""
        return self._part(self.textCursor().block(), start, end)

    def room_below(self, block: QTextBlock) -> float:
        """How much empty paper there is below a line of the document, in pixels."""
        room = 0.0
        following = block.next()
        while following.isValid() and following.length() == 1 and room < self.height():
            room += self.blockBoundingRect(following).height()
            following = following.next()
        return room if following.isValid() else float(self.height())

    def paragraph(self, position: int) -> Paragraph:
        """The line of the document that holds `position`."""
        block = self.document().findBlock(position)
        return Paragraph(block.position(), block.length() - 1, block.text())

    def set_writing_font(self, font: QFont) -> None:
        """Write in this font; the column keeps its number of letters."""
        seen = self._is_caret_in(self.viewport().size())
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self._centre_column()
        if seen:
            self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle, the lines as wide as it, and a caret that is seen seen."""
        seen = self._is_caret_in(event.oldSize())
        self._centre_column()
        size = self.viewport().size()
        # Qt lays the lines out again only for another width than it was told before, and the
        # margins have changed it since.
        before = event.oldSize() if size.width() == self._laid_out else QSize()
        self._laid_out = size.width()
        super().resizeEvent(QResizeEvent(size, before))
        if seen:
            self.ensureCursorVisible()

    def _part(self, block: QTextBlock, start: int, end: int) -> str:
        """What a line holds between two positions in it."""
        if block.length() < _LONG_LINE:
            return cut(block.text(), start, end)
        # Much dearer than a copy of an ordinary line, but it copies nothing else.
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _is_caret_in(self, size: QSize) -> bool:
        """Whether the caret is seen in a page of this size, as the lines are laid out now."""
        return QRect(QPoint(), size).intersects(self.cursorRect())

    def _centre_column(self) -> None:
        free = (
            self.width() - column_width(self.font()) - self.verticalScrollBar().sizeHint().width()
        )
        side = max(_MARGIN, free // 2)
        margins = QMargins(side, _MARGIN, side, 0)
        if margins != self.viewportMargins():  # else Qt would lay out, and resize, for ever
            self.setViewportMargins(margins)
