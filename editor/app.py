# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""Builds the editor and connects its parts; nothing else does.

The window is painted before the model is imported. A model that cannot be started costs the
suggestions, never the editor.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from editor import settings
from editor.companion import Companion
from editor.dialogs.questions import Dialogs, QtDialogs
from editor.documents.places import Places, places, runtime_folder, working_folder
from editor.earlier import bring
from editor.endings import Endings
from editor.errors import ErrorReporter
from editor.inputmethods import reach_fcitx
from editor.installation import has_display
from editor.instance import Instance
from editor.menus import build_menus
from editor.oversight import Oversight
from editor.spellcheck import Find, Lists
from editor.spelling import dictionaries
from editor.suggesting.engine import Engine
from editor.tabs.restoring import restore
from editor.tabs.sheet import Sheet
from editor.teaching.harvest import Harvester
from editor.window import Window
from model.messages import Answer, Eagerness, Forgetting, Phase, Status, Teaching, WordList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    StartEngine = Callable[[Eagerness, Callable[[object], None], Callable[[object], None]], Engine]

_NO_DISPLAY = (
    "foretype: there is no display to open a window on. Use `xvfb-run -a main.py ...`, "
    "or `main.py suggest TEXT` for suggestions without a window."
)
_ICON = Path(__file__).resolve().parents[1] / "resources" / "foretype.svg"
# How long one thread may keep the others waiting: learning must not be felt at a key.
_SWITCH_SECONDS = 0.0005


class Post(QObject):
    """Carries what the engine's threads say into the window's thread."""

    answer = Signal(object)
    status = Signal(object)


