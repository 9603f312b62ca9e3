# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""One open document: its page, and what is known of its file.

It refuses to know files and dialogs: others read, save and ask.
"""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont, QShowEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.documents.form import Form
from editor.documents.reading import Content
from editor.documents.splicing import difference
from editor.documents.watching import Stamp
from editor.suggesting.candidatelist import CandidateList
from editor.tabs.bars import ChangeBar, PrivateBar
from editor.teaching.harvest import UNTITLED
from editor.view.provenance import Origin
from editor.view.textview import TextView


class Sheet(QWidget):
    """A document as its user has it open.

    Signals: opened (the page holds another document), closing (what it holds is about to go;
    whether the user keeps it), saved, turned_private (or back), altered (its name, form,
    privacy, or whether it is saved).

    State: view is the page, words the list of words beside it; id names it as long as it has no
    file; path, form and stamp tell of the file; number parts those without a name; private
    documents leave no trace; unsaved are sentences from an earlier run that are in no file;
    _coming is true while another text comes in, _top_line is the line to scroll to once the page
    is seen.
    """

    opened = Signal()
    closing = Signal(bool)
    saved = Signal()
    altered = Signal()
    turned_private = Signal()

    def __init__(self, font: QFont, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take_new_id()
        self.number = number
        self.path: Path | None = None
        self.form = Form()
        self.stamp: Stamp | None = None
        self.unsaved: tuple[str, ...] = ()
        self._private = False
        self._top_line = 0
        self._coming = False
        self.view = TextView(self)
        self.view.set_writing_font(font)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.private_bar = PrivateBar(self)
        self.change_bar = ChangeBar(self)
        self.column.addWidget(self.private_bar)
        self.column.addWidget(self.change_bar)
        self.column.addWidget(self.view, 1)
        self.words = CandidateList(self.view, self)
        self.view.document().modificationChanged.connect(self._on_modification)

    @property
    def identity(self) -> str:
        """What tells this document from all others; of a private one it tells nothing."""
        if self._private:
            return f"private-{self.id}"
        return str(self.path) if self.path else f"{UNTITLED}{self.id}"

    @property
    def name(self) -> str:
        """What it is called in its tab."""
        if self.path:
            return self.path.name
        untitled = self.tr("Untitled")
        return f"{untitled} {self.number}" if self.number > 1 else untitled

    @property
    def modified(self) -> bool:
        """Whether it holds what its file does not."""
        return self.view.document().isModified()

    @property
    def private(self) -> bool:
        """Whether it leaves no trace."""
        return self._private

    @private.setter
    def private(self, private: bool) -> None:
        if private != self._private:
            self._private = private
            if private:
                self.private_bar.tell(
                    self.tr(
                        "Private: nothing of this document is learnt, and nothing is kept once it"
                        " is closed."
                    )
                )
            else:
                self.private_bar.hide()
            self.turned_private.emit()
            self.altered.emit()

    def take_new_id(self) -> None:
        """Be another one to whoever keeps drafts."""
        self.id = uuid.uuid4().hex

    def is_blank(self) -> bool:
        """Whether nobody would miss it: without name, text and changes."""
        return self.path is None and not self.modified and self.view.length() == 0

    def hold(self, text: str, path: Path | None, form: Form, stamp: Stamp | None = None) -> None:
        """Hold another document from now on."""
        self.closing.emit(True)
        self.path, self.form, self.stamp = path, form, stamp
        self._coming = True
        self.view.set_text(text)
        self._coming = False
        self.opened.emit()
        self.altered.emit()

    def go_to(self, caret: int, top_line: int) -> None:
        """Show the place where the user was."""
        self._top_line = top_line
        self.view.set_caret(caret)
        self.view.scroll_to(top_line)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is it known where the lines are."""
        super().showEvent(event)
        line, self._top_line = self._top_line, 0
        if line:
            QTimer.singleShot(0, self.view, lambda: self.view.scroll_to(line))

    def reload(self, content: Content) -> None:
        """Take over what the file holds by now, as one step that can be undone."""
        old = self.view.text()
        start, removed, added = difference(old, content.text)
        places = self.view.text_map(old)
        end = max(places.start(start), places.end(start + removed))
        self.view.exchange([(places.start(start), end, added)], Origin.FOREIGN)
        self.form, self.stamp = content.form, content.stamp
        self.view.document().setModified(False)
        self.altered.emit()

    def set_last_line_end(self, *, ends: bool) -> None:
        """Give the last line an end, or take it away."""
        end, cursor = self.view.length(), self.view.textCursor()
        if not ends:
            self.view.exchange([(end - 1, end, "")], Origin.FOREIGN)
            return
        anchor, caret = cursor.anchor(), cursor.position()
        self.view.exchange([(end, end, "\n")], Origin.FOREIGN)
        cursor.setPosition(anchor)  # it stays in the line that was the last
        cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
        self.view.setTextCursor(cursor)

    def has_last_line_end(self) -> bool:
        """Whether the last line has an end; an empty document has none."""
        return self.view.document().blockCount() > 1 and not self.view.stretch(
            self.view.document().lastBlock().position(), self.view.length()
        )

    def write_as(self, form: Form) -> None:
        """Save it in another form from now on."""
        self.form = form
        self.view.document().setModified(True)
        self.altered.emit()

    def keep(self, path: Path, stamp: Stamp) -> None:
        """It was saved there."""
        self.path, self.stamp, self.unsaved = path, stamp, ()
        self.view.document().setModified(False)
        self.saved.emit()
        self.altered.emit()

    def _on_modification(self, _modified: bool) -> None:
        if not self._coming:
            self.altered.emit()
