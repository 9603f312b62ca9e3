"""The program as it is started, from outside: window, first ghost, memory while somebody types.

python -m tests.benchmarks.whole_program [--minutes N] [PROGRAM ...]

PROGRAM is this checkout if not named; the packaged one is build/tree/usr/bin/foretype. Needs Xvfb
and xdotool. The time of the ghost includes that of the pictures in which it is looked for.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.benchmarks.texts import TEXT
from tests.installer.screen import ROOT, Screen, screen, wait_for


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--minutes", type=float, default=0, help="go on typing for so long")
    parser.add_argument("program", nargs="*", default=[sys.executable, str(ROOT / "main.py")])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, screen(Path(folder)) as seen:
        measure(Path(folder), seen, options.program, 60 * options.minutes)


def measure(folder: Path, seen: Screen, program: list[str], seconds: float) -> None:
    profile = folder / "profile"
    profile.mkdir(mode=0o700)
    (profile / "settings.json").write_text('{"eagerness": "eager", "learn": true}')
    kept = {"FORETYPE_PROFILE": str(profile), "FORETYPE_NO_KEYRING": "1"}
    environment = {**os.environ, **kept, "DISPLAY": seen.name, "QT_QPA_PLATFORM": "xcb"}
    start = time.monotonic()
    editor = subprocess.Popen([*program, str(folder / "a.txt")], env=environment)
    used = psutil.Process(editor.pid).memory_info
    seen.focus()
    say("window", time.monotonic() - start, used().rss)
    seen.type("Thank you for ")
    wait_for(lambda: seen.sees_ghost("ghost"), "a ghost")
    say("ghost", time.monotonic() - start, used().rss)
    end, most = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        seen.type(TEXT[:400].replace("\n", " "))
        seen.key("ctrl+s")
        most = max(most, used().rss)
    if seconds:
        say("typed", seconds, used().rss)
        say("the most of it", seconds, most)
    editor.terminate()
    editor.wait()


def say(what: str, seconds: float, memory: int) -> None:
    print(f"{what:16}{seconds:8.2f} s{memory / 2**20:8.0f} MB", flush=True)


if __name__ == "__main__":
    main()
