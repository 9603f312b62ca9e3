"""Fault 2: the n-th write, fsync, rename and so on fails, or the program dies there; every n."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from editor.documents.drafts import Drafts
from editor.documents.errors import DocumentError
from editor.documents.session import load
from editor.documents.versions import Versions
from tests.faults.storing import CALLS, NEW, OLD, break_at, do, prepare
from tests.faults.writers import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the calls are POSIX's")
DEEDS = ("save", "linked", "draft", "append", "session")


def is_whole(deed: str, folder: Path) -> bool:
    """Old or new, and nothing between, once the next start has mended what it mends."""
    Versions(folder / "previous").mend()
    texts = {(folder / name).read_text() for name in ("a.txt", "b.txt", "c.txt")}
    drafts = [one.text for one in Drafts(folder / "drafts", folder / "discarded").all()]
    session = load(folder / "session.json").open[0].path
    return (
        texts <= {OLD, NEW}
        and (folder / "b.txt").samefile(folder / "c.txt")
        and drafts in ([OLD], [NEW], ["x" + OLD])
        and session in ("/old", "/new")
    )


def failure_of(deed: str, folder: Path) -> str:
    """Why the deed failed; only errors that were meant for the user are caught."""
    try:
        do(deed, folder)
    except (DocumentError, OSError) as error:
        return str(error)
    return ""


def run(deed: str, way: str, number: int, folder: Path) -> int:
    command = [sys.executable, "-m", "tests.faults.storing", deed, way, str(number), str(folder)]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode


@pytest.mark.parametrize("deed", DEEDS)
def test_2_a_failure_at_any_call_leaves_old_or_new(
    deed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in count(1):
        folder = tmp_path / str(number)
        folder.mkdir()
        prepare(folder)
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, getattr(os, name))  # so that it is put back
            break_at(number, dies=False)
            why = failure_of(deed, folder)
        assert "\n" not in why
        assert is_whole(deed, folder), f"{deed} at call {number}"
        assert not list(folder.glob("*.tmp"))
        if not why and number > 20:
            return


@pytest.mark.slow  # a process for each call
@pytest.mark.parametrize("deed", DEEDS)
def test_2_a_death_at_any_call_leaves_old_or_new(deed: str, tmp_path: Path) -> None:
    for number in count(1):
        folder = tmp_path / str(number)
        folder.mkdir()
        prepare(folder)
        ended = run(deed, "die", number, folder)
        assert is_whole(deed, folder), f"{deed} at call {number}"
        if ended == 0:
            assert number > 1
            return
