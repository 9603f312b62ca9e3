"""The real editor in a process of its own, with orders from outside, to be killed or starved.

    python -m tests.faults.writer PROFILE [FILE ...]

Each line on the standard input is an order in JSON, and each is answered by a line that says how
the open documents are then. There is no model: it costs the suggestions, never the editor.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from editor.app import run
from editor.window import Window


def window() -> Window:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window))


def obey(order: str, *words: str) -> None:
    if order == "type":
        QTest.keyClicks(window().view, words[0])
    elif order == "caret":
        window().view.set_caret(int(words[0]))
    elif order == "open":
        window().documents.open(Path(words[0]))
    elif order == "press":  # a button of the box that is open
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if words[0] in one.text()).click()
    elif order == "do":
        action = window().findChild(QAction, words[0])
        assert isinstance(action, QAction), words[0]
        action.trigger()


def state() -> dict[str, object]:
    box = QApplication.activeModalWidget()
    return {
        "tabs": [
            {
                "name": sheet.name,
                "text": sheet.view.text(),
                "modified": sheet.modified,
                "private": sheet.private,
                "caret": sheet.view.caret(),
                "asks": sheet.change_bar.isVisibleTo(sheet),
            }
            for sheet in window().sheets.sheets()
        ],
        "current": window().sheets.currentIndex(),
        "said": window().statusBar().currentMessage(),
        "title": window().windowTitle(),
        "box": box.text() if isinstance(box, QMessageBox) else "",
        "dialog": isinstance(box, QDialog),
    }


def main(profile: Path, files: list[str]) -> int:
    application = QApplication(["writer"])
    heard = QSocketNotifier(0, QSocketNotifier.Type.Read)
    rest = b""

    def answer() -> None:
        print(json.dumps(state()), flush=True)

    def hear() -> None:
        nonlocal rest
        said = os.read(0, 65_536)
        if not said:
            os._exit(3)
        *lines, rest = (rest + said).split(b"\n")
        for line in lines:
            order = json.loads(line)
            if order[0] == "do":  # it may ask, and then waits for the answer
                print(json.dumps(state()), flush=True)
                obey(*order)
            else:
                obey(*order)
                answer()

    heard.activated.connect(hear)
    application.aboutToQuit.connect(lambda: heard.setEnabled(False))
    return run(files, profile, profile / "no base")


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), sys.argv[2:]))
