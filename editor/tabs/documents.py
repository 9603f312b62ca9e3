"""Opening, saving and closing: what the user does with documents, and what is asked before.

A box appears only where text may be lost; everything else is said in one line.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QFont

from editor.dialogs import Choice, Dialogs
from editor.documents.errors import DocumentError, Unencodable
from editor.documents.form import Form
from editor.documents.places import Places
from editor.documents.reading import read
from editor.documents.saving import save
from editor.documents.versions import Versions
from editor.documents.watching import same_file
from editor.tabs.sheet import Sheet
from editor.tabs.sheets import Sheets


class Documents(QObject):
    """The open documents and their files.

    Signals: said (one line, and whether it stays), saved_as (the document's identity before and
    after).

    State: sheets are the tabs; _font is what new ones write in; _closed are the files whose tabs
    were closed, the last one at the end.
    """

    said = Signal(str, bool)
    saved_as = Signal(str, str)

    def __init__(self, sheets: Sheets, dialogs: Dialogs, places: Places, font: QFont) -> None:
        super().__init__(sheets)
        self.sheets = sheets
        self.versions = Versions(places.previous)
        self._dialogs = dialogs
        self._font = font
        self._closed: list[Path] = []

    @property
    def current(self) -> Sheet:
        """The document on top."""
        return self.sheets.current

    # Opening

    def new(self) -> Sheet:
        """Begin an empty document."""
        taken = {sheet.number for sheet in self.sheets.sheets() if sheet.path is None}
        number = next(one for one in range(1, len(taken) + 2) if one not in taken)
        sheet = Sheet(self._font, number)
        self.sheets.add(sheet)
        return sheet

    def choose_and_open(self) -> None:
        """Ask for files and open them."""
        for path in self._dialogs.open_paths(self.sheets, self._folder()):
            self.open(path)

    def open(self, path: Path) -> bool:
        """Open `path` in a tab; one that does not exist yet is a new document of that name."""
        path = path.absolute()
        for sheet in self.sheets.sheets():
            if sheet.path is not None and same_file(sheet.path, path):
                self.sheets.setCurrentWidget(sheet)
                return True
        if not path.exists() and not path.is_symlink() and path.parent.is_dir():
            self._room().hold("", path, Form())
            self._say(self.tr("New file: %1").replace("%1", str(path)))
            return True
        try:
            content = read(path)
        except DocumentError as error:
            self._say(str(error), stays=True)
            return False
        self._room().hold(content.text, path, content.form, content.stamp)
        return True

    def reopen(self) -> None:
        """Open again what was closed last."""
        if self._closed:
            self.open(self._closed.pop())

    def _room(self) -> Sheet:
        """A sheet for another document: the one on top if nobody would miss what it holds."""
        return self.current if self.current.is_blank() else self.new()

    # Saving

    @Slot(result=bool)
    def save(self) -> bool:
        """Save the document where it came from, or ask where to."""
        sheet = self.current
        return self.save_as() if sheet.path is None else self._save_to(sheet, sheet.path)

    @Slot(result=bool)
    def save_as(self) -> bool:
        """Ask where to save the document, and save it there."""
        sheet = self.current
        suggested = sheet.path or self._folder() / f"{sheet.name}.txt"
        path = self._dialogs.save_path(self.sheets, suggested)
        return path is not None and self._save_to(sheet, path.absolute())

    def _save_to(self, sheet: Sheet, path: Path) -> bool:
        text = sheet.view.text()
        try:
            stamp = save(path, text, sheet.form, self.versions, private=sheet.private)
        except Unencodable as error:
            if not self._dialogs.write_as_utf8(self.sheets, str(error)):
                self._say(str(error), stays=True)
                return False
            sheet.write_as(sheet.form.with_encoding("utf-8", marked=False))
            return self._save_to(sheet, path)
        except DocumentError as error:
            self._say(str(error), stays=True)
            self._dialogs.warn(self.sheets, str(error))
            return False
        before = sheet.identity
        sheet.keep(path, stamp)
        self.saved_as.emit(before, sheet.identity)
        self._say(self.tr("Saved %1").replace("%1", str(path)))
        return True

    # Closing

    def close(self, sheet: Sheet) -> bool:
        """Close a tab, unless the user would rather not."""
        if not self._may_go(sheet):
            return False
        if sheet.path is not None and not sheet.private:
            self._closed.append(sheet.path)
        if self.sheets.count() == 1:
            self.new()
        self.sheets.remove(sheet)
        return True

    def close_all(self) -> bool:
        """Whether all documents may go now."""
        if not all(self._may_go(sheet) for sheet in self.sheets.sheets()):
            return False
        for sheet in self.sheets.sheets():
            sheet.closing.emit()
        return True

    def _may_go(self, sheet: Sheet) -> bool:
        if not sheet.modified:
            return True
        self.sheets.setCurrentWidget(sheet)
        choice = self._dialogs.unsaved(self.sheets, sheet.name)
        if choice is Choice.SAVE:
            return self.save()
        return choice is Choice.DISCARD

    def set_font(self, font: QFont) -> None:
        """Write in this font, in all documents."""
        self._font = font
        for sheet in self.sheets.sheets():
            sheet.view.set_writing_font(font)

    def _folder(self) -> Path:
        return self.current.path.parent if self.current.path else Path.cwd()

    def _say(self, message: str, *, stays: bool = False) -> None:
        self.said.emit(message, stays)
