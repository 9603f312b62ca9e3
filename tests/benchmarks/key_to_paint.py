"""From a key to the painted page: our page with suggestions on, off, and a plain QPlainTextEdit.

All three hold the same document in a column of the same width and take the same keys in turns, in
one process, so that whatever else the machine does falls on all. Each key moves a ghost along and
brings another of up to 40 characters, which often wraps. As in the program, the answer that brings
it comes after the letter was painted: `answer` is the time from there to the painted ghost, `both`
that of key and answer together. The caret is in the middle of the document, where ghosts must not
push what is below, or with --end at its end. With --spelling our pages underline every word that
is of an odd length, far more than anybody misspells. Run: python -m tests.benchmarks.key_to_paint
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from editor.rules.silence import Rules
from editor.spelling.spelling import Spelling
from editor.spelling.underlines import Underlines
from editor.suggesting.suggester import Suggester
from editor.teaching.teacher import Teacher
from editor.theme import writing_font
from editor.view.textview import TextView
from tests.editor.fake_engine import FakeEngine

PARAGRAPH = "The harbour lay still in the early light, and nobody had yet opened a shutter. " * 7
TYPED = "all the words that a person may write in one go without ever looking up from the page "
TURN = 50

Times = tuple[float, float]


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


class OddWords:
    """A dictionary without words of an odd length."""

    def knows(self, word: str) -> bool:
        return len(word) % 2 == 0

    def proposals(self, _word: str) -> list[str]:
        return []


def underline(page: TextView) -> None:
    spelling = Spelling()
    spelling.use(OddWords())
    Underlines(page, spelling).turn(on=True)


def ours(*, suggests: bool) -> tuple[TextView, FakeEngine]:
    page = TextView()
    suggester = Suggester(page, page, Rules(delay_ms=0))
    teacher = Teacher(page, parent=page)
    engine = FakeEngine(expect, suggester.on_answer, at_once=False)
    if suggests:
        suggester.use(engine)
    teacher.use(engine)
    page.edited.connect(teacher.on_edited)
    page.entered.connect(suggester.on_entered)
    page.entered.connect(teacher.on_entered)
    page.strayed.connect(suggester.on_strayed)
    return page, engine


def prepare(page: QPlainTextEdit, text: str, *, at_end: bool, width: int = 900) -> Paints:
    """Open the text and put the caret on an empty line in the middle or at the end of it."""
    if isinstance(page, TextView):
        page.set_text(text)
        page.findChild(Teacher).on_opened("benchmark")
        page.set_writing_font(writing_font())
    else:
        page.setPlainText(text)
        page.setFont(writing_font())
    page.resize(width, 700)
    page.show()
    cursor = page.textCursor()
    middle = page.document().findBlock(len(text) - 2 if at_end else len(text) // 2)
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


def painted(page: QPlainTextEdit, paints: Paints, deed: Callable[[], object]) -> Times:
    """Milliseconds, wall and CPU, from a deed to the end of the paint it caused."""
    seen, start, computed = paints.count, time.perf_counter(), time.thread_time()
    deed()
    while paints.count == seen:
        QApplication.processEvents()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - computed) * 1000


def press(page: QPlainTextEdit, character: str) -> None:
    key = Qt.Key.Key_Space if character == " " else Qt.Key(ord(character.upper()))
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
    QApplication.sendEvent(page, event)


def percentiles(times: list[float]) -> tuple[float, float, float]:
    cuts = statistics.quantiles(times, n=100)
    return cuts[49], cuts[94], cuts[98]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the document")
    parser.add_argument("--keys", type=int, default=1000, help="keys for each page")
    parser.add_argument("--end", action="store_true", help="write at the end of the document")
    parser.add_argument("--spelling", action="store_true", help="underline words")
    options = parser.parse_args()
    application = QApplication([])  # noqa: F841 - it lives as long as its windows
    text = (PARAGRAPH + "\n") * (options.size // len(PARAGRAPH))
    (on, engine), (off, _) = ours(suggests=True), ours(suggests=False)
    if options.spelling:
        underline(on)
        underline(off)
    pages = {"QPlainTextEdit": QPlainTextEdit(), "off": off, "on": on}
    paints = {"on": prepare(on, text, at_end=options.end)}
    paints["off"] = prepare(off, text, at_end=options.end)
    # Lines of the same width, or else there are more of them to lay out and paint on one side.
    column = on.viewport().width() + on.verticalScrollBar().width()
    paints["QPlainTextEdit"] = prepare(
        pages["QPlainTextEdit"], text, at_end=options.end, width=column
    )
    times: dict[str, list[Times]] = {name: [] for name in (*pages, "answer", "both")}
    ghosts = 0
    for start in range(0, options.keys, TURN):
        for name, page in pages.items():
            page.activateWindow()
            settle()
            for index in range(start, start + TURN):
                typed = partial(press, page, TYPED[index % len(TYPED)])
                key = painted(page, paints[name], typed)
                times[name].append(key)
                if page is on and engine.requests:
                    answered = partial(engine.answer, engine.requests[-1])
                    engine.requests.clear()
                    answer = painted(page, paints[name], answered)
                    times["answer"].append(answer)
                    times["both"].append((key[0] + answer[0], key[1] + answer[1]))
                    ghosts += bool(on.ghost)
    assert ghosts > options.keys // 2, "the page showed few ghosts: the figures mean nothing"
    place = "end" if options.end else "middle"
    print(f"{len(text):,} characters, {options.keys} keys each at its {place}, {ghosts} ghosts")
    print(f"{'ms':>20} {'p50':>7} {'p95':>7} {'p99':>7}")
    for kind, which in (("wall", 0), ("CPU", 1)):
        rows = {name: percentiles([one[which] for one in own]) for name, own in times.items()}
        for name, row in rows.items():
            print(f"{kind:>4} {name:>15} " + " ".join(f"{figure:7.2f}" for figure in row))
        for name in ("off", "on", "both"):
            ratios = (a / b for a, b in zip(rows[name], rows["QPlainTextEdit"], strict=True))
            print(f"{kind:>4} {name:>7} / plain " + " ".join(f"{ratio:7.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
