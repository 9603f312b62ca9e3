"""The one control of suggestions, in the status bar: on, quieter, snooze, off here, off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from editor.rules.control import Control

_NAMES = ("suggest-on", "suggest-quieter", "suggest-snooze", "suggest-off-here", "suggest-off")


class StatusControl(QToolButton):
    """Shows whether there are suggestions and lets the user choose.

    Signals: chosen (the name of the action: one of the menu's).

    State: modes is the menu, which the menu bar shows too; _actions are its choices by name.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.modes = QMenu(self.tr("S&how Suggestions"), self)
        group = QActionGroup(self)
        self._actions: dict[str, QAction] = {}
        words = (
            self.tr("&On"),
            self.tr("&Quieter"),
            self.tr("&Snooze for 10 Minutes"),
            self.tr("Off in This &Document"),
            self.tr("O&ff"),
        )
        for name, text in zip(_NAMES, words, strict=True):
            action = self.modes.addAction(text)
            action.setObjectName(name)
            action.setCheckable(True)
            action.triggered.connect(self._chooser(name))
            group.addAction(action)
            self._actions[name] = action
        self.setMenu(self.modes)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoRaise(True)
        self.setToolTip(self.tr("Whether suggestions are shown"))

    def show_state(self, control: Control, document: str, now: float) -> None:
        """Say how it is for this document now."""
        name, text = self._state(control, document, now)
        self._actions[name].setChecked(True)
        self.setText(text)
        self.setAccessibleName(text)

    def _state(self, control: Control, document: str, now: float) -> tuple[str, str]:
        if control.mode == "off":
            return "suggest-off", self.tr("Suggestions: off")
        if control.is_off_in(document):
            return "suggest-off-here", self.tr("Suggestions: off here")
        if control.snooze_left(now):
            return "suggest-snooze", self.tr("Suggestions: snoozing")
        if control.mode == "quieter":
            return "suggest-quieter", self.tr("Suggestions: quieter")
        return "suggest-on", self.tr("Suggestions: on")

    def _chooser(self, name: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(name)