class FirstPaint(QObject):
    """Calls once, after the window was painted for the first time."""

    def __init__(self, window: QObject, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint event; what follows it comes after the window is on the screen."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return super().eventFilter(watched, event)


class Editor:
    """All parts of one running editor, connected.

    companion is whoever suggests and learns in the document on top.
    """

    def __init__(
        self,
        chosen: settings.Settings,
        dialogs: Dialogs,
        start_engine: StartEngine,
        kept: Places | None = None,
        find_dictionary: Find | None = None,
        read_lists: Lists = dict,
    ) -> None:
        self.window = Window(chosen, dialogs, kept)
        build_menus(self.window)
        self.post = Post(self.window)
        self._start_engine = start_engine
        self._find_dictionary = find_dictionary
        self._read_lists = read_lists
        self._engine: Engine | None = None
        self._painted = False
        self._errands: list[Callable[[Engine], None]] = []  # what waits for an engine
        self._discarded: dict[str, Harvester] = {}  # documents that may come back
        self._failed = False
        self._companions: dict[Sheet, Companion] = {}
        self.companion = self._companion(self.window.sheets.current)
        self.oversight = Oversight(self.window, self._send)
        self._connect()
        self.follow_choices()
        if not chosen.welcomed:
            self.window.welcome()
        FirstPaint(self.window, self._on_painted)

    def _connect(self) -> None:
        window = self.window
        window.sheets.turned_to.connect(self._turn_to)
        window.choices_changed.connect(self.follow_choices)
        window.alternative_wanted.connect(self._walk)
        window.reading_wanted.connect(self._read_again)
        window.word_listed.connect(self._list_word)
        window.words_wanted.connect(self._show_words)
        window.forgetting_wanted.connect(self._wish)
        self.post.answer.connect(self._hear)
        window.learnt_wanted.connect(self.oversight.open)
        window.passphrase_wanted.connect(self.oversight.choose_passphrase)
        self.post.status.connect(window.show_status)
        self.post.status.connect(self.oversight.on_status)
        self.post.status.connect(self._tell_spelling)

    def _companion(self, sheet: Sheet) -> Companion:
        """Whoever suggests and learns in this document."""
        if sheet not in self._companions:
            self._companions[sheet] = companion = Companion(
                sheet, self.window.control, self._discarded
            )
            companion.teacher.unlearnt.connect(self._wish)
            sheet.opened.connect(self.follow_choices)
            sheet.turned_private.connect(self.follow_choices)
            sheet.destroyed.connect(lambda: self._companions.pop(sheet, None))
        return self._companions[sheet]

    def _turn_to(self, sheet: Sheet) -> None:
        if self.companion.sheet is not sheet:
            self.companion.rest()
        self.companion = self._companion(sheet)
        self.companion.follow(self.window.settings)
        self._use(self._engine)

    def _hear(self, answer: Answer) -> None:
        self.companion.suggester.on_answer(answer)

    def _walk(self, step: int) -> None:
        self.companion.suggester.walk(step)

    def _read_again(self) -> None:
        self.companion.assistant.read_again()

    def follow_choices(self) -> None:
        """Let everyone follow the user's choices; start the model where it is needed now."""
        self.companion.follow(self.window.settings)
        self._use(self._engine)
        self._start_where_needed()

    def _start_where_needed(self) -> None:
        if self._painted and self._engine is None and not self._failed:
            self.start_engine()

    def start_engine(self) -> None:
        """Load the model, if there is something for it to do."""
        wanted = self.companion.assistant.suggests or self.window.settings.learn
        if not (wanted or self._errands):
            self.window.show_status(Status(Phase.READY))
            self._tell_spelling(Status(Phase.READY))
            return
        try:
            eagerness = self.window.settings.eagerness
            engine = self._start_engine(eagerness, self.post.answer.emit, self.post.status.emit)
        except Exception as error:  # whatever is wrong with the model, the editor edits
            self._failed = True  # it is not tried again
            self.window.show_status(Status(Phase.FAILED, f"No suggestions: {_one_line(error)}"))
            self._tell_spelling(Status(Phase.FAILED))
            return
        self._use(engine)

    def _tell_spelling(self, status: Status) -> None:
        """Underline nothing before it is known which words are the user's own."""
        if status.phase is Phase.LOADING:
            return
        read_lists: Lists | None = self._read_lists
        if self._engine is not None and status.phase is not Phase.FAILED:
            self.window.spelling.told(self._engine.listed_words())
            read_lists = None
        if self._find_dictionary is not None:
            self.window.spelling.begin(self._find_dictionary, read_lists)

    def _use(self, engine: Engine | None) -> None:
        self._engine = engine
        # Until the user was asked, what is written waits: it is learnt only after a yes.
        self.companion.use(engine, teaches=self.window.settings.welcomed)
        self._hand_over()

    def _hand_over(self) -> None:
        if self._engine is not None:
            errands, self._errands = self._errands, []
            for errand in errands:
                errand(self._engine)

    def _list_word(self, word: str, on: WordList | None) -> None:
        self._wish(Teaching("", listed=((word, on),)))

    def _wish(self, wish: Teaching | Forgetting) -> None:
        """Do what the user wants with what was learnt."""
        if isinstance(wish, Teaching):
            self._send(lambda engine: engine.teach(wish))
        else:
            self._send(lambda engine: engine.forget(wish))
        self.oversight.follow()

    def _send(self, errand: Callable[[Engine], None]) -> None:
        """Have the engine do this once it runs; start one for it."""
        self._errands.append(errand)
        self._start_where_needed()
        self._hand_over()
        if self._failed:
            self.window.say("Nothing can be forgotten or listed: the model cannot be started.")

    def _show_words(self) -> None:
        self.window.show_words(self._engine.listed_words() if self._engine else self._read_lists())

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
    """Open the editor on `files` and return the exit status when it is closed.

    With no `profile` named, what is learnt, settings, and drafts lie where the platform keeps such.
    """
    if not has_display():
        sys.stderr.write(_NO_DISPLAY + "\n")
        return 1
    sys.setswitchinterval(_SWITCH_SECONDS)
    with contextlib.suppress(OSError):
        os.chdir(working_folder())  # in a removed one, a library of torch ends the program
    reach_fcitx(os.environ)
    application = QApplication.instance() or QApplication(["foretype"])
    application.setApplicationName("foretype")
    QGuiApplication.setDesktopFileName("foretype")  # desktops know by it whose window it is
    QGuiApplication.setWindowIcon(QIcon(str(_ICON)))
    kept, folder = places(profile), settings.settings_folder(profile)
    if profile is None:
        _bring_earlier(kept.folder, folder)
    instance = Instance(kept.folder, runtime_folder())
    paths = [working_folder() / file for file in files]
    if not instance.is_first and instance.hand_over([str(path) for path in paths]):
        return 0
    starter = _engine_starter(profile, base)
    chosen, lists = settings.load(folder), _list_reader(profile)
    editor = Editor(chosen, QtDialogs(), starter, kept, dictionaries.find, lists)
    reporter = ErrorReporter(folder / "errors.log", editor.window)
    reporter.told.connect(editor.window.say)
    reporter.install()
    _begin(editor, instance, paths)

    def keep() -> None:
        settings.save(editor.window.settings, folder)

    editor.window.choices_changed.connect(keep)  # at once: the next end may be a kill
    try:
        return QApplication.exec()
    finally:
        editor.window.documents.memory.keeper.close()
        keep()
        instance.close()  # the next start need not wait for the model
        editor.close()
        reporter.uninstall()


def _bring_earlier(documents: Path, folder: Path) -> None:
    from model.profile.folder import default_folder

    for old, new in (("documents", documents), ("settings.json", folder / "settings.json")):
        bring(default_folder() / old, new)


def _begin(editor: Editor, instance: Instance, files: list[Path]) -> None:
    """Show what was open before, and these files; open more when later starts ask for it."""
    window, documents = editor.window, editor.window.documents
    Endings(documents.leave, documents.memory.keeper.flush, window)
    with documents.news.together():
        if instance.is_first:
            restore(documents)
        for path in files:
            documents.open(path)

    def on_asked(paths: list[Path]) -> None:
        documents.open_all(paths)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    instance.asked.connect(on_asked)
    window.show()


def _engine_starter(profile: Path | None, base: Path | None) -> StartEngine:
    def start(
        eagerness: Eagerness,
        on_answer: Callable[[object], None],
        on_status: Callable[[object], None],
    ) -> Engine:
        import model.engine
        from model.profile.folder import default_folder

        folder = profile or default_folder()
        engine = model.engine.Engine(folder, base, eagerness, on_answer, on_status)
        engine.start()
        return engine

    return start


def _list_reader(profile: Path | None) -> Lists:
    """Reads the user's lists where no engine serves them; a locked profile has none to read."""

    def read() -> Mapping[str, WordList]:
        from model.errors import ModelError
        from model.profile.folder import default_folder
        from model.profile.store import Profile
        from model.profile.word_files import listed

        with (
            contextlib.suppress(ModelError),
            Profile.open(profile or default_folder(), writable=False) as opened,
        ):
            return listed(opened)
        return {}

    return read


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
