"""The page of the user's own lists: words added by hand, and words that are never suggested."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from model.messages import WordList


class MyWords(QDialog):
    """Shows the lists, finds words in them, and takes words off.

    State: taken_off are the words that leave their list when this is closed by OK.
    """

    def __init__(self, words: Mapping[str, WordList], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("My Words"))
        self.taken_off: list[str] = []
        self.search = QLineEdit(self, placeholderText=_tr("Find"), clearButtonEnabled=True)
        self.search.setAccessibleName(_tr("Find a word"))
        self.search.textChanged.connect(self._find)
        self.table = QTreeWidget(self)
        self.table.setRootIsDecorated(False)
        self.table.setSortingEnabled(True)
        self.table.setAccessibleName(_tr("Words and their lists"))
        self.table.setHeaderLabels([_tr("Word"), _tr("List")])
        self.table.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        lists = {"added": _tr("known at once"), "blocked": _tr("never suggested")}
        for word, of in words.items():
            self.table.addTopLevelItem(QTreeWidgetItem([word, lists[of]]))
        self.off = QPushButton(_tr("&Take Off the List"), self)
        self.off.clicked.connect(self._take_off)
        self.off.setEnabled(False)
        self.table.itemSelectionChanged.connect(self._follow_selection)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self._take_off)
        self._lay_out(empty=not words)

    def _lay_out(self, *, empty: bool) -> None:
        buttons = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        if empty:
            column.addWidget(QLabel(_tr("No word was added or blocked yet."), self))
        for widget in (self.search, self.table, self.off, box):
            column.addWidget(widget)

    def _find(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.lower() not in item.text(0))

    def _follow_selection(self) -> None:
        self.off.setEnabled(bool(self.table.selectedItems()))

    def _take_off(self) -> None:
        for item in self.table.selectedItems():
            self.taken_off.append(item.text(0))
            self.table.takeTopLevelItem(self.table.indexOfTopLevelItem(item))

    def _items(self) -> list[QTreeWidgetItem]:
        places = range(self.table.topLevelItemCount())
        found = (self.table.topLevelItem(place) for place in places)
        return [item for item in found if item is not None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("MyWords", text)
