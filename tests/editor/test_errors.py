from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor import errors
from editor.errors import ErrorReporter


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "new" / "errors.log"


@pytest.fixture
def reporter(qtbot: QtBot, log: Path) -> Iterator[ErrorReporter]:
    reporter = ErrorReporter(log)
    reporter.install()
    yield reporter
    reporter.uninstall()


def fail(text: str) -> None:
    raise ValueError(f"cannot read {text}")


def test_an_error_is_said_and_noted_without_the_users_text(
    qtbot: QtBot, reporter: ErrorReporter, log: Path
) -> None:
    with qtbot.waitSignal(reporter.told) as told:
        try:
            fail("dear diary")
        except ValueError:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    assert str(log) in told.args[0]
    note = log.read_text()
    assert "builtins.ValueError" in note
    assert "in fail" in note
    assert "diary" not in note.replace('fail("dear diary")', "")


def test_so_is_one_in_a_thread(qtbot: QtBot, reporter: ErrorReporter, log: Path) -> None:
    with qtbot.waitSignal(reporter.told):
        thread = threading.Thread(target=fail, args=("x",))
        thread.start()
        thread.join()
    assert "in fail" in log.read_text()


def test_the_log_does_not_grow_for_ever(
    reporter: ErrorReporter, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "_LARGEST_LOG", 100)
    for _ in range(20):
        reporter.note(ValueError, None)
    assert log.stat().st_size < 200


def test_a_log_that_cannot_be_written_is_no_second_error(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("")
    ErrorReporter(tmp_path / "file" / "errors.log").note(ValueError, None)
