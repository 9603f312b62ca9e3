# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""A table of many rows that are found and sorted without asking Qt about each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

_Index = QModelIndex | QPersistentModelIndex
_TopLevel = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it stands for, what it is found by, and what its cells are sorted by."""

    subject: Any
    name: str
    order: tuple[Any, ...]


# What the cells of a row say; asked for only once the row is seen.
Say = Callable[[Any], tuple[str, ...]]


class Rows(QAbstractTableModel):
    """Rows under some headings, found by their names; `say` tells what their cells say.

    State: _all are the rows, _shown those that were found, in their order; _wanted is searched
    for in small letters, _by the column and whether the highest comes first.
    """

    def __init__(self, headings: Sequence[str], say: Say, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._say = say
        self._all: Sequence[Row] = ()
        self._shown: list[Row] = []
        self._wanted = ""
        self._by = (0, False)

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows from now on."""
        self._all = rows
        self._renew()

    def find(self, text: str) -> None:
        """Show only the rows whose name holds this."""
        self._wanted = text.strip().lower()
        self._renew()

    def row(self, place: int) -> Row:
        """The row that is shown at this place."""
        return self._shown[place]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by this column; rows that are equal there keep their order."""
        self._by = (column, order == Qt.SortOrder.DescendingOrder)
        self._renew()

    def _renew(self) -> None:
        column, falls = self._by
        found = [row for row in self._all if self._wanted in row.name.lower()]
        self.beginResetModel()
        self._shown = sorted(found, key=lambda row: row.order[column], reverse=falls)
        self.endResetModel()

    def rowCount(self, parent: _Index = _TopLevel) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _TopLevel) -> int:
        """How many cells a row has."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says, numbers at its right; all of it where it is too narrow."""
        row, column = self._shown[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._say(row.subject)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(row.order[column], int):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None


class Table(QTableView):
    """Shows rows; several may be chosen, and Tab goes on to what stands beside the table."""

    def __init__(
        self, name: str, headings: Sequence[str], say: Say, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = Rows(headings, say, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setResizeContentsPrecision(100)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(4 * self.fontMetrics().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keyboard has the first row chosen, as all others by the arrows."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.chosen():
            self.selectRow(max(0, self.currentIndex().row()))

    def begin_by(self, column: int, order: Qt.SortOrder) -> None:
        """Sort by this column until the user wants another order."""
        self.sortByColumn(column, order)
        self.setSortingEnabled(True)

    def chosen(self) -> list[Any]:
        """What the chosen rows stand for, in the order that is shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.row(place).subject for place in places]
