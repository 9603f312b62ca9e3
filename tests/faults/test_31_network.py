"""Fault 31: without any network everything works, and none is ever asked for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.writers import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's namespaces")
_SESSION = "tests.faults.session"
_INTERNET = re.compile(r"AF_INET6?\b|AF_PACKET|AF_NETLINK")


def need(*command: str) -> None:
    """Skip where the tool is missing, or is not allowed to do its work."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed (apt-get install {command[0]})")
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip(f"{' '.join(command)} is not allowed here")


def without_network() -> tuple[str, ...]:
    """A command before another one, which then runs where there is no interface."""
    alone = ("unshare", "-rn") if os.geteuid() else ("unshare", "-n")
    need(*alone)
    return alone


def traced(log: Path) -> tuple[str, ...]:
    trace = ("strace", "-f", "-qq", "-e", "trace=socket,connect", "-o")
    need(*trace, os.devnull)
    return (*trace, str(log))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False
    )


def test_31_the_namespace_has_no_network() -> None:
    script = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = run(*without_network(), sys.executable, "-c", script)
    assert "Network is unreachable" in done.stderr


def test_31_the_trace_sees_who_asks_for_a_network(tmp_path: Path) -> None:
    script = "import socket; socket.socket(socket.AF_INET6)"
    run(*traced(tmp_path / "log"), sys.executable, "-c", script)
    assert _INTERNET.search((tmp_path / "log").read_text())


def test_31_a_whole_session_works_without_network_and_asks_for_none(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    before = (*without_network(), *traced(tmp_path / "log"))
    done = run(*before, sys.executable, "-m", _SESSION, str(folder))
    assert done.returncode == 0, done.stderr[-2000:]
    asked = (tmp_path / "log").read_text()
    assert "AF_UNIX" in asked  # the window that is there already is asked: so the trace works
    assert not _INTERNET.findall(asked)
