"""The ghost on the page: laid into the layout of the caret's line, never into the document.

A ghost is laid where input methods lay what is being composed. Qt therefore believes that
someone composes: it must be lifted before Qt sees a key, a click or an input-method event.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSignalBlocker
from PySide6.QtGui import QMouseEvent, QTextBlock, QTextCharFormat, QTextLayout

from editor.ghost import leaves_room
from editor.page import Page
from editor.theme import ghost_colour
from editor.units import units

# Laying out a longer line is felt at every key.
_LONGEST_LINE = 10_000


class GhostLayer:
    """Lays one ghost at the caret of a text widget and lifts it again.

    text: the ghost that lies there, "" for none; _block: the line it lies in; _held: the caret's
    line and its height when `hold` was called.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._block = QTextBlock()
        self._held: tuple[QTextBlock, float] | None = None
        self.text = ""

    def has_room(self) -> bool:
        """Whether a ghost may lie at the caret: no selection, only closing signs behind."""
        cursor = self._page.textCursor()
        if cursor.hasSelection() or cursor.block().length() > _LONGEST_LINE:
            return False
        return leaves_room(self._page.after())

    def lay(self, text: str) -> None:
        """Show `text` at the caret; the caret stays before it."""
        if text == self.text and self._block == self._page.textCursor().block():
            return
        self.lift()
        cursor = self._page.textCursor()
        look = QTextLayout.FormatRange()
        look.start = cursor.positionInBlock()
        look.length = units(text)
        look.format = QTextCharFormat()
        look.format.setForeground(ghost_colour(self._page.palette()))
        self.text, self._block = text, cursor.block()
        self._set(look.start, text, [look])

    def lift(self) -> str:
        """Take the ghost off the page; return what it was."""
        text, self.text = self.text, ""
        if text and self._block.isValid():
            self._set(-1, "", [])
        return text

    def lift_for_click(self, event: QMouseEvent) -> QMouseEvent:
        """Take the ghost off; return the click at the place in the text that the user saw."""
        below = event.position().y() > self._page.cursorRect().bottom()
        gone = self._height(self._block)
        self.lift()
        gone -= self._height(self._block)
        if not (gone and below):
            return event
        up = QPointF(0, -gone)  # the ghost had a line of its own, and what was below moves up
        return QMouseEvent(
            event.type(),
            event.position() + up,
            event.scenePosition() + up,
            event.globalPosition() + up,
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def hold(self) -> None:
        """Paint only the caret's line until `release`: the ghost goes and comes back meanwhile."""
        block = self._page.textCursor().block()
        self._held = (block, self._height(block))

    def release(self) -> None:
        """Paint the whole page if the line became taller or lower after all."""
        if self._held is not None:
            block, height = self._held
            self._held = None
            if not block.isValid() or self._height(block) != height:
                self._page.viewport().update()

    def _height(self, block: QTextBlock) -> float:
        return self._page.blockBoundingRect(block).height()

    def _set(self, position: int, text: str, looks: list[QTextLayout.FormatRange]) -> None:
        page, block = self._page, self._block
        document, layout = page.document(), block.layout()
        height = self._held or self._height(block)
        layout.setPreeditArea(position, text)
        layout.setFormats(looks)
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
