# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""A button that shows a key and takes another one.

Qt's own field for keys takes every key as soon as it has the focus: Esc, the letters of other
fields and Ctrl+Tab are caught in it. This one takes the single key after it was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from editor.view.modifiers import MODIFIERS

_NONE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class KeyButton(QPushButton):
    """Shows one key, or that there is none.

    Signals: changed (another key was chosen, or none).

    State: _key is what is shown, _waits is true from a press until a key comes.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = QKeySequence()
        self._waits = False
        self.setAutoDefault(False)  # Return is for the dialog's own buttons
        self.clicked.connect(self._wait)
        self._show()

    def key(self) -> QKeySequence:
        """The key that is chosen, empty for none."""
        return self._key

    def set_key(self, key: QKeySequence) -> None:
        """Choose this key, or none where it is empty."""
        is_new = key != self._key
        self._key, self._waits = key, False
        self._show()
        if is_new:
            self.changed.emit()

    def _wait(self) -> None:
        self._waits = True
        self._show()

    def _show(self) -> None:
        waiting = self.tr("Press a key, or Delete for none")
        shown = self._key.toString(QKeySequence.SequenceFormat.NativeText) or self.tr("none")
        self.setText((waiting if self._waits else shown).replace("&", "&&"))
        self.setAccessibleDescription(self.text())

    def event(self, event: QEvent) -> bool:
        """While a key is waited for, each is taken before anyone else sees it."""
        if self._waits and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
            event.accept()
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in MODIFIERS or event.key() == Qt.Key.Key_unknown:
            return
        if alone and event.key() in _NONE:
            self.set_key(QKeySequence())
        else:
            self.set_key(QKeySequence(event.keyCombination()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere keeps the key there was."""
        self._waits = False
        self._show()
        super().focusOutEvent(event)
