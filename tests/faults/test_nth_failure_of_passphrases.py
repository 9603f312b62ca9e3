"""Faults 2 and 37: the n-th write, sync, cut, rename or unlink of a change of passphrase fails, or
kills the process: afterwards the old passphrase opens all of the profile, or the new one does.
"""

from __future__ import annotations

import shutil
import sys
from itertools import count
from pathlib import Path

import pytest

from model.errors import PassphraseNeeded
from model.profile import keys
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.unlocking import identity_of
from tests.faults.passphrase_deeds import DEEDS, TEXTS, at_home, prepare
from tests.faults.test_31_network import need
from tests.faults.test_nth_failure_of_profiles import CALLS, run

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is Linux's"),
]


@pytest.fixture(autouse=True)
def undo(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `at_home` changes in this process is put back after the test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    monkeypatch.setattr("model.profile.passphrases._COST", 10)


def opens(folder: Path, passphrase: str | None) -> bool:
    """Whether this opens it; then all of it must be there."""
    try:
        with Profile.open(folder / "profile", passphrase=passphrase) as profile:
            texts = tuple(record.text for record in Journal(profile).records())
            assert texts == TEXTS
            assert profile.read("PRAGMA integrity_check") == [("ok",)]
    except PassphraseNeeded:
        return False
    return True


def check(deed: str, ended: int, said: str, folder: Path, where: str) -> None:
    identity = identity_of(folder / "profile" / "profile.db")
    # Where it needs none, it opens with any: so it is tried without one first.
    opening = [one for one in (None, "one", "two", "neither") if opens(folder, one)]
    assert opening[0] in DEEDS[deed], where
    assert opening[1:] == ([] if opening[0] else ["one", "two", "neither"]), where
    assert opening[0] == DEEDS[deed][1] or ended != 0, where
    assert said.count("\n") == (1 if ended == 1 else 0), where
    assert len(keys.find_records(identity)) == 1, where


def loop(deed: str, way: str, tmp_path: Path) -> None:
    need("strace", "-qq", "-e", "inject=fsync:error=ENOSPC:when=9", "-o", "/dev/null")
    prepared = tmp_path / "prepared"
    prepared.mkdir()
    at_home(prepared)
    prepare(deed, prepared)
    identity = identity_of(prepared / "profile" / "profile.db")
    names = (f"{identity}.key", f"{identity}-next.key", f".{identity}-next.key.foretype-new")
    records = (f"config/foretype/keys/{name}" for name in names)
    database = ("profile", "profile/profile.db", "profile/profile.db-journal")
    files = (*database, "config/foretype/keys", *records)
    broken = 0
    for call in CALLS:
        for number in count(1):
            folder = Path(shutil.copytree(prepared, tmp_path / f"{call} {number}"))
            at_home(folder)
            ended, said, reached = run(
                deed, way, call, number, folder, files, "tests.faults.passphrase_deeds"
            )
            check(deed, ended, said, folder, f"{deed} {way} at {call} {number}")
            if not reached:
                assert ended == 0
                break
            broken += 1
    assert broken >= 10


_SLOW = [pytest.param(deed, marks=pytest.mark.slow) for deed in ("change", "remove")]


@pytest.mark.parametrize("deed", ["set", *_SLOW])
def test_2_a_death_at_any_call_leaves_a_profile_that_opens(deed: str, tmp_path: Path) -> None:
    loop(deed, "dies", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("deed", DEEDS)
def test_2_a_failure_at_any_call_leaves_a_profile_that_opens(deed: str, tmp_path: Path) -> None:
    loop(deed, "fails", tmp_path)
