"""A list to choose one thing from: an earlier version, a discarded document."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget


class Picker(QDialog):
    """Asks for one row of a list."""

    def __init__(self, title: str, rows: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.list = QListWidget(self)
        self.list.addItems(rows)
        self.list.setCurrentRow(0)
        self.list.setAccessibleName(title)
        self.list.itemActivated.connect(self.accept)
        label = QLabel(title, self)
        label.setBuddy(self.list)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(bool(rows))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (label, self.list, buttons):
            column.addWidget(widget)
        self.resize(520, 320)

    @property
    def row(self) -> int:
        """The row that was chosen, counted from zero."""
        return self.list.currentRow()
