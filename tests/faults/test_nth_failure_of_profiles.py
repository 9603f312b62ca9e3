"""Faults 2 and 3 in the profile: the n-th write, sync, cut, rename or unlink of the journal, a
checkpoint, forgetting, export or import fails, or kills the process; n = 1, 2, 3 and so on.

SQLite does its own calls, so it is strace that lets them fail.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.word_lists import WordLists
from tests.faults.profile_deeds import NEW, OLD, STATE, prepare
from tests.faults.profiles import raw
from tests.faults.test_31_network import need
from tests.faults.writers import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is Linux's")
DEEDS = ("journal", "checkpoint", "forget", "export", "import")
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "rename")
_WAYS = {"fails": "error=ENOSPC", "dies": "signal=KILL"}
_BESIDE = ".export.foretype-new"
_FILES = ("profile", "profile/profile.db", "profile/profile.db-journal", "export", _BESIDE)


def run(
    deed: str,
    way: str,
    call: str,
    number: int,
    folder: Path,
    files: Sequence[str] = _FILES,
    deeds: str = "tests.faults.profile_deeds",
) -> tuple[int, str, bool]:
    """The child's end, what it said, and whether it got as far as the n-th call on `files`."""
    log = folder / "log"
    paths = [part for name in files for part in ("-P", str(folder / name))]
    inject = f"inject={call}:{_WAYS[way]}:when={number}"
    trace = ["strace", "-f", "-qq", *paths, "-e", f"trace={call}", "-e", inject, "-o", str(log)]
    child = [sys.executable, "-B", "-m", deeds, deed, str(folder)]
    done = subprocess.run(
        [*trace, *child], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr
    reached = "INJECTED" in log.read_text() or "killed" in log.read_text()
    return done.returncode, done.stdout, reached


def state(folder: Path) -> tuple[Any, ...]:
    """All that the deeds change; opening it mends what a death left half done."""
    with Profile.open(folder / "profile", encrypted=False) as profile:
        journal = Journal(profile)
        texts = tuple(record.text for record in journal.records())
        listed = WordLists(profile).words("added")
        assert profile.read("PRAGMA integrity_check") == [("ok",)]
        return texts, journal.state_load("weights"), listed


BEFORE = (OLD, STATE, frozenset())
AFTER = {
    "journal": (OLD + NEW, STATE, frozenset()),
    "checkpoint": (OLD, STATE[::-1], frozenset()),
    "forget": ((OLD[0], OLD[2]), None, frozenset()),
    "export": BEFORE,
    "import": (OLD + NEW, STATE, {"zorblax"}),
}


def check(deed: str, ended: int, said: str, folder: Path, where: str) -> None:
    """Old or new and nothing between; a deed that was told as done is done."""
    found = state(folder)
    assert found in ((AFTER[deed],) if ended == 0 else (BEFORE, AFTER[deed])), where
    assert said.count("\n") == (1 if ended == 1 else 0), where
    whole = (folder / "export").read_text()
    assert whole == "old export" or whole.endswith("}\n"), where
    if deed == "export" and ended == 0:
        assert whole != "old export"
    if ended in (0, 1):
        assert not (folder / _BESIDE).exists(), where
    if deed == "forget" and found == AFTER[deed]:
        assert b"heron" not in raw(folder / "profile"), where


def loop(deed: str, way: str, tmp_path: Path) -> None:
    need("strace", "-qq", "-e", "inject=fsync:error=ENOSPC:when=9", "-o", "/dev/null")
    prepared = tmp_path / "prepared"
    prepared.mkdir()
    prepare(prepared)
    broken = 0
    for call in CALLS:
        for number in count(1):
            folder = Path(shutil.copytree(prepared, tmp_path / f"{call} {number}"))
            ended, said, reached = run(deed, way, call, number, folder)
            check(deed, ended, said, folder, f"{deed} {way} at {call} {number}")
            if not reached:
                assert ended == 0
                break
            broken += 1
    assert broken >= 3


_SLOW = [pytest.param(deed, marks=pytest.mark.slow) for deed in ("checkpoint", "forget", "import")]


@pytest.mark.parametrize("deed", ["journal", "export", *_SLOW])
def test_2_a_failure_at_any_call_leaves_old_or_new(deed: str, tmp_path: Path) -> None:
    loop(deed, "fails", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("deed", DEEDS)
def test_2_a_death_at_any_call_leaves_old_or_new(deed: str, tmp_path: Path) -> None:
    loop(deed, "dies", tmp_path)
