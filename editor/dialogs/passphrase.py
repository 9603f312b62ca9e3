"""Asks for the passphrase of what was learnt, and for a new one."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

_Button = QDialogButtonBox.StandardButton
_WIDTH = 460  # pixels


class Passphrase(QDialog):
    """Some fields that show dots, below a line of words; OK is there once they are filled.

    `box` are the buttons, `form` holds the fields.
    """

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._fields: list[QLineEdit] = []
        label = QLabel(words, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.form = QFormLayout()
        self._seen = QCheckBox(_tr("&Show what is typed"), self)
        self._seen.toggled.connect(self._show_typed)
        self.box = QDialogButtonBox(_Button.Ok | _Button.Cancel, self)
        self.box.accepted.connect(self.accept)
        self.box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label)
        column.addLayout(self.form)
        column.addWidget(self._seen)
        column.addWidget(self.box)
        self.setMinimumWidth(_WIDTH)

    def field(self, text: str) -> QLineEdit:
        """One more field."""
        field = QLineEdit(self, echoMode=QLineEdit.EchoMode.Password)
        field.setAccessibleName(text.replace("&", ""))
        field.textChanged.connect(self.check)
        self.form.addRow(text, field)
        self._fields.append(field)
        return field

    def begin(self) -> None:
        """Once all fields are there: who types is in the first, and Tab goes on to the next."""
        for one, following in pairwise([*self._fields, self._seen, *self.box.buttons()]):
            QWidget.setTabOrder(one, following)
        self._fields[0].setFocus()
        self.check()

    def check(self) -> None:
        """Let what can be done be done."""
        self.box.button(_Button.Ok).setEnabled(all(field.text() for field in self._fields))

    def _show_typed(self, shown: bool) -> None:
        modes = QLineEdit.EchoMode
        for field in self._fields:
            field.setEchoMode(modes.Normal if shown else modes.Password)


class Unlock(Passphrase):
    """Asks for the passphrase at the start."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        lost = _tr("If it is lost: the command “foretype forget --all” starts afresh.")
        super().__init__(_tr("Passphrase"), f"{words}\n\n{lost}", parent)
        self.typed = self.field(_tr("&Passphrase"))
        self.box.button(_Button.Cancel).setText(_tr("&Not Now"))
        self.begin()


class NewPassphrase(Passphrase):
    """Asks for a new passphrase, twice; `has_one`: and for the one that it replaces.

    State: removes is true once the user wants none any more.
    """

    def __init__(self, *, has_one: bool, parent: QWidget | None = None) -> None:
        words = _tr(
            "What was learnt opens only with this passphrase, at each start. Nobody can open it"
            " without: if you forget the passphrase, all of it is lost. Several words that do not"
            " belong together are a good one. Your documents are not locked."
        )
        super().__init__(_tr("Passphrase"), words, parent)
        self.removes = False
        self._current = self.field(_tr("&Passphrase until now")) if has_one else None
        self._new = self.field(_tr("N&ew passphrase"))
        self._again = self.field(_tr("Once &more"))
        self._remove = self.box.addButton(
            _tr("&Remove the Passphrase"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self._remove.setVisible(has_one)
        self._remove.clicked.connect(self._take_off)
        self.differ = QLabel(self)
        self.form.addRow(self.differ)
        self.begin()

    @property
    def current(self) -> str | None:
        """The passphrase until now, None where there is none."""
        return self._current.text() if self._current else None

    @property
    def new(self) -> str | None:
        """The one from now on, None for none."""
        return None if self.removes else self._new.text()

    def check(self) -> None:
        """Both must be the same."""
        super().check()
        again = self._again.text()
        same = self._new.text() == again
        self.differ.setText("" if same or not again else _tr("The two are not the same yet."))
        ok = self.box.button(_Button.Ok)
        ok.setEnabled(ok.isEnabled() and same)
        self._remove.setEnabled(bool(self.current))

    def _take_off(self) -> None:
        self.removes = True
        self.accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Passphrase", text)
