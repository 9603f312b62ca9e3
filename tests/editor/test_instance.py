from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from editor.instance import Instance

ROOT = Path(__file__).resolve().parents[2]
HAND_OVER = """
import sys
from pathlib import Path
from editor import instance
instance._ANSWER_MS = 60_000
later = instance.Instance(Path(sys.argv[1]), Path(sys.argv[2]))
print(later.is_first, flush=True)
print(later.hand_over(sys.argv[3:]))
"""


@pytest.fixture
def runtime() -> Iterator[Path]:
    """A folder whose name leaves room for that of a socket, which the system cuts short."""
    short = "/tmp" if os.name == "posix" else None  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(dir=short) as name:
        yield Path(name)


def test_a_second_start_hands_its_files_over(qtbot: QtBot, tmp_path: Path, runtime: Path) -> None:
    first = Instance(tmp_path / "kept", runtime)
    assert first.is_first
    asked: list[list[Path]] = []
    first.asked.connect(asked.append)
    words = [str(tmp_path / "kept"), str(runtime), "/a b.txt", "/é"]
    other = subprocess.Popen(
        [sys.executable, "-c", HAND_OVER, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "False\n"
    time.sleep(3.5)  # the first is busy, and lives
    qtbot.waitUntil(lambda: bool(asked))
    assert other.communicate(timeout=60)[0] == "True\n"
    assert asked == [[Path("/a b.txt"), Path("/é")]]
    first.close()
    again = Instance(tmp_path / "kept", runtime)
    assert again.is_first
    again.close()


@pytest.mark.usefixtures("qtbot")
def test_other_profiles_are_other_programs(tmp_path: Path, runtime: Path) -> None:
    one = Instance(tmp_path / "one", runtime)
    two = Instance(tmp_path / "two", runtime)
    assert one.is_first
    assert two.is_first
    one.close()
    two.close()


def test_nonsense_is_not_heard(qtbot: QtBot, tmp_path: Path, runtime: Path) -> None:
    first = Instance(tmp_path / "kept", runtime)
    asked: list[object] = []
    first.asked.connect(asked.append)
    for words in (b"\xff\n", b"{}\n", b"[1]\n", b"x" * 2_000_000):
        socket = QLocalSocket()
        socket.connectToServer(first._name)
        assert socket.waitForConnected(3000)
        socket.write(words)
        socket.flush()
        qtbot.wait(20)
        socket.abort()
    qtbot.wait(20)
    assert asked == []
    first.close()


@pytest.mark.usefixtures("qtbot")
def test_where_nothing_can_be_kept_it_starts_alone(tmp_path: Path, runtime: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    alone = Instance(tmp_path / "file" / "kept", runtime)
    assert not alone.is_first
    assert not alone.hand_over(["/a"])
    alone.close()
