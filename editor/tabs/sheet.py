"""One open document: its page, and what is known of its file.

It refuses to know files and dialogs: others read, save and ask.
"""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.candidatelist import CandidateList
from editor.documents.form import Form
from editor.documents.reading import Content
from editor.documents.splicing import difference
from editor.documents.watching import Stamp
from editor.harvest import UNTITLED
from editor.provenance import Origin
from editor.textview import TextView


class Sheet(QWidget):
    """A document as its user has it open.

    Signals: opened (the page holds another document), closing (what it holds is about to go),
    saved, turned_private (or back), altered (its name, form, privacy, or whether it is saved).

    State: view is the page, words the list of words beside it; id names it as long as it has no
    file; path, form and stamp tell of the file; number parts those without a name; private
    documents leave no trace.
    """

    opened = Signal()
    closing = Signal()
    saved = Signal()
    altered = Signal()
    turned_private = Signal()

    def __init__(self, font: QFont, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = uuid.uuid4().hex
        self.number = number
        self.path: Path | None = None
        self.form = Form()
        self.stamp: Stamp | None = None
        self._private = False
        self.view = TextView(self)
        self.view.set_writing_font(font)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
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
            self.turned_private.emit()
            self.altered.emit()

    def is_blank(self) -> bool:
        """Whether nobody would miss it: without name, text and changes."""
        return self.path is None and not self.modified and self.view.length() == 0

    def hold(self, text: str, path: Path | None, form: Form, stamp: Stamp | None = None) -> None:
        """Hold another document from now on."""
        self.closing.emit()
        self.path, self.form, self.stamp = path, form, stamp
        self.view.set_text(text)
        self.opened.emit()
        self.altered.emit()

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

    def write_as(self, form: Form) -> None:
        """Save it in another form from now on."""
        self.form = form
        self.view.document().setModified(True)
        self.altered.emit()

    def keep(self, path: Path, stamp: Stamp) -> None:
        """It was saved there."""
        self.path, self.stamp = path, stamp
        self.view.document().setModified(False)
        self.saved.emit()
        self.altered.emit()

    def _on_modification(self, _modified: bool) -> None:
        self.altered.emit()
