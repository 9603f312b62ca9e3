"""The commands of a window, by their names."""

from __future__ import annotations

from PySide6.QtGui import QAction

from editor.window import Window


def action(window: Window, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction), name
    return found


def trigger(window: Window, name: str) -> None:
    action(window, name).trigger()
