# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""The main window: one document, its menus, and a status bar that says how the model is.

It opens, saves and asks before text is lost. A box appears only where text may be lost;
everything else is said in the status bar. It knows nothing of the engine.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

from editor import document
from editor.candidatelist import CandidateList
from editor.dialogs import Choice, Dialogs
from editor.document import DocumentError, Form
from editor.menus import build_menus, show_keys, show_learning, taken_keys
from editor.settings import LARGEST_FONT, SMALLEST_FONT, Settings
from editor.statuscontrol import StatusControl, after_choice
from editor.textview import TextView
from editor.theme import writing_font
from editor.welcome import Welcome
from model.messages import Eagerness, Phase, Status

_SAID_FOR_MS = 8000


class Window(QMainWindow):
    """The editor as the user sees it.

    Signals: opened (the page holds another document; its path or None), saved (its path),
    closing (the document is about to go), learning_chosen, choices_changed (about suggestions),
    alternative_wanted (one step on or back), reading_wanted (of what is suggested), word_added
    (to the user's own).

    State: view is the page; path and _form tell where its text came from; settings are the
    user's choices as they are now.
    """

    opened = Signal(object)
    saved = Signal(object)
    closing = Signal()
    learning_chosen = Signal(bool)
    choices_changed = Signal()
    alternative_wanted = Signal(int)
    reading_wanted = Signal()
    word_added = Signal(str)

    def __init__(self, settings: Settings, dialogs: Dialogs) -> None:
        super().__init__()
        self._settings = settings
        self._dialogs = dialogs
        self.path: Path | None = None
        self._form = Form()
        self.view = TextView(self)
        self.view.set_writing_font(writing_font(settings.font_points))
        home = QWidget(self)
        self._column = QVBoxLayout(home)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.view, 1)
        self.setCentralWidget(home)
        self.words = CandidateList(self.view, home)
        self.control = StatusControl(self)
        self.control.show_state(settings.control, None, time.time())
        self.control.chosen.connect(self._choose_mode)
        self._welcome: Welcome | None = None
        self._tab_label = QLabel(self.tr("Tab moves the focus"), self)
        self._tab_label.hide()
        self._model_label = QLabel(self.tr("Starting"), self)
        self._model_label.setAccessibleName(self.tr("State of the model"))
        self._notice = QLabel(self, wordWrap=True)
        self._notice.setAccessibleName(self.tr("What is wrong with the model"))
        self.statusBar().addWidget(self._notice, 1)
        for widget in (self._tab_label, self._model_label, self.control):
            self.statusBar().addPermanentWidget(widget)
        self.view.document().modificationChanged.connect(self.setWindowModified)
        build_menus(self)
        show_keys(self)
        self.resize(settings.window_width, settings.window_height)
        self._show_name()
        self.view.setFocus()

    @property
    def settings(self) -> Settings:
        """The user's choices, as they stand."""
        return replace(self._settings, window_width=self.width(), window_height=self.height())

    # The document

    @Slot()
    def new_document(self) -> None:
        """Begin an empty document."""
        if self._may_leave():
            self._hold("", None, Form())

    @Slot()
    def choose_and_open(self) -> None:
        """Ask for a file and open it."""
        if self._may_leave():
            path = self._dialogs.open_path(self, self._folder())
            if path is not None:
                self.open_file(path)

    def open_file(self, path: Path) -> bool:
        """Open `path`; one that does not exist yet is a new document of that name."""
        path = path.absolute()
        if not path.exists() and not path.is_symlink() and path.parent.is_dir():
            self._hold("", path, Form())
            self.say(self.tr("New file: %1").replace("%1", str(path)))
            return True
        try:
            text, form = document.read(path)
        except DocumentError as error:
            self.say(str(error), lasting=True)
            return False
        self._hold(text, path, form)
        return True

    @Slot(result=bool)
    def save(self) -> bool:
        """Save the document where it came from, or ask where to."""
        return self.save_as() if self.path is None else self._save_to(self.path)

    @Slot(result=bool)
    def save_as(self) -> bool:
        """Ask where to save the document, and save it there."""
        path = self._dialogs.save_path(self, self.path or self._folder() / self.tr("Untitled.txt"))
        return path is not None and self._save_to(path.absolute())

    @Slot()
    def add_word(self) -> None:
        """Make the word at the caret one of the user's own, which are known at once."""
        word = self.view.word_at_caret()
        if not word:
            self.say(self.tr("Put the caret into the word that you want to add."))
            return
        self.word_added.emit(word)
        self.say(self.tr("%1 is one of your words now.").replace("%1", word))

    # What the window says

    def say(self, message: str, *, lasting: bool = False) -> None:
        """Show one line in the status bar."""
        self.statusBar().showMessage(message, 0 if lasting else _SAID_FOR_MS)

    @Slot(object)
    def show_status(self, status: Status) -> None:
        """Say how the model is."""
        words = {
            Phase.LOADING: self.tr("Loading the model"),
            Phase.READY: self.tr("Ready"),
            Phase.LEARNING: self.tr("Learning"),
            Phase.PAUSED: self.tr("Learning is paused"),
            Phase.FAILED: self.tr("No suggestions"),
        }
        self._model_label.setText(words[status.phase])
        self._model_label.setToolTip(status.message)
        amiss = status.phase in {Phase.FAILED, Phase.PAUSED}
        self._notice.setText(status.message if amiss else "")
        if status.message and status.phase is Phase.READY:
            self.say(status.message)

    # Choices

    def choose_eagerness(self, eagerness: Eagerness) -> None:
        """Suggest more or less often from now on."""
        self._adopt(replace(self._settings, eagerness=eagerness))

    def choose_learning(self, learn: bool) -> None:
        """Learn from what is written here from now on, or not."""
        self._adopt(replace(self._settings, learn=learn))
        self.learning_chosen.emit(learn)

    def choose_preferences(self) -> None:
        """Ask for all choices about suggestions."""
        chosen = self._dialogs.preferences(self, self.settings, taken_keys(self))
        if chosen is not None:
            self._adopt(chosen)
            show_keys(self)

    def let_tab_move(self, moves: bool) -> None:
        """Let Tab move the focus from now on, or be the page's own again."""
        self.view.setTabChangesFocus(moves)
        self._tab_label.setVisible(moves)

    def welcome(self) -> None:
        """Ask whether to learn, and show what Tab does, without being in the way."""
        if self._welcome is None:
            self._welcome = Welcome(self.view.font(), self)
            self._welcome.answered.connect(self._on_welcomed)
            self._column.insertWidget(0, self._welcome)

    def _on_welcomed(self, learn: bool) -> None:
        if self._welcome is not None:
            self._welcome.deleteLater()
            self._welcome = None
        asked = not self._settings.welcomed
        self._adopt(replace(self._settings, welcomed=True, learn=learn))
        show_learning(self, learn)
        # A first yes is for what was written meanwhile, too.
        if not (asked and learn):
            self.learning_chosen.emit(learn)
        self.view.setFocus()

    def _choose_mode(self, name: str) -> None:
        control = after_choice(name, self._settings.control, self.path, time.time())
        self._adopt(replace(self._settings, control=control))

    def _adopt(self, settings: Settings) -> None:
        self._settings = settings
        self.choices_changed.emit()

    def zoom(self, points: int) -> None:
        """Write larger or smaller; 0 is the usual size again."""
        size = self.view.font().pointSize() + points if points else 0
        if size:
            size = min(max(size, SMALLEST_FONT), LARGEST_FONT)
        self._settings = replace(self._settings, font_points=size)
        self.view.set_writing_font(writing_font(size))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when no text is lost against the user's will."""
        if self._may_leave():
            self.closing.emit()
            event.accept()
        else:
            event.ignore()

    def _may_leave(self) -> bool:
        if not self.view.document().isModified():
            return True
        choice = self._dialogs.unsaved(self, self._name())
        if choice is Choice.SAVE:
            return self.save()
        return choice is Choice.DISCARD

    def _hold(self, text: str, path: Path | None, form: Form) -> None:
        self.closing.emit()
        self.view.set_text(text)
        self.path, self._form = path, form
        self._settings = replace(self._settings, control=self._settings.control.begun())
        self._show_name()
        self.opened.emit(path)

    def _save_to(self, path: Path) -> bool:
        try:
            document.write(path, self.view.text(), self._form)
        except DocumentError as error:
            self.say(str(error), lasting=True)
            self._dialogs.warn(self, str(error))
            return False
        control = self._settings.control.moved(self.path, path)
        self.path = path
        self._adopt(replace(self._settings, control=control))
        self.view.document().setModified(False)
        self._show_name()
        self.say(self.tr("Saved %1").replace("%1", str(path)))
        self.saved.emit(path)
        return True

    def _name(self) -> str:
        return self.path.name if self.path else self.tr("Untitled")

    def _folder(self) -> Path:
        return self.path.parent if self.path else Path.cwd()

    def _show_name(self) -> None:
        self.setWindowTitle(f"{self._name()}[*] – Foretype")
        self.setWindowFilePath(str(self.path) if self.path else "")
