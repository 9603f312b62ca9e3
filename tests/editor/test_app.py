from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.app import Editor
from editor.rules.aids import Aids
from editor.rules.control import Control
from editor.settings import Settings
from model.messages import (
    Answer,
    Candidate,
    Eagerness,
    Forgetting,
    Phase,
    Status,
)
from tests.editor.answers import Answers
from tests.editor.building import build
from tests.editor.clock import Clock
from tests.editor.fake_engine import FakeEngine, continues

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def started() -> list[FakeEngine]:
    return []


@pytest.fixture
def editor(qtbot: QtBot, started: list[FakeEngine]) -> Iterator[Editor]:
    def start(
        eagerness: Eagerness,
        on_answer: Callable[[Answer], None],
        on_status: Callable[[Status], None],
    ) -> FakeEngine:
        started.append(FakeEngine(continues("the quick brown fox"), on_answer))
        started[-1].set_eagerness(eagerness)
        on_status(Status(Phase.READY))
        return started[-1]

    editor = Editor(Settings("eager"), Answers(), start)
    qtbot.addWidget(editor.window, before_close_func=lambda w: w.view.document().setModified(False))
    yield editor
    editor.close()


def test_the_engine_starts_after_the_first_paint(
    qtbot: QtBot, editor: Editor, started: list[FakeEngine]
) -> None:
    qtbot.wait(20)
    assert started == []
    editor.window.show()
    qtbot.waitUntil(lambda: len(started) == 1)
    assert started[0].eagerness == "eager"
    assert editor.window._model_label.text() == "Ready"


def test_a_key_becomes_a_ghost_and_a_sentence_a_lesson(
    qtbot: QtBot, editor: Editor, started: list[FakeEngine], tmp_path: Path
) -> None:
    editor.window.show()
    qtbot.waitUntil(lambda: bool(started))
    editor.window.documents.open(tmp_path / "a.txt")
    QTest.keyClicks(editor.window.view, "the qu")
    qtbot.waitUntil(lambda: editor.window.view.ghost == "ick brown fox")
    editor.window.view.accept_all()
    editor.window.documents.save()
    assert (tmp_path / "a.txt").read_text() == "the quick brown fox "
    (teaching,) = started[0].teachings
    assert teaching.document == str(tmp_path / "a.txt")
    (lesson,) = teaching.lessons
    assert (lesson.text, lesson.accepted) == ("the quick brown fox", ((6, 19),))


def test_choices_reach_the_engine(qtbot: QtBot, editor: Editor, started: list[FakeEngine]) -> None:
    editor.window.show()
    qtbot.waitUntil(lambda: bool(started))
    editor.window.choose_eagerness("quiet")
    assert started[0].eagerness == "quiet"
    editor.close()
    assert started[0].closed
    editor.window.choose_eagerness("eager")
    QTest.keyClicks(editor.window.view, "the qu")
    assert started[0].requests == []


def test_wishes_wait_for_the_engine(
    qtbot: QtBot, editor: Editor, started: list[FakeEngine]
) -> None:
    editor.window.word_listed.emit("tessaly", "added")
    editor.window.forgetting_wanted.emit(Forgetting(word="x"))
    assert started == []
    editor.window.show()
    qtbot.waitUntil(lambda: bool(started))
    qtbot.waitUntil(lambda: bool(started[0].teachings))
    assert started[0].wishes == [Forgetting(word="x")]
    editor.window.word_listed.emit("moist", "blocked")
    listed = [teaching.listed for teaching in started[0].teachings]
    assert listed == [(("tessaly", "added"),), (("moist", "blocked"),)]
    editor.window.words_wanted.emit()
    dialogs = editor.window.dialogs
    assert isinstance(dialogs, Answers)
    assert dialogs.shown_words == {"tessaly": "added", "moist": "blocked"}


def test_closing_the_window_settles_what_was_written(
    qtbot: QtBot, editor: Editor, started: list[FakeEngine], tmp_path: Path
) -> None:
    editor.window.show()
    qtbot.waitUntil(lambda: bool(started))
    QTest.keyClicks(editor.window.view, "I was going to ")
    editor.window.view.document().setModified(False)
    editor.window.close()
    assert started[0].learnt == ["I was going to"]


def test_an_engine_that_cannot_start_leaves_an_editor_that_edits(qtbot: QtBot) -> None:
    def start(*_: object) -> FakeEngine:
        raise RuntimeError("the base model\nis missing")

    editor = Editor(Settings(), Answers(), start)
    qtbot.addWidget(editor.window, before_close_func=lambda w: w.view.document().setModified(False))
    editor.window.show()
    qtbot.waitUntil(lambda: editor.window._model_label.text() == "No suggestions")
    assert "base model is missing" in editor.window._notice.text()
    QTest.keyClicks(editor.window.view, "still here")
    assert editor.window.view.text() == "still here"
    editor.close()


