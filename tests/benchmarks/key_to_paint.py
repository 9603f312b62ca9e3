"""From a key to the painted page: our page with ghosts beside a plain QPlainTextEdit.

Both hold the same document and take the same keys in turns, in one process, so that whatever
else the machine does falls on both. Run: python tests/benchmarks/key_to_paint.py
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from editor.suggester import Suggester
from editor.teacher import Teacher
from editor.textview import TextView
from editor.theme import writing_font
from tests.editor.fake_engine import FakeEngine

PARAGRAPH = "The harbour lay still in the early light, and nobody had yet opened a shutter. " * 7
TYPED = "all the words that a person may write in one go without ever looking up from the page "
TURN = 50


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, page: QPlainTextEdit) -> None:
        super().__init__(page)
        self.count = 0
        page.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def expect(before: str) -> str:
    """A ghost at every key: what is typed next, and a few words more."""
    line = before.rsplit("\n", 1)[-1]
    at = len(line) % len(TYPED)
    return (TYPED + TYPED)[at : at + 40]


def ours() -> TextView:
    page = TextView()
    suggester, teacher = Suggester(page, page), Teacher(page, parent=page)
    engine = FakeEngine(expect, suggester.on_answer)
    suggester.use(engine)
    teacher.use(engine)
    page.edited.connect(teacher.on_edited)
    page.entered.connect(suggester.on_entered)
    page.entered.connect(teacher.on_entered)
    page.strayed.connect(suggester.on_strayed)
    return page


def prepare(page: QPlainTextEdit, text: str) -> Paints:
    """Open the text and put the caret on an empty line in the middle of it."""
    if isinstance(page, TextView):
        page.set_text(text)
        page.findChild(Teacher).on_opened(None)
        page.set_writing_font(writing_font())
    else:
        page.setPlainText(text)
        page.setFont(writing_font())
    page.resize(900, 700)
    page.show()
    cursor = page.textCursor()
    middle = page.document().findBlock(len(text) // 2)
    cursor.setPosition(middle.position() + middle.length() - 1)
    page.setTextCursor(cursor)
    page.centerCursor()
    cursor.insertText("\n")
    page.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    paints = Paints(page)
    settle()
    return paints


def settle() -> None:
    for _ in range(20):
        QApplication.processEvents()


def press(page: QPlainTextEdit, character: str, paints: Paints) -> float:
    """Milliseconds from the key to the end of the paint it caused."""
    key = Qt.Key.Key_Space if character == " " else Qt.Key(ord(character.upper()))
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
    seen, start = paints.count, time.perf_counter()
    QApplication.sendEvent(page, event)
    while paints.count == seen:
        QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def percentiles(times: list[float]) -> tuple[float, float, float]:
    cuts = statistics.quantiles(times, n=100)
    return cuts[49], cuts[94], cuts[98]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the document")
    parser.add_argument("--keys", type=int, default=1000, help="keys for each page")
    options = parser.parse_args()
    application = QApplication([])
    text = (PARAGRAPH + "\n") * (options.size // len(PARAGRAPH))
    pages: dict[str, QPlainTextEdit] = {"QPlainTextEdit": QPlainTextEdit(), "ours": ours()}
    paints = {name: prepare(page, text) for name, page in pages.items()}
    times: dict[str, list[float]] = {name: [] for name in pages}
    for start in range(0, options.keys, TURN):
        for name, page in pages.items():
            page.activateWindow()
            settle()
            for index in range(start, start + TURN):
                character = TYPED[index % len(TYPED)]
                times[name].append(press(page, character, paints[name]))
    view = pages["ours"]
    assert isinstance(view, TextView)
    assert view.ghost, "the page showed no ghost: the figures mean nothing"
    plain, own = percentiles(times["QPlainTextEdit"]), percentiles(times["ours"])
    print(f"{len(text):,} characters, {options.keys} keys each, {application.platformName()}")
    print(f"{'ms':>16} {'p50':>7} {'p95':>7} {'p99':>7}")
    for name, row in (("QPlainTextEdit", plain), ("ours", own)):
        print(f"{name:>16} " + " ".join(f"{figure:7.2f}" for figure in row))
    ratios = (mine / theirs for mine, theirs in zip(own, plain, strict=True))
    print(f"{'ratio':>16} " + " ".join(f"{ratio:7.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
