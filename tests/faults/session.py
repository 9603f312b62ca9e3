"""A whole session of use, with the base that ships: write, take a ghost, learn, forget, export.

    python -m tests.faults.session FOLDER

Ends with 0 where everything worked.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.app import run
from editor.dialogs.learnt import Learnt
from editor.window import Window
from model.commands import line
from model.messages import Forgetting

_PATIENCE = 120.0
_SETTINGS = {"welcomed": True, "eagerness": "eager", "delay_ms": 0}


def window() -> Window:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window))


def page() -> Learnt:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Learnt))


def write(folder: Path) -> Iterator[Callable[[], object]]:
    """The steps of a writer; each is done once what it returns is true."""
    yield lambda: window().isVisible()
    view = window().view
    QTest.keyClicks(view, "Tarethia came. I look forward to hearing from")
    yield lambda: view.ghost
    view.accept_all()
    QTest.keyClicks(view, " Tarethia went.")
    window().documents.save()
    yield lambda: (folder / "a.txt").read_text().startswith("Tarethia came.")
    window().word_listed.emit("moist", "blocked")
    window().forgetting_wanted.emit(Forgetting(word="tarethia"))
    yield lambda: "Forgot" in window().statusBar().currentMessage()
    window().learnt_wanted.emit()
    yield lambda: page().summary.text().startswith("Lessons:")
    page().close()
    window().documents.new()
    window().documents.open(folder / "a.txt")
    window().close()


class Driver:
    """Takes one step after the other while the editor runs."""

    def __init__(self, steps: Iterator[Callable[[], object]]) -> None:
        self._steps, self._end = steps, time.monotonic() + _PATIENCE
        self._done: Callable[[], object] = lambda: True
        self.finished = False
        self._timer = QTimer(interval=20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if time.monotonic() > self._end:
            print("waited in vain", file=sys.stderr)
            QApplication.exit(3)
        elif self._done():
            try:
                self._done = next(self._steps)
            except StopIteration:
                self.finished = True
                self._timer.stop()


def edit(folder: Path) -> bool:
    """Write in the editor; whether all of it worked."""
    profile = folder / "profile"
    profile.mkdir(mode=0o700)
    (profile / "settings.json").write_text(json.dumps(_SETTINGS))
    application = QApplication(["session"])
    application.setQuitOnLastWindowClosed(True)
    driver = Driver(write(folder))
    return run([str(folder / "a.txt")], profile, None) == 0 and driver.finished


def command(folder: Path) -> bool:
    """Use every command that a user has."""
    text, export = folder / "b.txt", folder / "export"
    text.write_text("The keeper lit the lamp. The gulls were loud. " * 3)
    commands = (
        ("learn", text),
        ("suggest", "The keeper lit the "),
        ("forget", "--word", "zorblax"),
        ("evaluate", text, "--max-chars", "40"),
        ("profile", "info"),
        ("profile", "export", export),
        ("profile", "import", export),
        ("profile", "passphrase"),
        ("profile", "passphrase", "--remove"),
        ("forget", "--all"),
    )
    sys.stdin = io.StringIO("of the file\n" * 2 + "of the profile\n" * 2)
    place = ("--profile", str(folder / "profile"))
    codes = [line.run([*map(str, words), *place], lambda *_: 9) for words in commands]
    return codes == [0] * len(commands)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    sys.exit(0 if edit(place) and command(place) else 1)