def choose(editor: Editor, name: str) -> None:
    action = editor.window.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def test_off_asks_nothing_and_starts_nothing(qtbot: QtBot, started: list[FakeEngine]) -> None:
    editor = build(qtbot, Settings(learn=False, control=Control("off")), started)
    QTest.keyClicks(editor.window.view, "the qu")
    qtbot.wait(20)
    assert started == []
    choose(editor, "suggest-quieter")
    assert started[0].eagerness == "quiet"
    QTest.keyClicks(editor.window.view, "i")
    qtbot.waitUntil(lambda: editor.window.view.ghost == "ck brown fox")
    choose(editor, "suggest-off")
    assert editor.window.view.ghost == ""
    asked = len(started[0].requests)
    QTest.keyClicks(editor.window.view, "c")
    assert len(started[0].requests) == asked
    editor.close()


def test_a_snooze_ends_by_itself(qtbot: QtBot, started: list[FakeEngine]) -> None:
    editor = build(qtbot, Settings(), started)
    now = Clock(time.time())
    editor.companion.assistant._clock = now
    choose(editor, "suggest-snooze")
    assert not editor.companion.assistant.suggests
    assert editor.companion.assistant._waking.isActive()
    now.now += 601
    editor.companion.assistant._follow()
    assert editor.companion.assistant.suggests
    assert editor.window.control.text() == "Suggestions: on"
    editor.close()


def test_nothing_is_learnt_before_a_yes(qtbot: QtBot, started: list[FakeEngine]) -> None:
    editor = build(qtbot, Settings(welcomed=False), started)
    QTest.keyClicks(editor.window.view, "We rowed out. ")
    assert started[0].teachings == []
    assert editor.window._welcome is not None
    editor.window._welcome.yes.click()
    QTest.keyClicks(editor.window.view, "It rained. ")
    assert started[0].learnt == ["We rowed out.", "It rained."]
    editor.close()


def test_after_a_no_nothing_is_learnt(qtbot: QtBot, started: list[FakeEngine]) -> None:
    editor = build(qtbot, Settings(welcomed=False), started)
    QTest.keyClicks(editor.window.view, "We rowed out. ")
    assert editor.window._welcome is not None
    editor.window._welcome.no.click()
    QTest.keyClicks(editor.window.view, "It rained. ")
    editor.window.view.document().setModified(False)
    editor.window.close()
    assert started[0].teachings == []
    editor.close()


def test_motor_mode_and_the_list_reach_the_page(qtbot: QtBot, started: list[FakeEngine]) -> None:
    aids = Aids(motor=True, words="fixed", words_shown=3)
    editor = build(qtbot, Settings(aids=aids), started)
    assert started[0].eagerness == "eager"
    started[0].candidates = tuple(Candidate(w, w, 0.9) for w in ("one", "two", "three", "four"))
    QTest.keyClicks(editor.window.view, "x ")
    qtbot.waitUntil(lambda: editor.window.sheets.current.words.count == 3)
    QTest.keyClicks(editor.window.view, "2")
    assert editor.window.view.text() == "x two "
    assert (
        editor.window.sheets.current.words.geometry().top()
        >= editor.window.view.geometry().bottom()
    )
    editor.close()


def test_each_document_has_its_own_suggestions_and_lessons(
    qtbot: QtBot, started: list[FakeEngine]
) -> None:
    editor = build(qtbot, Settings(), started)
    window, engine = editor.window, started[0]
    first = window.sheets.current
    QTest.keyClicks(first.view, "I went home. the qu")
    second = window.documents.new()
    assert engine.learnt == ["I went home."]
    engine.at_once = False
    QTest.keyClicks(second.view, "the qu")
    late = engine.requests[-1]
    window.sheets.setCurrentWidget(first)
    engine.answer(late)  # it was for the other document
    assert (first.view.ghost, second.view.ghost) == ("", "")
    asked, taught = len(engine.requests), len(engine.teachings)
    second.view.insertPlainText("unseen. ")
    assert (len(engine.requests), len(engine.teachings)) == (asked, taught)
    engine.at_once = True
    QTest.keyClicks(second.view, "typed behind the back")
    assert len(engine.requests) == asked
    choose(editor, "suggest-off-here")
    assert not editor.companion.assistant.suggests
    window.sheets.setCurrentWidget(second)
    assert editor.companion.assistant.suggests
    assert window.control.text() == "Suggestions: on"
    window.sheets.setCurrentWidget(first)
    assert window.control.text() == "Suggestions: off here"
    editor.close()


