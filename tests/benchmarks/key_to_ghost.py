"""From a key to the painted ghost that answers it, with the real model and no delay.

    python -m tests.benchmarks.key_to_ghost [--base DIR] [--keys N]

Idle, and while the weights learn without a pause: in the editor they move only while nobody
types, so the second is the worst case. Keys come every 60 ms. Counted are those whose answer
changes what is on the page; a ghost that is typed along is there with the key itself. CPU is that
of the window's and the engine's thread together: what the time would be on a machine at rest.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import model.engine
from editor.app import Editor
from editor.rules.silence import Rules
from editor.settings import Settings
from model.messages import Answer, Lesson, Phase, Status, Teaching
from tests.benchmarks.texts import TEXT

PACE_SECONDS = 0.06
PATIENCE_SECONDS = 2.0


class Watch(QObject):
    """Notes when the newest answer came, and when the page was painted after it."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor.window)
        self.view = editor.window.view
        self.ticket = 0
        self.seen = ""  # the ghost of the last frame
        self.painted = 0.0  # when it was painted
        editor.post.answer.connect(self.on_answer)
        self.statuses: list[Status] = []
        editor.post.status.connect(self.statuses.append)
        editor.window.view.viewport().installEventFilter(self)

    def on_answer(self, answer: Answer) -> None:
        self.ticket = answer.ticket

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.view.ghost != self.seen:
            self.seen, self.painted = self.view.ghost, time.perf_counter()
        return False

    def wait_for(self, phase: Phase) -> None:
        while not any(status.phase is phase for status in self.statuses):
            QApplication.processEvents()
            time.sleep(0.01)
        self.statuses.clear()


def cpu(editor: Editor) -> float:
    """Seconds that the window's thread and the engine's have computed."""
    engine = editor._engine
    assert engine is not None
    clock = time.pthread_getcpuclockid(engine._asking.ident)
    return time.thread_time() + time.clock_gettime(clock)


def type_through(editor: Editor, watch: Watch, text: str) -> list[tuple[float, float]]:
    """Milliseconds, wall and CPU, from each key of `text` to the paint of its ghost."""
    view, times = editor.window.view, []
    for character in text:
        asked = watch.ticket
        start, computed = time.perf_counter(), cpu(editor)
        QTest.keyClicks(view, character)
        along = view.ghost
        while watch.ticket <= asked and time.perf_counter() < start + PATIENCE_SECONDS:
            QApplication.processEvents()
            time.sleep(0.0005)
        if view.ghost and view.ghost != along:
            while watch.seen != view.ghost:
                QApplication.processEvents()
            times.append((1000 * (watch.painted - start), 1000 * (cpu(editor) - computed)))
        while time.perf_counter() < start + PACE_SECONDS:
            QApplication.processEvents()
            time.sleep(0.001)
    return times


def report(name: str, times: list[tuple[float, float]], keys: int) -> None:
    for kind, figures in zip(("wall", "CPU"), zip(*times, strict=True), strict=True):
        ordered = sorted(figures)
        shown = [ordered[min(len(ordered) - 1, len(ordered) * p // 100)] for p in (50, 95, 99)]
        row = "".join(f"{figure:9.1f}" for figure in shown)
        print(f"{name:16}{kind:>5}{row}{len(times):8} / {keys}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--base", type=Path)
    parser.add_argument("--keys", type=int, default=500)
    args = parser.parse_args()
    sys.setswitchinterval(0.0005)
    application = QApplication([])

    def start(eagerness, on_answer, on_status):  # type: ignore[no-untyped-def]
        engine = model.engine.Engine(None, args.base, eagerness, on_answer, on_status)
        engine.start()
        return engine

    rules = Rules(delay_ms=0, least_saved=1, first_sentence=True)
    editor = Editor(Settings("eager", rules=rules), None, start)  # type: ignore[arg-type]
    watch = Watch(editor)
    editor.window.show()
    watch.wait_for(Phase.READY)
    text = (" ".join(TEXT.split()) + " ") * (1 + args.keys // len(TEXT))
    type_through(editor, watch, text[:40])
    print(f"{'ms':21}{'p50':>9}{'p95':>9}{'p99':>9}{'ghosts':>8} / keys")
    report("idle", type_through(editor, watch, text[40 : 40 + args.keys]), args.keys)
    model.engine._QUIET_SECONDS = 0.0  # learn also between two keys
    engine = editor._engine
    assert engine is not None
    engine.teach(Teaching("a", tuple(Lesson(TEXT, "a") for _ in range(800))))
    watch.wait_for(Phase.LEARNING)
    times = type_through(editor, watch, ("Once more. " + text)[: args.keys])
    report("while learning", times, args.keys)
    learning = watch.statuses and watch.statuses[-1].phase is Phase.LEARNING
    print("it learnt to the end of the measure" if learning else "LEARNING ENDED TOO SOON")
    editor.window.view.document().setModified(False)
    editor.close()
    application.quit()


if __name__ == "__main__":
    main()
