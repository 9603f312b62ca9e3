"""The ghost on the page, never in the document.

Behind the end of a line it is painted, which costs next to nothing and moves nothing. Where the
word at the caret will break into the next line, or closing signs stand behind the caret, it is
laid into the line where input methods lay what is being composed: text moves as it will move
when the ghost is taken. Qt then believes that someone composes, so it must be lifted before Qt
sees a key, a click or an input-method event.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QPainter, QTextBlock, QTextCharFormat, QTextLayout

from editor.rules.aids import Aids, Style
from editor.rules.ghost import Ghost, leaves_room, one_direction, take_word
from editor.theme import ghost_colour
from editor.view.ghostline import GhostLine
from editor.view.page import Page
from editor.view.units import units


class GhostLayer:
    """Shows one ghost at the caret of a text widget and lifts it again.

    text: the ghost that can be seen, "" for none; wanted: the ghost of which it is the beginning
    or all, or for which the lines have no room now; aids: how it looks; _line: where it is
    painted, None where it is laid into _block; _former: where it was painted until it was lifted,
    for it may be typed along; _held: the caret's line and its height when `hold` was called.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._block = QTextBlock()
        self._line: GhostLine | None = None
        self._former: GhostLine | None = None
        self._held: tuple[QTextBlock, float] | None = None
        self.wanted = ""
        self.aids = Aids()
        self.text = ""

    def has_room(self) -> bool:
        """Whether a ghost may lie at the caret: only closing signs behind it, in no long line."""
        page = self._page
        if page.textCursor().hasSelection() or page.in_long_line():
            return False
        return leaves_room(page.after())

    def lay(self, text: str) -> None:
        """Show as much of `text` as has room at the caret; the caret stays before it."""
        cursor = self._page.textCursor()
        if self.text and text == self.wanted and self._block == cursor.block():
            return
        self.lift()
        self.wanted, self._block = text, cursor.block()
        former, self._former = self._former, None
        if former is not None and former.follow(text):
            self._show_line(former)
            return
        if not one_direction(self._block.text(), text):
            return
        after = self._page.after()
        for part in (text, take_word(Ghost(text))):
            line = GhostLine(self._page, part + after, self._style())
            if not after and not line.moves_text():
                self._show_line(line)
                return
            if line.rows() == 1 or line.is_last():
                self.text = part
                self._set(cursor.positionInBlock(), part)
                self._page.ensureCursorVisible()
                return

    def lift(self) -> str:
        """Take the ghost off the page; return what it was."""
        text, self.text, self.wanted = self.text, "", ""
        line, self._line = self._line, None
        if line is not None:
            self._former = line
            self._page.viewport().update(line.rectangle())
        elif text and self._block.isValid():
            self._set(-1, "")
        return text

    def drop(self) -> str:
        """Take the ghost off lines that were laid out anew; return the one that is wanted there."""
        wanted = self.wanted
        if self._line is not None:
            self._line, self.text = None, ""
            self._page.viewport().update()
        self.lift()
        self._former = None
        return wanted

    def paint(self) -> None:
        """Paint the ghost if it is one that is painted."""
        if self._line is None or not self.text:
            return
        painter = QPainter(self._page.viewport())
        painter.setPen(ghost_colour(self._page.palette(), readable=self.aids.readable))
        self._line.paint(painter)
        painter.end()

    def hold(self) -> None:
        """Paint only the caret's line until `release`: the ghost goes and comes back meanwhile."""
        if self.text and self._line is None:
            self._held = (self._block, self._height(self._block))

    def release(self) -> None:
        """Paint the whole page if the line became taller or lower after all."""
        if self._held is not None:
            block, height = self._held
            self._held = None
            if not block.isValid() or self._height(block) != height:
                self._page.viewport().update()

    def _show_line(self, line: GhostLine) -> None:
        self._line, self.text = line, line.shown
        self._page.viewport().update(line.rectangle())

    def _style(self) -> Style:
        return self.aids.style if self.aids.readable else "plain"

    def _height(self, block: QTextBlock) -> float:
        return self._page.blockBoundingRect(block).height()

    def _set(self, position: int, text: str) -> None:
        page, block = self._page, self._block
        document, layout = page.document(), block.layout()
        height = self._held or self._height(block)
        layout.setPreeditArea(position, text)
        layout.setFormats([self._look(position, text)] if text else [])
        # At once: left pending, it would make the next key look like a change of the whole line.
        # Quietly: Qt would paint the whole page for it, where one line of text has changed.
        quiet = QSignalBlocker(document.documentLayout())
        document.markContentsDirty(block.position(), block.length())
        quiet.unblock()
        if self._held or self._height(block) == height:
            place = page.blockBoundingGeometry(block).translated(page.contentOffset())
            page.viewport().update(place.toAlignedRect())
        else:
            page.viewport().update()

    def _look(self, position: int, text: str) -> QTextLayout.FormatRange:
        look = QTextLayout.FormatRange()
        look.start, look.length = position, units(text)
        look.format = QTextCharFormat()
        look.format.setForeground(ghost_colour(self._page.palette(), readable=self.aids.readable))
        look.format.setFontItalic(self._style() == "italic")
        look.format.setFontUnderline(self._style() == "underline")
        return look
