"""How the file on top is written (encoding, line ends, the last line's end), and changing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from editor.documents.form import ENCODINGS, Form, encoding_name

_LINE_ENDS = (("\n", "Unix (LF)"), ("\r\n", "Windows (CRLF)"), ("\r", "Classic Mac (CR)"))


class FormControl(QToolButton):
    """Shows the form of a document in the status bar and lets the user choose another.

    Signals: chosen (the form to write it in from now on), reread (the encoding to read the file
    in again), last_line_end (whether the last line is to have an end).

    State: _form is the document's, _ends whether its last line has an end.
    """

    chosen = Signal(object)
    reread = Signal(str)
    last_line_end = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = Form()
        self._ends: Callable[[], bool] = lambda: False
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoRaise(True)
        self.setToolTip(self.tr("How the file is written"))
        self._menu = QMenu(self.tr("Form of the &File"), self)
        self._menu.aboutToShow.connect(self._fill)
        self._fill()
        self.setMenu(self._menu)

    def show_form(self, form: Form, ends: Callable[[], bool]) -> None:
        """Say how a document is written; `ends` is asked whether its last line has an end."""
        self._form, self._ends = form, ends
        self.setText(form.name)
        self.setAccessibleName(self.tr("Form of the file: %1").replace("%1", form.name))

    def _fill(self) -> None:
        """The menu as it is for this form."""
        self._menu.clear()
        for end, name in _LINE_ENDS:
            form = self._form.with_line_end(end)
            self._add(self._menu, name, form == self._form, partial(self.chosen.emit, form))
        self._menu.addSeparator()
        self._add(
            self._menu,
            self.tr("Line End after the &Last Line"),
            self._ends(),
            lambda: self.last_line_end.emit(not self._ends()),
        )
        self._menu.addSeparator()
        write = self._menu.addMenu(self.tr("&Save in"))
        for name, encoding, marked in _writable():
            form = self._form.with_encoding(encoding, marked=marked)
            same = (encoding, marked) == (self._form.encoding, bool(self._form.marks))
            self._add(write, name, same, partial(self.chosen.emit, form))
        again = self._menu.addMenu(self.tr("&Read Again in"))
        for encoding in ENCODINGS:
            self._add(
                again,
                encoding_name(encoding),
                encoding == self._form.encoding,
                partial(self.reread.emit, encoding),
            )

    def _add(self, menu: QMenu, name: str, checked: bool, deed: Callable[[], object]) -> QAction:
        action = menu.addAction(name)
        action.setObjectName(f"form: {name}")
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(lambda _checked: deed())
        return action


def _writable() -> list[tuple[str, str, bool]]:
    """The encodings to choose from when saving: name, encoding, and whether with a mark."""
    others = [(encoding_name(one), one, one.startswith("utf-16")) for one in ENCODINGS[1:]]
    return [("UTF-8", "utf-8", False), ("UTF-8 BOM", "utf-8", True), *others]
