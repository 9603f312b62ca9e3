"""A screen of its own, keys from outside, and pictures of it: what a person has."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.xvfb import xvfb

ROOT = Path(__file__).resolve().parents[2]
GHOST_PIXELS = 8  # "now" has 17; text, caret and buttons have none
# Qt takes one platform a process, so that a process of its own looks.
_LOOK = """
import sys
from PySide6.QtGui import QGuiApplication
from editor.theme import ghost_colour
from tests.installer.screen import pixels_of
application = QGuiApplication([])
picture = application.primaryScreen().grabWindow(0).toImage()
assert picture.save(sys.argv[1])
print(pixels_of(picture, ghost_colour(application.palette()).rgb()))
"""
# The same, again and again: says when a page is painted, and then when a ghost stands there.
_WATCH = f"""
import time
from PySide6.QtGui import QGuiApplication
from editor.theme import ghost_colour
from tests.installer.screen import pixels_of
application = QGuiApplication([])
screen, palette = application.primaryScreen(), application.palette()
page, grey = palette.base().color().rgb(), ghost_colour(palette).rgb()
print("looking", flush=True)
while screen.grabWindow(0, 200, 200, 1, 1).toImage().pixel(0, 0) != page:
    time.sleep(0.02)
print(time.monotonic(), flush=True)
while pixels_of(screen.grabWindow(0).toImage(), grey) < {GHOST_PIXELS}:
    time.sleep(0.02)
print(time.monotonic(), flush=True)
"""


def wait_for(what: Callable[[], object], name: str, seconds: float = 60) -> float:
    """Wait until it is so; returns how long that took."""
    start = time.monotonic()
    while not what():
        if time.monotonic() - start > seconds:
            raise AssertionError(f"waited in vain for {name}")
        time.sleep(0.05)
    return time.monotonic() - start


def pixels_of(picture: object, colour: int) -> int:
    """How many pixels have just this colour, and below them another such: stems of letters.

    The soft edges of black letters hold single pixels of any grey, but no two in a column.
    """
    from PySide6.QtGui import QImage

    assert isinstance(picture, QImage)
    packed = picture.convertToFormat(QImage.Format.Format_RGB32)
    width, height = packed.width(), packed.height()
    grid = bytes(packed.constBits())
    wanted = (colour | 0xFF000000).to_bytes(4, sys.byteorder)
    rows = [grid[4 * width * y : 4 * width * (y + 1)] for y in range(height)]
    places = [
        {x for x in range(width) if row[4 * x : 4 * x + 4] == wanted} if wanted in row else set()
        for row in rows
    ]
    return sum(len(here & below) for here, below in itertools.pairwise(places))


@dataclass
class Watch:
    """Somebody who looks at a screen."""

    looking: subprocess.Popen[bytes]

    def next(self, what: str, seconds: float) -> float:
        """When the next thing was seen, first a page, then a ghost: on `time.monotonic`."""
        stop = threading.Timer(seconds, self.looking.kill)
        stop.start()
        assert self.looking.stdout is not None
        told = self.looking.stdout.readline()
        stop.cancel()
        if not told:
            raise AssertionError(f"waited in vain for a {what}")
        return float(told)


@dataclass(frozen=True)
class Screen:
    """One Xvfb: its name, and the folder for pictures of it."""

    name: str
    pictures: Path

    def key(self, *keys: str) -> None:
        """Press these keys, one after another."""
        self._xdotool("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type as fast as a quick writer."""
        self._xdotool("type", "--delay", "70", text)

    def title(self) -> str:
        """The name of the window that has the focus."""
        return self._xdotool("getwindowfocus", "getwindowname")

    def find(self, name: str = "Foretype") -> str:
        """The number of the visible window of this name, "" where there is none."""
        return (self._xdotool("search", "--onlyvisible", "--name", name).split() or [""])[0]

    def focus(self, name: str = "Foretype") -> float:
        """Wait for the window and give it the focus; returns the seconds until it was there."""
        seconds = wait_for(lambda: self.find(name), f"a window named {name}")
        self._xdotool("windowfocus", "--sync", self.find(name))
        return seconds

    def look(self, name: str) -> int:
        """Take a picture, and count the pixels of ghosts in it."""
        file = self.pictures / f"{name}.png"
        environment = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}
        done = subprocess.run(
            [sys.executable, "-c", _LOOK, str(file)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return int(done.stdout)

    @contextmanager
    def watched(self) -> Iterator[Watch]:
        """Look at the screen all the time, from now on."""
        environment = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}
        looking = subprocess.Popen(
            [sys.executable, "-c", _WATCH], env=environment, cwd=ROOT, stdout=subprocess.PIPE
        )
        assert looking.stdout is not None
        assert looking.stdout.readline() == b"looking\n"
        try:
            yield Watch(looking)
        finally:
            looking.kill()
            looking.communicate()

    def sees_ghost(self, name: str) -> bool:
        """Whether grey letters stand anywhere."""
        return self.look(name) >= GHOST_PIXELS

    def _xdotool(self, *words: str) -> str:
        environment = {**os.environ, "DISPLAY": self.name}
        done = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()


@contextmanager
def screen(pictures: Path) -> Iterator[Screen]:
    """Start an X server, and make the folder for its pictures."""
    pictures.mkdir(parents=True, exist_ok=True)
    # Without repetition: a slow machine would see keys held.
    with xvfb("1600x1000", "-ac", "-r") as name:
        yield Screen(name, pictures)
