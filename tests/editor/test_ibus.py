"""Ghosts and a real input method: ibus with its Korean engine, on a screen of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.xvfb import wait_for, xvfb

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "xdotool", "dbus-run-session", "ibus", "ibus-daemon")
ENGINE = Path("/usr/share/ibus/component/hangul.xml")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
MISSING += [] if ENGINE.exists() else ["ibus-hangul"]
pytestmark = [
    pytest.mark.slow,  # starts a screen, a bus, an input method and a page
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]
# A child would find the ibus of whoever runs the tests by these.
FOREIGN = ("IBUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY")


def ends(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a screen with a bus and ibus on it, all of them our own."""
    home = tmp_path_factory.mktemp("ibus")
    outside = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment = {**outside, "HOME": str(home), "GSETTINGS_BACKEND": "memory"}
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        environment[name] = str(home / name)
        (home / name).mkdir(mode=0o700)
    with xvfb("900x700") as name:
        environment |= {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "ibus"}
        daemon = ["ibus-daemon", "--panel=disable", "--emoji-extension=disable"]
        bus = subprocess.Popen(
            ["dbus-run-session", "--", *daemon],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        choose = ["ibus", "engine", "hangul"]
        wait_for(lambda: not ended(choose, environment).returncode, "ibus")
        yield environment
        ends(bus)


def ended(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@dataclass
class Paper:
    """The page in its process, and all views that were painted on it."""

    process: subprocess.Popen[str]
    environment: dict[str, str]
    views: list[str] = field(default_factory=list)

    def read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.views.append(line.rstrip("\n"))

    def xdotool(self, *words: str) -> str:
        return ended(["xdotool", *words], self.environment).stdout.strip()

    def keys(self, *names: str) -> None:
        self.xdotool("key", "--delay", "40", *names)

    def sees(self, view: str) -> None:
        try:
            wait_for(lambda: self.views[-1:] == [view], repr(view), seconds=30)
        except AssertionError as error:
            raise AssertionError(f"{error}; seen: {self.views[-8:]}") from None

    def focus(self) -> None:
        find = ("search", "--onlyvisible", "--name", "composing page")
        wait_for(lambda: self.xdotool(*find), "the page")
        window = self.xdotool(*find)

        def has_focus() -> bool:
            self.xdotool("windowfocus", window)  # one that is not quite there does not take it
            return self.xdotool("getwindowfocus") == window

        wait_for(has_focus, "the focus")

    def type_and_turn_to_korean(self, text: str) -> None:
        """Latin letters first: they show that the page has the keys before Korean is chosen."""
        self.keys(text[0])
        wait_for(lambda: self.views and self.views[-1], "a first letter")
        if "<" in self.views[-1]:  # the engine is still in Korean from the page before
            self.keys("Hangul", "ctrl+a", "BackSpace", text[0])
        wait_for(lambda: self.views[-1][:1] == text[0], f"Latin; seen: {self.views}")
        self.xdotool("type", "--delay", "40", text[1:])
        wait_for(lambda: self.views[-1].startswith(text), f"{text!r}; seen: {self.views}")
        self.keys("Hangul")


@pytest.fixture
def paper(world: dict[str, str]) -> Iterator[Callable[[str, int], Paper]]:
    papers: list[Paper] = []
    readers: list[threading.Thread] = []

    def begin(known: str, milliseconds: int) -> Paper:
        command = [sys.executable, "-m", "tests.editor.composing_page", known, str(milliseconds)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=world, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        papers.append(Paper(process, world))
        readers.append(threading.Thread(target=papers[-1].read, daemon=True))
        readers[-1].start()
        papers[-1].focus()
        return papers[-1]

    yield begin
    for one, reader in zip(papers, readers, strict=True):
        ends(one.process)
        reader.join()
        for view in one.views:
            assert not ("<" in view and "[" in view), f"a ghost in a composition: {view!r}"


def test_a_composition_lifts_the_ghost_and_its_commit_brings_the_next(
    paper: Callable[[str, int], Paper],
) -> None:
    page = paper("the 한글 좋다", 0)
    page.type_and_turn_to_korean("the ")
    page.sees("the [한글 좋다]")
    page.keys("g")
    page.sees("the <ㅎ>")
    page.keys("k", "s", "r", "m", "f")
    page.sees("the 한<글>")
    page.keys("space")
    page.sees("the 한글 [좋다]")


def test_a_ghost_that_comes_into_a_composition_is_not_shown(
    paper: Callable[[str, int], Paper],
) -> None:
    page = paper("the 한글 좋다", 700)
    page.type_and_turn_to_korean("the ")
    page.keys("g", "k", "s", "r", "m", "f")
    page.sees("the 한<글>")
    time.sleep(1.5)  # the answers to what was committed come meanwhile
    page.sees("the 한<글>")
    page.keys("space")
    page.sees("the 한글 [좋다]")


def test_tab_is_the_input_methods_while_it_composes_and_the_ghosts_afterwards(
    paper: Callable[[str, int], Paper],
) -> None:
    page = paper("the 한글 좋다", 0)
    page.type_and_turn_to_korean("the ")
    page.sees("the [한글 좋다]")
    page.keys("g", "k", "Tab")
    # The engine commits what it has and hands the key on.
    wait_for(lambda: "하" in page.views[-1] and "<" not in page.views[-1], "the commit")
    assert "한글" not in page.views[-1]
    page.keys("BackSpace", "BackSpace")
    wait_for(lambda: page.views[-1] in ("the ", "the"), "the deletion")
    if page.views[-1] == "the":
        page.keys("space")
    page.keys("g", "k", "s", "r", "m", "f", "space")
    page.sees("the 한글 [좋다]")
    time.sleep(0.5)  # long enough to be read
    page.keys("Tab")
    page.sees("the 한글 좋다")
    page.keys("ctrl+z")
    page.sees("the 한글 ")


def test_deleting_within_a_composition_brings_no_ghost(paper: Callable[[str, int], Paper]) -> None:
    page = paper("the 한글 좋다", 0)
    page.type_and_turn_to_korean("the ")
    page.keys("g", "k", "s")
    page.sees("the <한>")
    page.keys("BackSpace")
    page.sees("the <하>")
    page.keys("BackSpace", "BackSpace")
    page.sees("the ")
