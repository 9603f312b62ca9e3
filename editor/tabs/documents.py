"""Opening, saving and closing: what the user does with documents, and what is asked before.

A box appears only where text may be lost; everything else is said in one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QFont

from editor.dialogs.questions import Choice, Dialogs
from editor.documents.claims import Claims
from editor.documents.drafts import Draft, View
from editor.documents.errors import DocumentError, Unencodable
from editor.documents.form import Form
from editor.documents.places import Places, runtime_folder, working_folder
from editor.documents.reading import Content, read
from editor.documents.saving import save
from editor.documents.secrecy import private_by_name
from editor.documents.versions import Versions
from editor.documents.watching import is_there, same_file
from editor.rules.sentences import new_sentences
from editor.tabs.memory import Memory
from editor.tabs.news import News
from editor.tabs.sheet import Sheet
from editor.tabs.sheets import Sheets
from editor.tabs.watcher import Watcher


class Documents(QObject):
    """The open documents and their files.

    Signals: said (one line, and whether it stays), saved_as (the document's identity before and
    after).

    State: sheets are the tabs; news is what is said of them; memory keeps drafts and the session;
    _font is what new documents write in.
    """

    said = Signal(str, bool)
    saved_as = Signal(str, str)

    def __init__(self, sheets: Sheets, dialogs: Dialogs, places: Places, font: QFont) -> None:
        super().__init__(sheets)
        self.sheets = sheets
        self.news = News(self)
        self.news.said.connect(self.said)
        self.versions = Versions(places.previous)
        self.memory = Memory(sheets, places, self)
        self.memory.keeper.failed.connect(lambda words: self._say(words, stays=True))
        self.watcher = Watcher(dialogs, self.memory.keeper, self)
        self.watcher.said.connect(self.news.say)
        self.claims = Claims(runtime_folder() / "open")
        sheets.added.connect(self.watcher.follow)
        sheets.turned_to.connect(self.watcher.check)
        self._dialogs = dialogs
        self._font = font

    @property
    def current(self) -> Sheet:
        """The document on top."""
        return self.sheets.current

    # Opening

    def new(self) -> Sheet:
        """Begin an empty document."""
        return self._begin()

    def _begin(self, instead_of: Sheet | None = None) -> Sheet:
        sheet = Sheet(self._font, self._number(besides=instead_of))
        self.sheets.add(sheet)
        return sheet

    def _number(self, wanted: int = 1, besides: Sheet | None = None) -> int:
        """What parts a document without a name from the others: this number, or a free one."""
        others = [sheet for sheet in self.sheets.sheets() if sheet is not besides]
        taken = {sheet.number for sheet in others if sheet.path is None}
        return wanted if wanted not in taken else min({*range(1, len(taken) + 2)} - taken)

    def choose_and_open(self) -> None:
        """Ask for files and open them."""
        self.open_all(self._dialogs.open_paths(self.sheets, self._folder()))

    def open_all(self, paths: Sequence[Path]) -> None:
        """Open each of these files."""
        with self.news.together():
            for path in paths:
                self.open(path)

    def open(self, path: Path, view: View | None = None) -> bool:
        """Open `path` in a tab; one that does not exist yet is a new document of that name."""
        path = path.absolute()
        already = self.open_at(path)
        if already is not None:
            self.sheets.setCurrentWidget(already)
            return True
        if not is_there(path) and path.parent.is_dir():
            self._hold(path, None, view)
            self._say(self.tr("New file: %1").replace("%1", str(path)))
            return True
        try:
            self._hold(path, read(path), view)
        except DocumentError as error:
            self._say(str(error), stays=True)
            return False
        return True

    def open_at(self, path: Path) -> Sheet | None:
        """The document that has this file open, under whatever name."""
        for sheet in self.sheets.sheets():
            if sheet.path is not None and same_file(sheet.path, path):
                return sheet
        return None

    def _hold(self, path: Path, content: Content | None, view: View | None) -> None:
        sheet = self._room()
        sheet.private = private_by_name(path)
        if content is None:
            sheet.hold("", path, Form())
        else:
            sheet.hold(content.text, path, content.form, content.stamp)
        if view is not None:
            sheet.go_to(view.caret, view.scroll)
        self.memory.used(sheet)
        self._claim(path)

    def take_up(self, draft: Draft) -> Sheet:
        """Go on with a text that was never saved; silently, but it is marked as unsaved."""
        for sheet in self.sheets.sheets():
            if sheet.id == draft.id:  # it was had back already, by another command
                self.sheets.setCurrentWidget(sheet)
                return sheet
        path = Path(draft.path) if draft.path else None
        there = self.open_at(path) if path is not None else None
        if there is not None and there.private:
            draft = replace(draft, private=True)
        if there is not None and there.modified:
            # In two tabs of one file, each would be saved over the other.
            beside = self._take_up(replace(draft, path=None, stamp=None), self._room())
            words = self.tr(
                "%1 is open already, with changes. This text is in a tab without a name."
            )
            self._say(words.replace("%1", there.name), stays=True)
            return beside
        sheet = self._take_up(draft, there or self._room())
        self.memory.keeper.adopt(sheet)
        if path is not None:
            self._claim(path)
        return sheet

    def _take_up(self, draft: Draft, sheet: Sheet) -> Sheet:
        self.sheets.setCurrentWidget(sheet)
        sheet.id, sheet.private = draft.id, draft.private
        sheet.number = self._number(draft.number, besides=sheet)
        path = Path(draft.path) if draft.path else None
        sheet.hold(draft.text, path, draft.form, draft.stamp)
        sheet.unsaved = _unsaved(draft.text, path)
        sheet.view.document().setModified(True)
        sheet.go_to(draft.view.caret, draft.view.scroll)
        return sheet

    def reopen(self) -> None:
        """Open again what was closed last."""
        closed = self.memory.last_closed()
        if isinstance(closed, Draft):
            self.take_up(closed)
        elif closed is not None and closed.path is not None:
            self.open(Path(closed.path), closed.view)

    def choose_discarded(self) -> None:
        """Ask which discarded text to have back."""
        found = self.memory.discarded()
        if not found:
            self._say(self.tr("Nothing was discarded in the last seven days."))
            return
        rows = [f"{_moment(when)}  {_summary(draft)}" for when, draft in found]
        row = self._dialogs.pick(self.sheets, self.tr("Discarded in the last seven days"), rows)
        if row is not None:
            self.memory.keeper.drafts.take_back(found[row][1].id)
            self.take_up(found[row][1])

    def choose_version(self) -> None:
        """Ask which earlier version of this file to open beside it."""
        sheet = self.current
        found = self.versions.of(sheet.path.resolve()) if sheet.path else []
        if not found:
            self._say(self.tr("No earlier version of this document is kept."))
            return
        rows = [f"{_moment(one.when)}  {one.file.stat().st_size} B" for one in found]
        row = self._dialogs.pick(self.sheets, self.tr("Earlier versions of this file"), rows)
        if row is not None:
            try:
                content = read(found[row].file, sheet.form.encoding)
            except DocumentError as error:
                self._say(str(error), stays=True)
                return
            beside = self.new()
            beside.hold(content.text, None, content.form)
            beside.view.document().setModified(True)

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
        if path is None:
            return False
        if self.open_at(path.absolute()) not in {None, sheet}:
            words = self.tr(
                "%1 is open in another tab. Close it there first, or choose a new name."
            )
            self._dialogs.warn(self.sheets, words.replace("%1", path.name))
            return False
        return self._save_to(sheet, path.absolute())

    def _save_to(self, sheet: Sheet, path: Path) -> bool:
        if not self.watcher.may_save(sheet, path):
            return False
        private = sheet.private or (path != sheet.path and private_by_name(path))
        try:
            stamp = save(path, sheet.view.text(), sheet.form, self.versions, private=private)
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
        sheet.private = private
        before, former = sheet.identity, sheet.path
        sheet.keep(path, stamp)
        sheet.change_bar.hide()
        if former != path:
            self._give_up(former)
            self._claim(path)
        self.memory.used(sheet)
        self.saved_as.emit(before, sheet.identity)
        self._say(self.tr("Saved %1").replace("%1", str(path)))
        return True

    def set_private(self, *, private: bool) -> None:
        """Leave no trace of this document, or be as usual again."""
        sheet = self.current
        sheet.private = private
        if private and sheet.path is not None:
            self.versions.forget(sheet.path.resolve())
            self.memory.forget(sheet.path)

    # Closing

    def close(self, sheet: Sheet) -> bool:
        """Close a tab, unless the user would rather not."""
        if sheet.modified:
            self.sheets.setCurrentWidget(sheet)
            if not self._may_go(sheet):
                return False
        kept = not sheet.modified
        self._give_up(sheet.path)
        self.memory.closed(sheet)
        if self.sheets.count() == 1:
            self._begin(instead_of=sheet)
        self.sheets.remove(sheet, kept=kept)
        return True

    def close_all(self) -> bool:
        """Whether the window may close: what is in no file is kept for the next start."""
        changed = [sheet for sheet in self.sheets.sheets() if sheet.modified]
        lost = [sheet for sheet in changed if self._is_lost(sheet)]
        files = [sheet for sheet in changed if sheet.path is not None and sheet not in lost]
        for sheet in lost:
            self.sheets.setCurrentWidget(sheet)
            if not self._may_go(sheet):
                return False  # what was to be discarded is still there
        if files:
            choice = self._dialogs.unsaved_files(self.sheets, [sheet.name for sheet in files])
            if choice is Choice.CANCEL:
                return False
            if choice is Choice.SAVE and not all(self._save_on_top(sheet) for sheet in files):
                return False
        discarded = [sheet for sheet in lost if sheet.modified]
        for sheet in discarded:
            self.memory.keeper.discard(sheet)
        self.leave(discarded)
        return True

    def leave(self, discarded: Sequence[Sheet] = ()) -> None:
        """Keep everything for the next start but these, without a question."""
        for sheet in self.sheets.sheets():
            sheet.closing.emit(sheet not in discarded)
        self.memory.keeper.close()

    def _is_lost(self, sheet: Sheet) -> bool:
        """Whether what is not saved goes for good with its tab."""
        return sheet.private or not self.memory.keeper.works

    def _may_go(self, sheet: Sheet) -> bool:
        """Whether what is not saved on top is saved by now, or not wanted."""
        choice = self._dialogs.unsaved(self.sheets, sheet.name, lost=self._is_lost(sheet))
        return choice is Choice.DISCARD or (choice is Choice.SAVE and self.save())

    def _save_on_top(self, sheet: Sheet) -> bool:
        self.sheets.setCurrentWidget(sheet)
        return self.save()

    def _claim(self, path: Path) -> None:
        if not self.claims.take(path):
            words = self.tr("%1 is open in another program of this kind too. Save one elsewhere.")
            self._say(words.replace("%1", str(path)), stays=True)

    def _give_up(self, path: Path | None) -> None:
        if path is not None:
            self.claims.give_up(path)

    def reread(self, encoding: str) -> None:
        """Read the file on top again, in this encoding; can be undone.

        What is not saved is asked about before, and what is discarded can be had back.
        """
        sheet = self.current
        if sheet.path is None or (sheet.modified and not self._may_go(sheet)):
            return
        try:
            content = read(sheet.path, encoding)
        except DocumentError as error:
            self._say(str(error), stays=True)
            return
        if content.form.encoding == encoding:
            if sheet.modified:
                self.memory.keeper.set_aside(sheet)
            sheet.reload(content)
        else:
            words = self.tr("%1 is not written in that encoding.")
            self._say(words.replace("%1", sheet.name))

    def set_font(self, font: QFont) -> None:
        """Write in this font, in all documents."""
        self._font = font
        for sheet in self.sheets.sheets():
            sheet.view.set_writing_font(font)

    def _folder(self) -> Path:
        return self.current.path.parent if self.current.path else working_folder()

    def _say(self, message: str, *, stays: bool = False) -> None:
        self.news.say(message, stays)


def _unsaved(text: str, path: Path | None) -> tuple[str, ...]:
    """The sentences of a draft that its file does not hold."""
    try:
        return new_sentences(text, read(path).text) if path is not None else ()
    except DocumentError:  # the file is gone: nothing of the draft stands in it
        return new_sentences(text, "")


def _moment(when: float) -> str:
    return datetime.fromtimestamp(when).astimezone().strftime("%x %H:%M")


def _summary(draft: Draft) -> str:
    name = f"{Path(draft.path).name}: " if draft.path else ""
    return name + " ".join(draft.text[:200].split())[:60]
