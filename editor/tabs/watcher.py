"""Notices what others did to the files: when the window or a tab is turned to, and on saving.

Where nothing was changed here the file is read again, quietly and so that it can be undone.
Where it was, the user chooses; nothing is overwritten before that.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.dialogs.questions import Dialogs
from editor.documents.errors import DocumentError
from editor.documents.reading import Content, read_again
from editor.documents.watching import Change, look
from editor.tabs.keeper import Keeper
from editor.tabs.sheet import Sheet


class Watcher(QObject):
    """Compares the open documents with their files.

    Signals: said (one line, and whether it stays).
    """

    said = Signal(str, bool)

    def __init__(self, dialogs: Dialogs, keeper: Keeper, parent: QObject) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._keeper = keeper

    def follow(self, sheet: Sheet) -> None:
        """Answer for the user's choices about this document."""
        sheet.change_bar.compared.connect(partial(self._compare, sheet))
        sheet.change_bar.kept.connect(partial(self._keep, sheet))
        sheet.change_bar.taken.connect(partial(self._take, sheet))

    def check(self, sheet: Sheet) -> None:
        """Look whether the file is still what it was."""
        if sheet.path is None:
            return
        change = self._look(sheet, sheet.path)
        if change is Change.CONTENT:
            self._on_content(sheet)
        elif change is Change.GONE and sheet.stamp is not None:
            sheet.stamp = None
            sheet.view.document().setModified(True)
            self._say(sheet, self.tr("%1 was deleted or renamed. Saving writes it again."))
        elif change is Change.UNREADABLE:
            self._say(sheet, self.tr("%1 cannot be read any more. The text is still here."))
        elif change is Change.NONE:
            sheet.change_bar.hide()

    def may_save(self, sheet: Sheet, path: Path) -> bool:
        """Whether saving there overwrites nothing that the user does not know of."""
        if path != sheet.path or self._look(sheet, path) is not Change.CONTENT:
            return True
        content = self._content(sheet)
        if content is not None and content.text == sheet.view.text():
            return True
        self._warn(sheet)
        return False

    def _look(self, sheet: Sheet, path: Path) -> Change:
        if sheet.stamp is None:
            try:
                return Change.CONTENT if path.is_file() else Change.GONE
            except OSError:
                return Change.UNREADABLE
        change, seen = look(path, sheet.stamp)
        if change is Change.NONE:
            sheet.stamp = seen
        return change

    def _on_content(self, sheet: Sheet) -> None:
        content = self._content(sheet)
        if content is None:
            return
        if content.text == sheet.view.text() or not sheet.modified:
            same = content.text == sheet.view.text()
            sheet.reload(content)
            sheet.change_bar.hide()
            if not same:
                words = self.tr("%1 was changed by another program and read again. Undo goes back.")
                self._say(sheet, words, stays=False)
        else:
            self._warn(sheet)

    def _warn(self, sheet: Sheet) -> None:
        words = self.tr("%1 was changed by another program, and here too. Nothing was overwritten.")
        sheet.change_bar.tell(words.replace("%1", sheet.name))

    def _compare(self, sheet: Sheet) -> None:
        content = self._content(sheet)
        if content is not None:
            parent = sheet.window()
            self._dialogs.show_difference(parent, sheet.name, sheet.view.text(), content.text)

    def _keep(self, sheet: Sheet) -> None:
        """The user knows what the file holds, and saves over it."""
        content = self._content(sheet)
        if content is not None:
            sheet.stamp = content.stamp
        sheet.change_bar.hide()
        sheet.view.setFocus()

    def _take(self, sheet: Sheet) -> None:
        content = self._content(sheet)
        if content is not None:
            if sheet.modified:
                self._keeper.set_aside(sheet)
            sheet.reload(content)
            sheet.change_bar.hide()
            sheet.view.setFocus()

    def _content(self, sheet: Sheet) -> Content | None:
        assert sheet.path is not None
        try:
            return read_again(sheet.path, sheet.form.encoding)
        except DocumentError as error:
            self.said.emit(str(error), True)
            return None

    def _say(self, sheet: Sheet, words: str, *, stays: bool = True) -> None:
        self.said.emit(words.replace("%1", str(sheet.path)), stays)