def test_a_hidden_document_waits_for_nothing(qtbot: QtBot, started: list[FakeEngine]) -> None:
    editor = build(qtbot, Settings(), started)
    QTest.keyClicks(editor.window.view, "the quick")
    hidden = editor.companion
    editor.window.documents.new()
    assert not any(timer.isActive() for timer in hidden.findChildren(QTimer))
    assert hidden.suggester._engine is None
    editor.close()


def test_nothing_is_learnt_from_a_private_document(qtbot: QtBot, started: list[FakeEngine]) -> None:
    editor = build(qtbot, Settings(), started)
    sheet = editor.window.sheets.current
    sheet.private = True
    QTest.keyClicks(sheet.view, "I went home. the qu")
    qtbot.waitUntil(lambda: sheet.view.ghost == "" and bool(started[0].requests))
    sheet.private = False
    QTest.keyClicks(sheet.view, "ick. Bye now. ")
    assert started[0].learnt == ["Bye now."]
    editor.close()


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    child = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=ROOT,
        env={name: value for name, value in child.items() if value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are named on Linux")
def test_without_a_display_one_line_says_what_to_do() -> None:
    done = run(
        "from editor.app import run; raise SystemExit(run([], None, None))",
        DISPLAY="",
        WAYLAND_DISPLAY="",
        QT_QPA_PLATFORM="",
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "xvfb-run" in done.stderr
    assert "suggest" in done.stderr


def test_torch_is_not_imported_before_the_first_paint(tmp_path: Path) -> None:
    done = run(
        f"""
        import sys
        from pathlib import Path
        from PySide6.QtCore import QEvent, QObject, QTimer
        from PySide6.QtWidgets import QApplication
        from editor.app import run

        class Watch(QObject):
            painted = False
            def eventFilter(self, watched, event):
                if event.type() == QEvent.Type.Paint and not Watch.painted:
                    Watch.painted = True
                    heavy = ("torch", "sentencepiece", "model.engine", "numpy")
                    print([name for name in sys.modules if name.startswith(heavy)])
                    QTimer.singleShot(50, application.quit)
                return False

        application = QApplication(["test"])
        watch = Watch()
        application.installEventFilter(watch)
        profile = Path({str(tmp_path / "profile")!r})
        raise SystemExit(run([], profile, profile / "no base"))
        """
    )
    assert done.stdout == "[]\n", done.stderr
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "profile" / "settings.json").exists()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a working folder cannot be removed")
def test_a_start_in_a_removed_folder_goes_on_at_home(home: Path) -> None:
    (home / "removed").mkdir()
    done = run(
        f"""
        import os, sys
        from pathlib import Path
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        sys.path[0] = os.getcwd()
        from editor.app import run
        from editor.window import Window

        def look() -> None:
            (window,) = (one for one in application.topLevelWidgets() if isinstance(one, Window))
            print(window.sheets.current.path, Path.cwd())
            application.exit(0)

        home = Path({str(home)!r})
        os.chdir(home / "removed")
        (home / "removed").rmdir()
        application = QApplication(["test"])
        QTimer.singleShot(300, look)
        raise SystemExit(run(["a.txt"], home / "profile", home / "no base"))
        """,
        HOME=str(home),
    )
    assert done.stdout == f"{home / 'a.txt'} {home}\n", done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these places are Linux's")
def test_without_a_named_profile_everything_lies_where_the_platform_keeps_such(home: Path) -> None:
    done = run(
        f"""
        import time
        from pathlib import Path
        from PySide6.QtCore import QTimer
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication
        from editor.app import run
        from editor.window import Window

        def write() -> None:
            (window,) = (one for one in application.topLevelWidgets() if isinstance(one, Window))
            QTest.keyClicks(window.view, "in no file")
            while not list(home.rglob("profile.db")):
                application.processEvents()
                time.sleep(0.02)
            window.documents.leave()
            application.exit(0)

        home = Path({str(home)!r})
        application = QApplication(["test"])
        QTimer.singleShot(300, write)
        raise SystemExit(run([], None, home / "no base"))
        """,
        FORETYPE_PROFILE="",
    )
    assert done.returncode == 0, done.stderr
    (settings_file,) = home.rglob("settings.json")
    (draft,) = home.rglob("*.draft")
    (profile,) = home.rglob("profile.db")
    assert settings_file.is_relative_to(home / "config" / "foretype")
    assert draft.is_relative_to(home / "state" / "foretype" / "documents")
    assert profile.parent == home / "data" / "foretype" / "profile"
