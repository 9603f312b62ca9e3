"""The questions the window asks, in one place, so that another one can answer them in tests."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from editor.dialogs.differences import Differences
from editor.dialogs.mywords import MyWords
from editor.dialogs.passphrase import NewPassphrase, Unlock
from editor.dialogs.picker import Picker
from editor.dialogs.preferences import Preferences
from editor.settings import Settings
from editor.view.paper import set_margins
from model.messages import WordList

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Choice(Enum):
    """What to do with changes that are not saved."""

    SAVE = "save"
    DISCARD = "discard"
    KEEP = "keep"  # as a draft, for the next start
    CANCEL = "cancel"


class Dialogs(Protocol):
    """Whoever answers for the user."""

    def unsaved(self, parent: QWidget, name: str, *, lost: bool) -> Choice:
        """Save the changes of the document `name`? `lost`: else they are gone for good."""

    def unsaved_files(self, parent: QWidget, names: list[str]) -> Choice:
        """Save the changes of these files before the window closes, or keep them as drafts?"""

    def pick(self, parent: QWidget, title: str, rows: list[str]) -> int | None:
        """Which of these?"""

    def show_difference(self, parent: QWidget, name: str, mine: str, theirs: str) -> None:
        """Show how the text here differs from the file's."""

    def open_paths(self, parent: QWidget, folder: Path) -> list[Path]:
        """Which files to open?"""

    def write_as_utf8(self, parent: QWidget, why: str) -> bool:
        """Write the file in UTF-8, because its own encoding lacks a character?"""

    def save_path(self, parent: QWidget, suggested: Path) -> Path | None:
        """Where to save?"""

    def export_path(self, parent: QWidget, suggested: Path) -> Path | None:
        """Where to put the text as PDF?"""

    def printer(self, parent: QWidget, name: str) -> QPrinter | None:
        """On which printer to print the document `name`, and how?"""

    def warn(self, parent: QWidget, message: str) -> None:
        """Say what may cost text."""

    def forget(self, parent: QWidget, what: str, *, deletes: bool = False) -> bool:
        """Forget this for good? `deletes`: or rather delete it."""

    def unlock(self, parent: QWidget, words: str) -> str | None:
        """Which passphrase opens what was learnt?"""

    def new_passphrase(
        self, parent: QWidget, *, has_one: bool
    ) -> tuple[str | None, str | None] | None:
        """Which new passphrase (None for none any more), and which one until now?"""

    def preferences(
        self, parent: QWidget, settings: Settings, taken: list[tuple[str, str]]
    ) -> Settings | None:
        """Which choices about suggestions? `taken` are the keys of other commands."""

    def my_words(self, parent: QWidget, words: Mapping[str, WordList]) -> list[str]:
        """Which words to take off the user's own lists?"""


