# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""The main window: the documents, and a status bar that says how the model is.

What is done with documents is `tabs.documents`; it knows nothing of the engine.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QMainWindow, QStyle, QToolButton, QVBoxLayout, QWidget

from editor.announcing import announce
from editor.dialogs.questions import Dialogs
from editor.dialogs.welcome import Welcome
from editor.documents.form import Form
from editor.documents.places import Places, places
from editor.finding.bar import FindBar
from editor.finding.finder import Finder
from editor.formcontrol import FormControl
from editor.longnotice import LongLineNotice
from editor.rules.control import after_choice
from editor.settings import LARGEST_FONT, SMALLEST_FONT, Settings
from editor.spellcheck import SpellCheck
from editor.statusbar import StatusBar
from editor.statuscontrol import StatusControl
from editor.tabs.documents import Documents
from editor.tabs.sheet import Sheet
from editor.tabs.sheets import Sheets, shown_name
from editor.theme import writing_font
from editor.view.dropping import dropped_files
from editor.view.textview import TextView
from editor.wordcontrol import WordControl
from model.messages import Eagerness, Phase, Status, WordList

_SAID_FOR_MS = 8000


class Window(QMainWindow):
    """The editor as the user sees it.

    Signals: choices_changed (about suggestions and learning), alternative_wanted (one step on or
    back), reading_wanted (of what is suggested), words_wanted (the user's own lists), word_listed
    (a word, and the list it is put on, None for off), forgetting_wanted (a Forgetting),
    learnt_wanted (the page of all that was learnt), passphrase_wanted.

    State: sheets are the tabs, documents what can be done with them, spelling checks their words;
    settings are the user's choices as they are now.
    """

    choices_changed = Signal()
    alternative_wanted = Signal(int)
    reading_wanted = Signal()
    words_wanted = Signal()
    word_listed = Signal(str, object)
    forgetting_wanted = Signal(object)
    learnt_wanted = Signal()
    passphrase_wanted = Signal()

    def __init__(self, settings: Settings, dialogs: Dialogs, kept: Places | None = None) -> None:
        super().__init__()
        self._settings = settings
        self.dialogs = dialogs
        self._welcome: Welcome | None = None
        self.setAcceptDrops(True)
        self.sheets = Sheets(self)
        self.spelling = SpellCheck(self.sheets)
        font = writing_font(settings.font_points)
        self.documents = Documents(self.sheets, dialogs, kept or places(), font)
        home = QWidget(self)
        self._column = QVBoxLayout(home)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.sheets, 1)
        self._find_bar = FindBar(home)
        self._column.addWidget(self._find_bar)
        self.setCentralWidget(home)
        self.control = StatusControl(self)
        self.control.chosen.connect(self._choose_mode)
        self._fill_status_bar()
        self._fit_screen()
        self._connect()
        self.spelling.follow(settings)
        self.documents.new()
        self.finder = Finder(self._find_bar, self.view)
        self.sheets.turned_to.connect(lambda sheet: self.finder.follow(sheet.view))
        self.control.show_state(settings.control, self.sheets.current.identity, time.time())
        self.view.setFocus()

    def _fit_screen(self) -> None:
        """Be as large as last time, but on a small screen no larger than it has room."""
        wanted = QSize(self._settings.window_width, self._settings.window_height)
        room = self.screen().availableSize()
        # The frame is known only once the window is shown.
        title = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        self.resize(wanted.boundedTo(room.shrunkBy(QMargins(0, title, 0, 0))))

    def _fill_status_bar(self) -> None:
        self._tab_label = QLabel(self.tr("Tab moves the focus"), self)
        self._tab_label.hide()
        self._model_label = QLabel(self.tr("Starting"), self)
        self._model_label.setAccessibleName(self.tr("State of the model"))
        self._notice = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._notice.setAccessibleName(self.tr("What is wrong with the model"))
        self._bar = StatusBar(self._notice, self)
        self.setStatusBar(self._bar)
        self.form = FormControl(self)
        self.private = QToolButton(self)
        self.private.setText(self.tr("Private"))
        self.private.setCheckable(True)
        self.private.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.private.setToolTip(
            self.tr("Learn nothing from this document, and keep nothing of it once it is closed")
        )
        for widget in (LongLineNotice(self.sheets, self), self._tab_label, self._model_label):
            self._bar.addPermanentWidget(widget)
        self._words = WordControl(self.sheets, self)
        self._bar.add_guest(self._words)
        for button in (self.form, self.private, self.control):
            self._bar.addPermanentWidget(button)

    def _connect(self) -> None:
        self.sheets.added.connect(self._on_added)
        self.sheets.turned_to.connect(self._show_name)
        self.sheets.tabCloseRequested.connect(
            lambda place: self.documents.close(list(self.sheets.sheets())[place])
        )
        self.documents.said.connect(lambda words, stays: self.say(words, lasting=stays))
        self.documents.memory.keeper.recovered.connect(self._unsay)
        self.documents.saved_as.connect(self._on_saved_as)
        self.choices_changed.connect(self._show_count)
        self._show_count()
        self.word_listed.connect(self.spelling.list_word)
        self.forgetting_wanted.connect(self.spelling.forget)
        self.private.clicked.connect(self._set_private)
        self.form.chosen.connect(self._write_as)
        self.form.reread.connect(self.documents.reread)
        self.form.last_line_end.connect(self._set_last_line_end)

    @property
    def settings(self) -> Settings:
        """The user's choices, as they stand."""
        return replace(self._settings, window_width=self.width(), window_height=self.height())

    @property
    def view(self) -> TextView:
        """The page on top."""
        return self.sheets.current.view

    # The documents

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped."""
        event.acceptProposedAction()
        self.documents.open_all(dropped_files(event.mimeData()))

    def _on_added(self, sheet: Sheet) -> None:
        sheet.altered.connect(self._show_name)
        sheet.opened.connect(lambda: self.finder.follow(self.view))
        sheet.view.setTabChangesFocus(self._tab_label.isVisibleTo(self))

    def _on_saved_as(self, before: str, now: str) -> None:
        self.adopt(replace(self._settings, control=self._settings.control.moved(before, now)))

    def _set_private(self, private: bool) -> None:
        self.documents.set_private(private=private)

    def _write_as(self, form: Form) -> None:
        self.sheets.current.write_as(form)

    def _set_last_line_end(self, ends: bool) -> None:
        self.sheets.current.set_last_line_end(ends=ends)

    def _show_name(self) -> None:
        sheet = self.sheets.current
        # Qt's own placeholder may be part of a name.
        name = shown_name(sheet.name).replace("[*]", "[*][*]")
        self.setWindowTitle(f"{name}[*] – Foretype")
        self.setWindowFilePath(str(sheet.path) if sheet.path else "")
        self.setWindowModified(sheet.modified)
        self.form.show_form(sheet.form, sheet.has_last_line_end)
        self.private.setChecked(sheet.private)

    def show_words(self, words: Mapping[str, WordList]) -> None:
        """Show the user's own lists, and take words off them."""
        for word in self.dialogs.my_words(self, words):
            self.word_listed.emit(word, None)

    # What the window says

    def say(self, message: str, *, lasting: bool = False) -> None:
        """Show one line in the status bar, and have it read to those who do not see it."""
        self.statusBar().showMessage(message, 0 if lasting else _SAID_FOR_MS)
        if message:
            announce(self, message, at_once=lasting)

    def _unsay(self, message: str) -> None:
        """Take it away where it still stands: it is so no longer."""
        if self.statusBar().currentMessage() == message:
            self.statusBar().clearMessage()

    @Slot(object)
    def show_status(self, status: Status) -> None:
        """Say how the model is, or what it did."""
        if status.passing:
            self.say(status.message)
            return
        words = {
            Phase.LOADING: self.tr("Loading the model"),
            Phase.READY: self.tr("Ready"),
            Phase.LEARNING: self.tr("Learning"),
            Phase.LOCKED: self.tr("Locked"),
            Phase.PAUSED: self.tr("Learning is paused"),
            Phase.FAILED: self.tr("No suggestions"),
        }
        self._model_label.setText(words[status.phase])
        self._model_label.setToolTip(status.message)
        amiss = status.phase in {Phase.FAILED, Phase.PAUSED, Phase.LOCKED}
        self._notice.setText(status.message if amiss else "")
        if status.message and status.phase is Phase.READY:
            self.say(status.message)

    # Choices

    def choose_eagerness(self, eagerness: Eagerness) -> None:
        """Suggest more or less often from now on."""
        self.adopt(replace(self._settings, eagerness=eagerness))

    def choose_learning(self, learn: bool) -> None:
        """Learn from what is written here from now on, or not."""
        self.adopt(replace(self._settings, learn=learn))

    def choose_counting(self, count: bool) -> None:
        """Show how many words there are from now on, or not."""
        self.adopt(replace(self._settings, count_words=count))

    def _show_count(self) -> None:
        self._words.want(wanted=self._settings.count_words)
        self._bar.show_guest(welcome=self._settings.count_words)

    def let_tab_move(self, moves: bool) -> None:
        """Let Tab move the focus from now on, or be the page's own again."""
        for sheet in self.sheets.sheets():
            sheet.view.setTabChangesFocus(moves)
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
        self.adopt(replace(self._settings, welcomed=True, learn=learn))
        self.view.setFocus()

    def _choose_mode(self, name: str) -> None:
        document = self.sheets.current.identity
        control = after_choice(name, self._settings.control, document, time.time())
        self.adopt(replace(self._settings, control=control))

    def adopt(self, settings: Settings) -> None:
        """These are the user's choices from now on."""
        self._settings = settings
        self.spelling.follow(settings)
        self.choices_changed.emit()

    def zoom(self, points: int) -> None:
        """Write larger or smaller; 0 is the usual size again."""
        size = self.view.font().pointSize() + points if points else 0
        if size:
            size = min(max(size, SMALLEST_FONT), LARGEST_FONT)
        self.documents.set_font(writing_font(size))
        self.adopt(replace(self._settings, font_points=size))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when no text is lost against the user's will; a logout asks nothing."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and application.isSavingSession():
            self.documents.leave()
        else:
            event.setAccepted(self.documents.close_all())

    def event(self, event: QEvent) -> bool:
        """Menus have nothing to say here, and would take away what is said."""
        return event.type() == QEvent.Type.StatusTip or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Whoever comes back finds the file as it is by now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.documents.watcher.check(self.sheets.current)
