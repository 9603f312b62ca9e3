"""The page "What Foretype Has Learned": all that is kept, where, and how to be rid of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from editor.dialogs.learntrows import (
    day_headings,
    day_rows,
    document_headings,
    document_rows,
    say_day,
    say_document,
    say_word,
    word_headings,
    word_rows,
)
from editor.dialogs.rows import Row, Table
from model.messages import LearntPart, LearntWord, Overview, Phase, Status, WordList

_EDGE = 40  # pixels for the frame of the window
_SI = QLocale.DataSizeFormat.DataSizeSIFormat
_Make = Callable[[tuple[LearntPart, ...]], list[Row]]
_Falling = Qt.SortOrder.DescendingOrder


class Learnt(QDialog):
    """Shows an overview; what is to be done with the chosen rows, others do.

    Signals: delete_wanted, forget_wanted (words), listing_wanted (words, a list or None for off),
    documents_wanted, days_wanted (parts to be forgotten), hour_wanted, everything_wanted
    (to be forgotten), passphrase_wanted.

    State: _most is how many lessons the weights had to read when they began to.
    """

    delete_wanted = Signal(object)
    forget_wanted = Signal(object)
    listing_wanted = Signal(object, object)
    documents_wanted = Signal(object)
    days_wanted = Signal(object)
    hour_wanted = Signal()
    everything_wanted = Signal()
    passphrase_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("What Foretype Has Learned"))
        self._most = 0
        plain = Qt.TextFormat.PlainText
        self.summary = QLabel(_tr("Reading what is kept…"), self, wordWrap=True, textFormat=plain)
        self.summary.setAccessibleName(_tr("Summary"))
        self.summary.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName(_tr("How much is read again"))
        self.said = QLabel(self, wordWrap=True, textFormat=plain)
        self.said.setAccessibleName(_tr("What was done"))
        self.words = _Words(self)
        documents = Table(_tr("Documents"), document_headings(), say_document)
        documents.begin_by(3, _Falling)
        days = Table(_tr("Days"), day_headings(), say_day)
        days.begin_by(0, _Falling)
        self.documents = _Parts(_tr("&Forget These Documents…"), documents, document_rows, self)
        self.days = _Parts(_tr("&Forget These Days…"), days, day_rows, self)
        self._connect()
        self._lay_out()
        self.show_status(Status(Phase.READY))
        room = self.screen().availableSize()  # twice the size leaves half of it
        self.resize(min(640, room.width() - _EDGE), min(560, room.height() - _EDGE))

    def _connect(self) -> None:
        self.words.delete.clicked.connect(lambda: self.delete_wanted.emit(self.words.chosen()))
        self.words.forget.clicked.connect(lambda: self.forget_wanted.emit(self.words.chosen()))
        self.words.block.clicked.connect(self._list("blocked"))
        self.words.off.clicked.connect(self._list(None))
        self.documents.forget.clicked.connect(
            lambda: self.documents_wanted.emit(self.documents.chosen())
        )
        self.days.forget.clicked.connect(lambda: self.days_wanted.emit(self.days.chosen()))

    def _list(self, on: WordList | None) -> Callable[[], None]:
        return lambda: self.listing_wanted.emit(self.words.chosen(), on)

    def _lay_out(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(self.windowTitle())
        self.tabs.addTab(self.words, _tr("&Words"))
        self.tabs.addTab(self.documents, _tr("D&ocuments"))
        self.tabs.addTab(self.days, _tr("Da&ys"))
        hour = QPushButton(_tr("Forget the Last &Hour…"), self)
        hour.clicked.connect(self.hour_wanted)
        everything = QPushButton(_tr("Forget &Everything…"), self)
        everything.clicked.connect(self.everything_wanted)
        self.passphrase = QPushButton(_tr("&Passphrase…"), self)
        self.passphrase.clicked.connect(self.passphrase_wanted)
        deeds = QHBoxLayout()
        for button in (hour, everything, self.passphrase):
            button.setAutoDefault(False)
            deeds.addWidget(button)
        deeds.addStretch(1)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        box.rejected.connect(self.reject)
        deeds.addWidget(box)
        column = QVBoxLayout(self)
        column.addWidget(self.summary)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addLayout(deeds)

    def show_overview(self, seen: Overview) -> None:
        """Show all of it."""
        self.summary.setText(_summary(seen))
        self.words.put(seen)
        self.documents.put(seen.documents)
        self.days.put(seen.days)

    def show_status(self, status: Status) -> None:
        """Say what is done with it just now: what is still to be read, and how long that takes."""
        if status.passing:
            self.said.setText(status.message)
            self.said.show()
            return
        self._most = max(self._most, status.left) if status.left else 0
        self.progress.setVisible(status.left > 0)
        self.progress.setRange(0, max(1, self._most))
        self.progress.setValue(self._most - status.left)
        if status.left:
            words = _tr("Read again while nobody types: %1").replace("%1", status.message)
            self.progress.setFormat(words.replace("%", "%%"))
        elif status.message and status.phase is not Phase.LOCKED:
            self.said.setText(status.message)
        locked = status.phase is Phase.LOCKED
        if locked:
            self.summary.setText(status.message)
        self.passphrase.setText(_tr("&Unlock…") if locked else _tr("&Passphrase…"))
        self.said.setVisible(bool(self.said.text()) and not locked)


class _Words(QWidget):
    """All words, found by their letters or their list, and what can be done with some of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._seen: Overview | None = None
        self.search = QLineEdit(self, placeholderText=_tr("Find"), clearButtonEnabled=True)
        self.search.setAccessibleName(_tr("Find a word"))
        self.which = QComboBox(self)
        self.which.setAccessibleName(_tr("Which words"))
        self.which.addItem(_tr("All words"), "all")
        self.which.addItem(_tr("In no dictionary"), "own")
        self.which.addItem(_tr("Known at once"), "added")
        self.which.addItem(_tr("Never suggested"), "blocked")
        self.table = Table(_tr("Words"), word_headings(), say_word, self)
        self.table.begin_by(1, _Falling)
        self.delete = QPushButton(_tr("&Delete…"), self)
        self.delete.setToolTip(
            _tr("Forget its sentences, and suggest it only when it was written three more times")
        )
        self.block = QPushButton(_tr("&Never Suggest"), self)
        self.off = QPushButton(_tr("&Take Off the List"), self)
        self.forget = QPushButton(_tr("&Forget…"), self)
        self.forget.setToolTip(_tr("Forget its sentences, and keep no trace of it"))
        self.search.textChanged.connect(self.table.rows.find)
        self.which.currentIndexChanged.connect(self._show)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self.delete.click)
        top, deeds, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self.search, 1)
        top.addWidget(self.which)
        for button in (self.delete, self.forget, self.block, self.off):
            button.setAutoDefault(False)
            deeds.addWidget(button)
        deeds.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(deeds)
        self.table.selectionModel().selectionChanged.connect(self._follow)
        self.table.rows.modelReset.connect(self._follow)
        self._follow()

    def put(self, seen: Overview) -> None:
        """Show the words of this overview."""
        self._seen = seen
        self._show()

    def chosen(self) -> list[str]:
        """The words that were chosen."""
        return [word.word for word, _ in self.table.chosen()]

    def _show(self) -> None:
        if self._seen is not None:
            self.table.rows.put(word_rows(self._seen, self.which.currentData()))

    def _follow(self) -> None:
        chosen: list[tuple[LearntWord, WordList | None]] = self.table.chosen()
        for button in (self.delete, self.forget):
            button.setEnabled(bool(chosen))
        self.block.setEnabled(any(on != "blocked" for _, on in chosen))
        self.off.setEnabled(any(on for _, on in chosen))