class QtDialogs:
    """Asks with the platform's own dialogs."""

    def unsaved(self, parent: QWidget, name: str, *, lost: bool) -> Choice:
        """Save the changes of the document `name`? `lost`: else they are gone for good."""
        box = _box(parent, QMessageBox.Icon.Question)
        box.setText(_tr("Save the changes to “%1”?").replace("%1", name))
        box.setInformativeText(
            _tr("Without saving, they are lost.")
            if lost
            else _tr("What is discarded can be had back for seven days: File, Discarded Documents.")
        )
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        # Qt gives this one no letter on some platforms; the others have theirs.
        box.button(buttons.Discard).setText(_tr("&Discard"))
        answer = box.exec()
        return {buttons.Save.value: Choice.SAVE, buttons.Discard.value: Choice.DISCARD}.get(
            answer, Choice.CANCEL
        )

    def unsaved_files(self, parent: QWidget, names: list[str]) -> Choice:
        """Save the changes of these files before the window closes, or keep them as drafts?"""
        box = _box(parent, QMessageBox.Icon.Question)
        box.setText(
            _tr("Save the changes to %1?").replace("%1", ", ".join(f"“{n}”" for n in names))
        )
        unchanged = (
            _tr("the file stays as it is.")
            if len(names) == 1
            else _tr("the files stay as they are.")
        )
        kept = _tr("Changes that are kept are here again at the next start; %1")
        box.setInformativeText(kept.replace("%1", unchanged))
        save = box.addButton(_tr("&Save"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(_tr("&Keep for Next Time"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save)
        box.exec()
        if box.clickedButton() is save:
            return Choice.SAVE
        return Choice.KEEP if box.clickedButton() is keep else Choice.CANCEL

    def pick(self, parent: QWidget, title: str, rows: list[str]) -> int | None:
        """Which of these?"""
        dialog = Picker(title, rows, parent)
        kept = dialog.exec() == Picker.DialogCode.Accepted
        return dialog.row if kept else None

    def show_difference(self, parent: QWidget, name: str, mine: str, theirs: str) -> None:
        """Show how the text here differs from the file's."""
        Differences(name, mine, theirs, parent).exec()

    def open_paths(self, parent: QWidget, folder: Path) -> list[Path]:
        """Which files to open?"""
        names, _ = QFileDialog.getOpenFileNames(parent, _tr("Open"), str(folder))
        return [Path(name) for name in names]

    def write_as_utf8(self, parent: QWidget, why: str) -> bool:
        """Write the file in UTF-8, because its own encoding lacks a character?"""
        box = _box(parent, QMessageBox.Icon.Question)
        box.setText(why)
        save = box.addButton(_tr("&Save as UTF-8"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save)
        box.exec()
        return box.clickedButton() is save

    def save_path(self, parent: QWidget, suggested: Path) -> Path | None:
        """Where to save?"""
        name, _ = QFileDialog.getSaveFileName(parent, _tr("Save As"), str(suggested))
        return Path(name) if name else None

    def export_path(self, parent: QWidget, suggested: Path) -> Path | None:
        """Where to put the text as PDF?"""
        # Who leaves out the ending is asked about the file with it, if there is one.
        dialog = QFileDialog(parent, _tr("Export as PDF"), str(suggested), _tr("PDF (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        chosen = dialog.exec() == QFileDialog.DialogCode.Accepted
        return Path(dialog.selectedFiles()[0]) if chosen else None

    def printer(self, parent: QWidget, name: str) -> QPrinter | None:
        """On which printer to print the document `name`, and how?"""
        # Few print, and looking for printers takes its time.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        set_margins(printer)
        chosen = QPrintDialog(printer, parent).exec() == QPrintDialog.DialogCode.Accepted
        return printer if chosen else None

    def forget(self, parent: QWidget, what: str, *, deletes: bool = False) -> bool:
        """Forget this for good? `deletes`: or rather delete it."""
        box = _box(parent, QMessageBox.Icon.Question)
        box.setText(what)
        box.setInformativeText(_tr("What is forgotten cannot be had back. Your documents stay."))
        deed = _tr("&Delete") if deletes else _tr("&Forget")
        forget = box.addButton(deed, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is forget

    def warn(self, parent: QWidget, message: str) -> None:
        """Say what may cost text."""
        box = _box(parent, QMessageBox.Icon.Warning)
        box.setText(message)
        box.exec()

    def unlock(self, parent: QWidget, words: str) -> str | None:
        """Which passphrase opens what was learnt?"""
        dialog = Unlock(words, parent)
        return dialog.typed.text() if dialog.exec() == Unlock.DialogCode.Accepted else None

    def new_passphrase(
        self, parent: QWidget, *, has_one: bool
    ) -> tuple[str | None, str | None] | None:
        """Which new passphrase (None for none any more), and which one until now?"""
        dialog = NewPassphrase(has_one=has_one, parent=parent)
        chosen = dialog.exec() == NewPassphrase.DialogCode.Accepted
        return (dialog.new, dialog.current) if chosen else None

    def preferences(
        self, parent: QWidget, settings: Settings, taken: list[tuple[str, str]]
    ) -> Settings | None:
        """Which choices about suggestions? `taken` are the keys of other commands."""
        dialog = Preferences(settings, taken, parent)
        kept = dialog.exec() == Preferences.DialogCode.Accepted
        return dialog.chosen() if kept else None

    def my_words(self, parent: QWidget, words: Mapping[str, WordList]) -> list[str]:
        """Which words to take off the user's own lists?"""
        dialog = MyWords(words, parent)
        kept = dialog.exec() == MyWords.DialogCode.Accepted
        return dialog.taken_off if kept else []


def _box(parent: QWidget, icon: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)  # a file name is shown as it is
    box.setWindowTitle("Foretype")
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)
