"""Editors in processes of their own, to be killed or starved."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Writer:
    """The editor in another process, and what it last said."""

    process: subprocess.Popen[str]

    def tell(self, *order: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def see(self) -> dict[str, Any]:
        return self.tell("look")

    def wait_until(self, what: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        end = time.monotonic() + 60
        while not what(found := self.see()):
            assert time.monotonic() < end, f"waited in vain: {found}"
            time.sleep(0.05)
        return found

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


Start = Callable[..., Writer]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    profile = tmp_path / "profile"
    profile.mkdir(mode=0o700)
    (profile / "settings.json").write_text('{"learn": false}')
    return profile


@pytest.fixture
def start(profile: Path) -> Iterator[Start]:
    """Starts an editor; `before` is a command that starts it in turn."""
    writers: list[Writer] = []

    def start(*files: Path, at: Path = profile, before: tuple[str, ...] = ()) -> Writer:
        command = [*before, sys.executable, "-m", "tests.faults.writer", str(at), *map(str, files)]
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, env={**os.environ}
        )
        writers.append(Writer(process))
        writers[-1].see()
        return writers[-1]

    yield start
    for writer in writers:
        if writer.process.poll() is None:
            writer.kill()
        for stream in (writer.process.stdin, writer.process.stdout):
            assert stream is not None
            stream.close()
