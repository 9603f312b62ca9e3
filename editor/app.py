# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""Builds the editor and connects its parts; nothing else does.

The window is painted before the model is imported. A model that cannot be started costs the
suggestions, never the editor.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from editor import settings
from editor.assistant import Assistant
from editor.dialogs import Dialogs, QtDialogs
from editor.errors import ErrorReporter
from editor.suggester import Engine, Suggester
from editor.teacher import Teacher
from editor.window import Window
from model.messages import Eagerness, Phase, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    StartEngine = Callable[[Eagerness, Callable[[object], None], Callable[[object], None]], Engine]

_NO_DISPLAY = (
    "foretype: there is no display to open a window on. Use `xvfb-run -a main.py ...`, "
    "or `main.py suggest TEXT` for suggestions without a window."
)
# How long one thread may keep the others waiting: learning must not be felt at a key.
_SWITCH_SECONDS = 0.0005


class Post(QObject):
    """Carries what the engine's threads say into the window's thread."""

    answer = Signal(object)
    status = Signal(object)


class FirstPaint(QObject):
    """Calls once, after the page was painted for the first time."""

    def __init__(self, page: QObject, then: Callable[[], None]) -> None:
        super().__init__(page)
        self._page = page
        self._then = then
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint event; what follows it comes after the window is on the screen."""
        if event.type() == QEvent.Type.Paint:
            self._page.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return super().eventFilter(watched, event)


class Editor:
    """All parts of one running editor, connected."""

    def __init__(
        self, chosen: settings.Settings, dialogs: Dialogs, start_engine: StartEngine
    ) -> None:
        self.window = Window(chosen, dialogs)
        self.suggester = Suggester(self.window.view, self.window)
        self.assistant = Assistant(
            self.window.view, self.suggester, self.window.words, self.window.control
        )
        self.teacher = Teacher(self.window.view, parent=self.window)
        self.post = Post(self.window)
        self._start_engine = start_engine
        self._engine: Engine | None = None
        self._painted = False
        self._connect()
        self.teacher.set_learns(chosen.learn)
        self.follow_choices()
        if not chosen.welcomed:
            self.window.welcome()
        FirstPaint(self.window.view.viewport(), self._on_painted)

    def _connect(self) -> None:
        window, view, teacher = self.window, self.window.view, self.teacher
        view.edited.connect(teacher.on_edited)
        # The suggester first: it puts the shrunken ghost back before anything else is done.
        view.entered.connect(self.suggester.on_entered)
        view.entered.connect(teacher.on_entered)
        view.removed.connect(self.suggester.on_removed)
        view.strayed.connect(self.suggester.on_strayed)
        view.dismissed.connect(self.suggester.on_dismissed)
        view.accepted.connect(self.suggester.on_accepted)
        view.left.connect(teacher.on_left)
        window.opened.connect(self.suggester.on_opened)
        window.opened.connect(teacher.on_opened)
        window.saved.connect(teacher.on_saved)
        window.closing.connect(teacher.on_closing)
        window.learning_chosen.connect(teacher.set_learns)
        window.word_added.connect(teacher.on_word_added)
        window.choices_changed.connect(self.follow_choices)
        window.opened.connect(self.follow_choices)
        window.alternative_wanted.connect(self.suggester.walk)
        window.reading_wanted.connect(self.assistant.read_again)
        self.post.answer.connect(self.suggester.on_answer)
        self.post.status.connect(window.show_status)

    def follow_choices(self) -> None:
        """Let everyone follow the user's choices; start the model where it is needed now."""
        self.assistant.follow(self.window.settings, self.window.path)
        self._teach_if_asked()
        if self._painted and self._engine is None:
            self.start_engine()

    def start_engine(self) -> None:
        """Load the model, if there is something for it to do."""
        if not (self.assistant.suggests or self.window.settings.learn):
            self.window.show_status(Status(Phase.READY))
            return
        try:
            eagerness = self.window.settings.eagerness
            engine = self._start_engine(eagerness, self.post.answer.emit, self.post.status.emit)
        except Exception as error:  # whatever is wrong with the model, the editor edits
            self._painted = False  # it is not tried again
            self.window.show_status(Status(Phase.FAILED, f"No suggestions: {_one_line(error)}"))
            return
        self._use(engine)

    def _use(self, engine: Engine | None) -> None:
        self._engine = engine
        self.assistant.use(engine)
        self._teach_if_asked()

    def _teach_if_asked(self) -> None:
        # Until the user was asked, what is written waits: it is learnt only after a yes.
        self.teacher.use(self._engine if self.window.settings.welcomed else None)

    def _on_painted(self) -> None:
        self._painted = True
        self.start_engine()

    def close(self) -> None:
        """Ask nothing more, and leave only when what was taught is safe."""
        engine, self._painted = self._engine, False
        self._use(None)
        if engine is not None:
            engine.close()


def run(files: list[str], profile: Path | None, base: Path | None) -> int:
    """Open the editor on `files` and return the exit status when it is closed."""
    if _has_no_display():
        sys.stderr.write(_NO_DISPLAY + "\n")
        return 1
    sys.setswitchinterval(_SWITCH_SECONDS)
    application = QApplication.instance() or QApplication(["foretype"])
    application.setApplicationName("foretype")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal ends the program

    folder = settings.settings_folder(profile)
    editor = Editor(settings.load(folder), QtDialogs(), _engine_starter(profile, base))
    reporter = ErrorReporter(folder / "errors.log", editor.window)
    reporter.told.connect(editor.window.say)
    reporter.install()
    _open_first(editor.window, files)
    editor.window.show()

    def keep() -> None:
        kept = editor.window.settings
        settings.save(replace(kept, control=kept.control.begun()), folder)

    editor.window.choices_changed.connect(keep)  # at once: the next end may be a kill
    try:
        return QApplication.exec()
    finally:
        editor.close()
        keep()
        reporter.uninstall()


def _engine_starter(profile: Path | None, base: Path | None) -> StartEngine:
    def start(
        eagerness: Eagerness,
        on_answer: Callable[[object], None],
        on_status: Callable[[object], None],
    ) -> Engine:
        import model.engine

        engine = model.engine.Engine(profile, base, eagerness, on_answer, on_status)
        engine.start()
        return engine

    return start


def _open_first(window: Window, files: list[str]) -> None:
    if not files:
        return
    if window.open_file(Path(files[0])) and len(files) > 1:
        window.say(f"One document at a time: opened {files[0]}, left {len(files) - 1} out.")


def _has_no_display() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not any(os.environ.get(name) for name in names)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
