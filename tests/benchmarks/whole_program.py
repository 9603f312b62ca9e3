"""The program as it is started, from outside: window, first ghost, memory while somebody types.

python -m tests.benchmarks.whole_program [--runs N] [--minutes N] [--cold FOLDER ...] [-- PROGRAM]

PROGRAM is this checkout if not named; the packaged one is build/tree/usr/bin/foretype. Needs Xvfb
and xdotool. A window counts once its page is painted, a ghost once its letters are seen; both are
looked for some thirty times a second, and the first run is thrown away. The typing of the text
before the ghost, a second, is part of its time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.benchmarks.texts import TEXT
from tests.installer.screen import ROOT, Screen, screen

_START = "Thank you for "
_PATIENCE = 120
_COLUMNS = ("s", "least", "most", "CPU s", "memory")


@dataclass
class Run:
    """One start: seconds on the clock and of processor, and resident memory, by what was there."""

    seconds: dict[str, float] = field(default_factory=dict)
    computed: dict[str, float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)

    def note(self, what: str, seconds: float, editor: psutil.Process) -> None:
        times = editor.cpu_times()
        self.seconds[what] = seconds
        self.computed[what] = times.user + times.system
        self.memory[what] = editor.memory_info().rss


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=1, help="starts after the first")
    parser.add_argument("--cold", type=Path, nargs="+", default=[], help="read these from the disk")
    parser.add_argument("--minutes", type=float, default=0, help="go on typing for so long")
    parser.add_argument("program", nargs="*", default=[sys.executable, str(ROOT / "main.py")])
    options = parser.parse_args()
    runs = []
    for number in range(options.runs + 1):
        cached = forget(options.cold)
        with started(options.program) as (seen, editor, run):
            if number:
                runs.append(run)
            elif options.cold:
                print(f"{cached / 2**20:.0f} MB stayed in memory, as others use them")
            if number == options.runs and options.minutes:
                type_on(seen, editor, 60 * options.minutes)
    show(runs)


@contextmanager
def started(program: list[str]) -> Iterator[tuple[Screen, psutil.Process, Run]]:
    """The editor with its first ghost, on a screen and with a profile of its own."""
    with tempfile.TemporaryDirectory() as name, screen(Path(name)) as seen:
        folder, run = Path(name), Run()
        profile = folder / "profile"
        profile.mkdir(mode=0o700)
        (profile / "settings.json").write_text(
            '{"eagerness": "eager", "learn": true, "welcomed": true}'
        )
        kept = {"FORETYPE_PROFILE": str(profile), "FORETYPE_NO_KEYRING": "1"}
        environment = {**os.environ, **kept, "DISPLAY": seen.name, "QT_QPA_PLATFORM": "xcb"}
        with seen.watched() as watch:
            start = time.monotonic()
            process = subprocess.Popen([*program, str(folder / "a.txt")], env=environment)
            editor = psutil.Process(process.pid)
            run.note("window", watch.next("page", _PATIENCE) - start, editor)
            seen.focus()
            seen.type(_START)
            run.note("ghost", watch.next("ghost", _PATIENCE) - start, editor)
        try:
            yield seen, editor, run
        finally:
            process.terminate()
            process.wait()


def type_on(seen: Screen, editor: psutil.Process, seconds: float) -> None:
    """Type, save and have it learnt, without a rest; say what memory that took."""
    most, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        seen.type(TEXT[:400].replace("\n", " "))
        seen.key("ctrl+s")
        most = max(most, editor.memory_info().rss)
    print(f"{seconds / 60:.0f} minutes: {_mb(editor.memory_info().rss)}, at most {_mb(most)}")
    time.sleep(30)
    print(f"half a minute later: {_mb(editor.memory_info().rss)}")


def forget(folders: list[Path]) -> int:
    """Have the system drop these files from its memory; returns the bytes that it kept."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    for file in files:
        descriptor = os.open(file, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
    if not files:
        return 0
    command = ["fincore", "--bytes", "--noheadings", "--output", "RES", *map(str, files)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sum(map(int, told.split()))


def show(runs: list[Run]) -> None:
    print(f"{f'median of {len(runs)}':12}" + "".join(f"{name:>8}" for name in _COLUMNS))
    for what in ("window", "ghost"):
        times = [run.seconds[what] for run in runs]
        computed = statistics.median(run.computed[what] for run in runs)
        memory = _mb(round(statistics.median(run.memory[what] for run in runs)))
        print(
            f"{what:12}{statistics.median(times):8.2f}{min(times):8.2f}{max(times):8.2f}"
            f"{computed:8.2f}{memory:>8}"
        )


def _mb(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


if __name__ == "__main__":
    main()
