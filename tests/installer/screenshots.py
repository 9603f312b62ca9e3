"""Takes the pictures of README and AppStream, of the real window.

python -m tests.installer.screenshots; look at them before they are committed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.installer.screen import ROOT, Screen, screen, wait_for

WIDTH, HEIGHT = 760, 420
TEXT = (
    "The harbour lay still when we came down to the boats. Nobody spoke.\n\n"
    "Dear Anna,\n\n"
    "Thank you for your letter. We are well, and the roof is mended at last. "
    "If you have any questions, please do not hesi"
)
_START = """
import sys
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
application = QApplication(["foretype"])
if sys.argv.pop(1) == "dark":
    palette = QPalette(QColor("#2b2d30"))  # Qt finds the rest: light text, darker edges
    palette.setColor(QPalette.ColorRole.Base, QColor("#1b1d1f"))
    application.setPalette(palette)
import main
raise SystemExit(main.main())
"""


def take(name: str, look: str, scale: int) -> None:
    """One picture: two tabs, a letter, and what is expected next."""
    with tempfile.TemporaryDirectory() as folder, screen(Path(folder)) as seen:
        profile = Path(folder) / "profile"
        profile.mkdir(mode=0o700)
        chosen = {"window_width": WIDTH, "window_height": HEIGHT, "eagerness": "eager"}
        (profile / "settings.json").write_text(json.dumps(chosen))
        letter = Path(folder) / "Letter to Anna.md"
        letter.write_text(TEXT[:-4])
        environment = {
            **os.environ,
            "DISPLAY": seen.name,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(scale),
            "FORETYPE_PROFILE": str(profile),
            "FORETYPE_NO_KEYRING": "1",
        }
        notes = Path(folder) / "Notes.txt"
        notes.write_text("Nets, rope, paint.\n")
        command = [sys.executable, "-c", _START, look, str(notes), str(letter)]
        editor = subprocess.Popen(command, cwd=ROOT, env=environment)
        seen.focus()
        time.sleep(8)  # the model is there
        seen.key("ctrl+End")
        seen.type(TEXT[-4:])
        wait_for(lambda: _cut(seen, scale, name), "the picture")
        editor.terminate()
        editor.wait()


def _cut(seen: Screen, scale: int, name: str) -> bool:
    """Keep the window's part of the screen, once the ghost has had its time."""
    from PySide6.QtGui import QImage

    time.sleep(2)
    seen.look("whole")
    picture = QImage(str(seen.pictures / "whole.png")).copy(0, 0, WIDTH * scale, HEIGHT * scale)
    return picture.save(str(ROOT / "resources" / name))


if __name__ == "__main__":
    take("screenshot.png", "light", 1)
    take("screenshot-dark.png", "dark", 2)
