# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""The row of tabs: which documents are open, in which order, and which one is on top."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from editor.tabs.sheet import Sheet

# These turn the direction of what follows: a name could pretend to be another.
_TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "�")
_LONGEST_NAME = 60
_LETTERS_IN_TAB = 20  # the button that closes it takes the place of a few


class _Tabs(QTabBar):
    """Tabs that scroll before their names become unreadable."""

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Room for some letters of a long name, and for all of a short one."""
        size = self.tabSizeHint(index)
        letters = self.fontMetrics().averageCharWidth() * _LETTERS_IN_TAB
        return QSize(min(size.width(), letters), size.height())


class Sheets(QTabWidget):
    """All open documents.

    Signals: added (a sheet), turned_to (the sheet that is on top now), moved.
    """

    added = Signal(object)
    turned_to = Signal(object)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabBar(_Tabs(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its bar and its pages take the focus
        self.setDocumentMode(True)
        self.setMovable(True)
        self.setTabsClosable(True)
        self.setTabBarAutoHide(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.tabBar().setAccessibleName(self.tr("Documents"))
        self.currentChanged.connect(self._on_turned)
        self.tabBar().tabMoved.connect(self.moved)

    @property
    def current(self) -> Sheet:
        """The document on top."""
        sheet = self.currentWidget()
        assert isinstance(sheet, Sheet)
        return sheet

    def sheets(self) -> Iterator[Sheet]:
        """The documents in the order of their tabs."""
        for place in range(self.count()):
            sheet = self.widget(place)
            if isinstance(sheet, Sheet):
                yield sheet

    def add(self, sheet: Sheet, *, on_top: bool = True) -> None:
        """Open a tab for a document, behind the others."""
        self.addTab(sheet, "")
        self._name(sheet)
        sheet.altered.connect(lambda: self._name(sheet))
        self.added.emit(sheet)
        if on_top:
            self.setCurrentWidget(sheet)
        if self.count() == 1:
            self.turned_to.emit(sheet)

    def remove(self, sheet: Sheet, *, kept: bool = True) -> None:
        """Close a document's tab; `kept` is false where what was written there is discarded."""
        sheet.closing.emit(kept)
        self.removeTab(self.indexOf(sheet))
        sheet.deleteLater()

    def step(self, by: int) -> None:
        """Turn to the next document, or the previous one."""
        self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def _on_turned(self, _place: int) -> None:
        if self.count():
            self.turned_to.emit(self.current)
            self.current.view.setFocus()

    def _name(self, sheet: Sheet) -> None:
        place = self.indexOf(sheet)
        if place < 0:
            return
        name = shown_name(sheet.name)
        mark = "• " if sheet.modified else ""
        self.setTabText(place, mark + name.replace("&", "&&"))
        self.setTabToolTip(place, f"<qt>{escape(str(sheet.path or sheet.name))}</qt>")
        button = self.tabBar().tabButton(place, QTabBar.ButtonPosition.RightSide)
        if button is not None:
            button.setAccessibleName(self.tr("Close %1").replace("%1", name))


def shown_name(name: str) -> str:
    """A file's name as it may stand in a title: on one line, in one direction, not endless."""
    name = " ".join(name.translate(_TURNING).splitlines())
    return name if len(name) <= _LONGEST_NAME else f"{name[:40]}…{name[-19:]}"
