"""How late the window's event loop is: without the model, while it loads, and while it learns.

    python -m tests.benchmarks.event_loop [--base DIR]

A timer of 5 ms notes by how much each tick is late. Learning runs without a pause here.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from editor.menus import build_menus
from editor.settings import Settings
from editor.window import Window
from model.engine import Engine
from model.messages import Lesson, Phase, Status, Teaching
from tests.benchmarks.texts import TEXT

INTERVAL_MS = 5
SECONDS = 12.0


def lateness(application: QApplication, done: Callable[[float], bool]) -> list[float]:
    """Milliseconds by which each tick came late, until `done` of the seconds gone by."""
    late: list[float] = []
    last = started = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append(max(0.0, 1000 * (now - last) - INTERVAL_MS))
        last = now
        if done(now - started):
            application.quit()

    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=INTERVAL_MS)
    timer.timeout.connect(tick)
    timer.start()
    application.exec()
    timer.stop()
    return late


def report(name: str, late: list[float]) -> None:
    ordered = sorted(late)
    at = [ordered[min(len(ordered) - 1, len(ordered) * p // 1000)] for p in (500, 950, 990)]
    print(f"{name:16}" + "".join(f"{v:9.2f}" for v in (*at, ordered[-1])) + f"{len(late):9}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--base", type=Path)
    base = parser.parse_args().base
    sys.setswitchinterval(0.0005)
    application = QApplication([])
    window = Window(Settings(), None)  # type: ignore[arg-type]
    build_menus(window)
    window.show()
    statuses: list[Status] = []
    engine = Engine(None, base, "balanced", lambda answer: None, statuses.append)
    print(f"{'ms late':16}{'p50':>9}{'p95':>9}{'p99':>9}{'worst':>9}{'ticks':>9}")
    report("window alone", lateness(application, lambda s: s > SECONDS / 2))
    engine.start()
    loaded = lateness(application, lambda s: any(st.phase is Phase.READY for st in statuses))
    report("while loading", loaded)
    engine.teach(Teaching("a", tuple(Lesson(TEXT, "a") for _ in range(400))))
    lateness(application, lambda s: any(st.phase is Phase.LEARNING for st in statuses))
    report("while learning", lateness(application, lambda s: s > SECONDS))
    learning = statuses[-1].phase is Phase.LEARNING
    print("it learnt to the end of the measure" if learning else "LEARNING ENDED TOO SOON")
    engine.close()


if __name__ == "__main__":
    main()