class _Parts(QWidget):
    """Documents or days, and a button that forgets the chosen ones."""

    def __init__(self, deed: str, table: Table, make: _Make, parent: QWidget) -> None:
        super().__init__(parent)
        self._make = make
        self.table = table
        self.forget = QPushButton(deed, self)
        self.forget.setToolTip(_tr("Shift chooses all from one to another, Ctrl single ones"))
        self.forget.setAutoDefault(False)
        self.forget.setEnabled(False)
        column, deeds = QVBoxLayout(self), QHBoxLayout()
        column.addWidget(table, 1)
        deeds.addWidget(self.forget)
        deeds.addStretch(1)
        column.addLayout(deeds)
        QShortcut(QKeySequence.StandardKey.Delete, table, self.forget.click)
        table.selectionModel().selectionChanged.connect(self._follow)
        table.rows.modelReset.connect(self._follow)

    def put(self, parts: tuple[LearntPart, ...]) -> None:
        """Show these."""
        self.table.rows.put(self._make(parts))

    def chosen(self) -> list[LearntPart]:
        """Those that were chosen, as far as they have a name."""
        return [part for part in self.table.chosen() if part.name]

    def _follow(self) -> None:
        self.forget.setEnabled(bool(self.chosen()))


def _summary(seen: Overview) -> str:
    count = QLocale().toString
    lines = [
        _tr("Lessons: %1, of %2 characters. Documents: %3. Different words: %4.")
        .replace("%1", count(seen.lessons))
        .replace("%2", count(seen.characters))
        .replace("%3", count(len(seen.documents)))
        .replace("%4", count(len(seen.words)))
    ]
    if seen.deleted:
        lines[0] += " " + _tr("Deleted words, of which only a keyed hash is kept: %1.").replace(
            "%1", count(seen.deleted)
        )
    lines.append(_place(seen))
    if seen.waiting:
        lines.append(
            _tr("Left by another Foretype, to be taken in: %1").replace("%1", count(seen.waiting))
        )
    return "\n".join(lines)


def _place(seen: Overview) -> str:
    if not seen.folder:
        return _tr("All of it is in memory alone, and gone when Foretype ends.")
    how = _tr("not encrypted")
    if seen.has_passphrase:
        how = _tr("encrypted; it opens only with your passphrase and what is kept in %1")
    elif seen.encrypted:
        how = _tr("encrypted; its key is in %1")
    return (
        _tr("Kept in %2 (%3), %4.")
        .replace("%4", how.replace("%1", seen.key))
        .replace("%3", QLocale().formattedDataSize(seen.size, 1, _SI))
        .replace("%2", seen.folder)
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Learnt", text)
