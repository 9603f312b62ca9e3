"""The keys that only change what other keys mean, and what these mean with them."""

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
_COMMANDS = _Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier
# Control and Alt together are AltGr, on some keyboards.
_NO_COMMAND = (_Modifier.NoModifier, _Modifier.ControlModifier | _Modifier.AltModifier)
_ALT = (_Modifier.AltModifier, _Modifier.AltModifier | _Modifier.ShiftModifier)


def is_missed_shortcut(event: QKeyEvent) -> bool:
    """Whether a letter came with Alt alone, and no menu took it: nobody means to write it.

    On a Mac the key writes letters of its own.
    """
    alone = event.modifiers() in _ALT and sys.platform != "darwin"
    return alone and event.text().isprintable() and event.text() != ""


def writes(event: QKeyEvent) -> bool:
    """Whether Qt would write what a key says: a letter, a sign or a tab, and no command."""
    text = event.text()
    printable = text != "" and (text.isprintable() or text == "\t")
    return printable and event.modifiers() & _COMMANDS in _NO_COMMAND
