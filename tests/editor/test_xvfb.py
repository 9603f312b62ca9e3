"""The real program in a real window, with keys from outside, on a screen of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from model.profile.journal import Journal
from model.profile.store import Profile
from tests.xvfb import wait_for, xvfb

ROOT = Path(__file__).resolve().parents[2]
_END = 120  # seconds: a program that is told to end may still be loading the model
MISSING = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"{' and '.join(MISSING)} not installed"),
    pytest.mark.skipif(not (ROOT / "main.py").exists(), reason="there is no main.py"),
]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with xvfb("1000x760") as name:
        if not name:
            pytest.skip("Xvfb does not start here")
        yield name


@dataclass
class Program:
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def xdotool(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    def wait_for_window(self) -> None:
        find = ("search", "--onlyvisible", "--name", "Foretype")
        ended = self.process.poll
        wait_for(lambda: ended() is not None or self.xdotool(*find).stdout, "the window")
        assert ended() is None, f"the program ended at once: {ended()}"
        window = self.xdotool(*find).stdout.split()[0]

        def has_focus() -> bool:
            self.xdotool("windowfocus", window)  # one that is not quite there does not take it
            return self.xdotool("getwindowfocus").stdout.strip() == window

        wait_for(has_focus, "the focus")

    def name(self) -> str:
        return self.xdotool("getwindowfocus", "getwindowname").stdout.strip()


@pytest.fixture
def start(screen: str, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    environment = {
        **os.environ,
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "FORETYPE_PROFILE": str(tmp_path / "profile"),
    }
    programs: list[Program] = []
    # As after the first start, with a yes to learning.
    (tmp_path / "profile").mkdir(mode=0o700)
    (tmp_path / "profile" / "settings.json").write_text('{"learn": true}', encoding="utf-8")

    def start(*words: str) -> Program:
        command = [sys.executable, "main.py", *words]
        programs.append(Program(subprocess.Popen(command, cwd=ROOT, env=environment), environment))
        programs[-1].wait_for_window()
        return programs[-1]

    yield start
    for program in programs:
        if program.process.poll() is None:
            program.process.kill()
        program.process.wait()


def test_what_is_typed_is_saved_byte_for_byte(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(b"\xef\xbb\xbfdear all,\r\n")
    program = start(str(file))
    program.xdotool("key", "ctrl+End")
    # Words no model knows: a ghost may be shown, but nothing is accepted.
    program.xdotool("type", "--delay", "30", "Zqx vbk, wfj!")
    program.xdotool("key", "Return", "k", "z", "q")
    wait_for(lambda: program.name().startswith("letter.txt* "), "the mark of a change")
    program.xdotool("key", "ctrl+s")
    wait_for(lambda: program.name().startswith("letter.txt "), "the save")
    assert file.read_bytes() == b"\xef\xbb\xbfdear all,\r\nZqx vbk, wfj!\r\nkzq"
    program.xdotool("key", "ctrl+z", "ctrl+s")
    program.xdotool("key", "ctrl+q")
    program.process.wait(timeout=_END)
    assert program.process.returncode == 0
    assert file.read_bytes() == b"\xef\xbb\xbfdear all,\r\nZqx vbk, wfj!\r\n"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["letter.txt", "profile"]


def test_tab_without_a_ghost_is_a_tab_and_closing_asks(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    file = tmp_path / "new.txt"
    program = start(str(file))
    program.xdotool("key", "Tab", "x")
    program.xdotool("key", "ctrl+q")
    find = ("search", "--onlyvisible", "--class", "foretype|main.py|python")
    wait_for(lambda: len(program.xdotool(*find).stdout.split()) > 1, "the question")
    wait_for(lambda: program.xdotool("key", "Return") and file.exists(), "the save")
    program.process.wait(timeout=_END)
    assert file.read_bytes() == b"\tx"


@pytest.mark.slow  # waits for a model that it cannot see
def test_a_ghost_of_the_shipped_model_is_accepted_with_tab(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    file = tmp_path / "letter.txt"
    # What is saved on the way would be learnt, and `poss` would be a word of the user's.
    (tmp_path / "profile" / "settings.json").write_text('{"learn": false}', encoding="utf-8")
    program = start(str(file))
    program.xdotool("type", "--delay", "30", "Please write to me as soon as poss")

    def saved() -> str:
        wait_for(lambda: program.name().startswith("letter.txt* "), "the mark of a change")
        program.xdotool("key", "ctrl+s")
        wait_for(lambda: program.name().startswith("letter.txt "), "the save")
        return file.read_text(encoding="utf-8")

    patience = [0.5]

    def accepted() -> bool:
        # While the model loads, Tab is a tab: take it back, type the letter again, wait longer.
        program.xdotool("key", "BackSpace")
        program.xdotool("type", "s")
        time.sleep(patience[0])
        patience[0] *= 1.5
        program.xdotool("key", "Tab")
        text = saved()
        if text.endswith("\t"):
            program.xdotool("key", "BackSpace")
        return "as possible" in text

    wait_for(accepted, "an accepted ghost", seconds=120)
    program.xdotool("key", "ctrl+q")
    program.process.wait(timeout=_END)
    assert "as possible" in file.read_text(encoding="utf-8")


def test_nothing_learnt_is_lost_or_doubled_by_a_kill(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    sentence = "Zorblax came to the lighthouse."

    def learnt() -> list[str]:
        with Profile.open(tmp_path / "profile", writable=False) as profile:
            return [record.text for record in Journal(profile).records()]

    program = start(str(tmp_path / "a.txt"))
    program.xdotool("type", "--delay", "30", sentence + " ")
    wait_for(lambda: learnt() == [sentence], "the lesson", seconds=60)
    program.process.kill()
    program.process.wait()
    assert learnt() == [sentence]
    again = start(str(tmp_path / "b.txt"))
    again.xdotool("type", "--delay", "30", "A second one. ")
    wait_for(lambda: len(learnt()) > 1, "the second lesson", seconds=60)
    again.xdotool("key", "ctrl+s", "ctrl+q")
    # The first letter is here again and still in no file.
    ended = lambda: again.xdotool("key", "alt+k") and again.process.poll() is not None  # noqa: E731
    wait_for(ended, "the end")
    assert not (tmp_path / "a.txt").exists()
    assert learnt() == [sentence, "A second one."]
