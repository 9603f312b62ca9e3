"""The keys that only change what other keys mean; pressed alone they mean nothing."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

MODIFIERS = frozenset(
    (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    )
)
_Modifier = Qt.KeyboardModifier
_ALT = (_Modifier.AltModifier, _Modifier.AltModifier | _Modifier.ShiftModifier)


def is_missed_shortcut(event: QKeyEvent) -> bool:
    """Whether a letter came with Alt alone, and no menu took it: nobody means to write it.

    On a Mac the key writes letters of its own.
    """
    alone = event.modifiers() in _ALT and sys.platform != "darwin"
    return alone and event.text().isprintable() and event.text() != ""
