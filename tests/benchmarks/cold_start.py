"""From the start of the process to the first paint, and to the first suggestion.

Each run is a process of its own with an empty profile; the first is thrown away. Run:
python tests/benchmarks/cold_start.py
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = "Thank you for your "
PATIENCE_SECONDS = 60


def child(started: float) -> None:
    """Run the editor as `main.py` does, and print when what was there."""
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    import main
    from editor.window import Window

    seen: dict[str, float | None] = {"paint": None, "ready": None, "suggestion": None}

    def now() -> float:
        return (time.time() - started) * 1000

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and seen["paint"] is None:
                QTimer.singleShot(0, first_paint)
            return False

    def first_paint() -> None:
        if seen["paint"] is None:
            seen["paint"] = now()
            application.removeEventFilter(watch)
            timer.start(5)

    def look() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
        view, state = window.view, window._model_label.text()
        if view.ghost:
            seen["suggestion"] = now()
        elif seen["ready"] is None and state in ("Ready", "Learning"):
            seen["ready"] = now()
            QTest.keyClicks(view, START)
        if view.ghost or state == "No suggestions" or now() > PATIENCE_SECONDS * 1000:
            timer.stop()
            view.document().setModified(False)
            application.quit()

    application = QApplication(["foretype"])
    watch, timer = Watch(), QTimer()
    application.installEventFilter(watch)
    timer.timeout.connect(look)
    profile = Path(os.environ["FORETYPE_PROFILE"])
    main.open_editor([], profile, None)
    print(json.dumps(seen))


def measure() -> dict[str, float | None]:
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        profile.mkdir()
        (profile / "settings.json").write_text('{"eagerness": "eager"}')
        environment = {**os.environ, "HOME": folder, "FORETYPE_PROFILE": str(profile)}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        environment.setdefault("FORETYPE_NO_KEYRING", "1")
        command = [sys.executable, __file__, "--child", str(time.time())]
        done = subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
    answer: dict[str, float | None] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return
    rows = [measure() for _ in range(options.runs + 1)][1:]
    names = {
        "paint": "first paint",
        "ready": "model ready",
        "suggestion": f"ghost after {START!r}",
    }
    print(f"{'ms from the start':>34} {'median':>8} {'least':>8} {'most':>8}")
    for name, words in names.items():
        times = [row[name] for row in rows]
        known = [time for time in times if time is not None]
        if len(known) < len(times):
            print(f"{words:>34} {'-':>8}  in {len(times) - len(known)} of {len(times)} runs")
        else:
            print(
                f"{words:>34} {statistics.median(known):8.0f} {min(known):8.0f} {max(known):8.0f}"
            )


if __name__ == "__main__":
    main()
