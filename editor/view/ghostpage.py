# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""A page that shows a ghost at the caret, and knows how old it is.

It refuses to know what keys do to a ghost: that is the writing surface's.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.rules.aids import Aids
from editor.rules.keys import GhostKeys
from editor.view.ghostlayer import GhostLayer
from editor.view.page import Page

# In pixels. The caret stands on the edge of the letter behind it, and would cover the stem of an i.
_CARET, _CARET_BEFORE_GHOST = 2, 1


class GhostPage(Page):
    """A page with one ghost.

    Signals: appeared (another ghost than before is shown, "" for none; not while it is typed
    along), laid_out (lines and ghost may stand elsewhere: another size of page or letters),
    painted (text and ghost are, in this part of the viewport: what comes on top may be now).

    State: _layer shows the ghost, `keys` says what a key means to it, _composing is true while an
    input method composes.
    """

    appeared = Signal(str)
    laid_out = Signal()
    painted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = GhostLayer(self)
        self._composing = False
        self.keys = GhostKeys()
        self.setCursorWidth(_CARET)

    @property
    def ghost(self) -> str:
        """The ghost at the caret, "" where there is none."""
        return self._layer.text

    def ghost_is_readable(self) -> bool:
        """Whether the ghost, up to the key that came last, was there long enough to be read."""
        return self.keys.is_readable()

    def takes_ghost(self) -> bool:
        """Whether a ghost may be shown where the caret is now."""
        return not self._composing and self._layer.has_room()

    def show_ghost(self, text: str) -> None:
        """Show `text` at the caret, or nothing where it is empty or has no room there."""
        if text and self.takes_ghost():
            self._layer.lay(text)
        else:
            self._layer.lift()
        self._narrow_caret()
        if self.keys.show(self.ghost):
            self.appeared.emit(self.ghost)

    def hide_ghost(self) -> None:
        """Show no ghost."""
        self.show_ghost("")

    def set_aids(self, aids: Aids) -> None:
        """Show ghosts as the user can see them best."""
        self._layer.aids = aids
        self._lay_again()

    def set_writing_font(self, font: QFont) -> None:
        """Write in this font, the ghost too."""
        super().set_writing_font(font)
        self._lay_again()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ghost, the text and the caret over it, and what others have for on top."""
        self._layer.paint()
        super().paintEvent(event)
        self.painted.emit(event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the ghost into the lines as they are now."""
        super().resizeEvent(event)
        self._lay_again()

    def _narrow_caret(self) -> None:
        width = _CARET_BEFORE_GHOST if self.ghost else _CARET
        if self.cursorWidth() != width:
            self.setCursorWidth(width)

    def _lay_again(self) -> None:
        if wanted := self._layer.drop():
            self.show_ghost(wanted)
        self.laid_out.emit()
