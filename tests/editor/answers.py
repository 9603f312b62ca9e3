"""Someone who answers every question as they were told to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from editor.dialogs.questions import Choice
from editor.settings import Settings
from model.messages import WordList


class Answers:
    """Answers every question as it was told to, and keeps what was said."""

    def __init__(self) -> None:
        self.shown_words: dict[str, WordList] = {}
        self.taken_off: list[str] = []
        self.forgets = False
        self.passphrases: list[str] = []
        self.new_passphrases: tuple[str | None, str | None] | None = None
        self.choice = Choice.CANCEL
        self.choices: list[Choice] = []  # for one question each; then `choice`
        self.to_open: list[Path] = []
        self.utf8 = False
        self.lost = False
        self.rows: list[str] = []
        self.row: int | None = None
        self.compared: list[tuple[str, str]] = []
        self.to_save: Path | None = None
        self.to_export: Path | None = None
        self.suggested: Path | None = None
        self.on_printer: QPrinter | None = None
        self.printed: list[str] = []
        self.asked: list[str] = []
        self.parents: list[QWidget] = []  # of questions about what was learnt
        self.warned: list[str] = []
        self.chosen: Settings | None = None
        self.taken: list[tuple[str, str]] = []

    def unsaved(self, parent: QWidget, name: str, *, lost: bool) -> Choice:
        self.asked.append(name)
        self.lost = lost
        return self._next_choice()

    def unsaved_files(self, parent: QWidget, names: list[str]) -> Choice:
        self.asked.append(", ".join(names))
        return self._next_choice()

    def _next_choice(self) -> Choice:
        return self.choices.pop(0) if self.choices else self.choice

    def pick(self, parent: QWidget, title: str, rows: list[str]) -> int | None:
        self.rows = rows
        return self.row

    def show_difference(self, parent: QWidget, name: str, mine: str, theirs: str) -> None:
        self.compared.append((mine, theirs))

    def open_paths(self, parent: QWidget, folder: Path) -> list[Path]:
        return self.to_open

    def write_as_utf8(self, parent: QWidget, why: str) -> bool:
        self.asked.append(why)
        return self.utf8

    def save_path(self, parent: QWidget, suggested: Path) -> Path | None:
        return self.to_save

    def export_path(self, parent: QWidget, suggested: Path) -> Path | None:
        self.suggested = suggested
        return self.to_export

    def printer(self, parent: QWidget, name: str) -> QPrinter | None:
        self.printed.append(name)
        return self.on_printer

    def warn(self, parent: QWidget, message: str) -> None:
        self.warned.append(message)

    def forget(self, parent: QWidget, what: str, *, deletes: bool = False) -> bool:
        self.asked.append(what)
        self.parents.append(parent)
        return self.forgets

    def unlock(self, parent: QWidget, words: str) -> str | None:
        self.asked.append(words)
        self.parents.append(parent)
        return self.passphrases.pop(0) if self.passphrases else None

    def new_passphrase(
        self, parent: QWidget, *, has_one: bool
    ) -> tuple[str | None, str | None] | None:
        self.asked.append("new" if not has_one else "another")
        self.parents.append(parent)
        return self.new_passphrases

    def preferences(
        self, parent: QWidget, settings: Settings, taken: list[tuple[str, str]]
    ) -> Settings | None:
        self.taken = taken
        return self.chosen

    def my_words(self, parent: QWidget, words: Mapping[str, WordList]) -> list[str]:
        self.shown_words = dict(words)
        return self.taken_off
