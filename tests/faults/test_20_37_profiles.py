"""Faults 20 and 37: a profile that is damaged, held, older or newer, or whose key is out of reach.

Learning pauses and says why; nothing is deleted; suggestions and documents go on.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model.engine import Engine
from model.errors import ProfileError
from model.messages import Lesson, Phase, Request, Teaching
from model.profile import keys
from model.profile.journal import Journal
from model.profile.passphrases import KEY_BYTES
from model.profile.store import Profile
from tests.fake_keyring import FakeKeyring
from tests.faults.profiles import raw
from tests.faults.writers import ROOT, Start
from tests.model.test_engine import Ears, make

TEXT = "The heron stood in the shallow water."


def fill(folder: Path) -> None:
    with Profile.open(folder) as profile:
        Journal(profile).append([Lesson(TEXT, "a", (), 1.0)])


def texts(folder: Path) -> list[str]:
    with Profile.open(folder) as profile:
        return [record.text for record in Journal(profile).records()]


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def begin(ears: Ears, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Starts an engine with the base that ships; returns why it does not learn, "" if it does."""
    engines: list[Engine] = []

    def begin() -> str:
        ears.statuses.clear()
        engines.append(make(None, tmp_path / "profile", ears))
        ears.wait(lambda: ears.statuses[-1].phase is not Phase.LOADING)
        number = len(engines)
        engines[-1].teach(Teaching("b", (Lesson("It waited there.", "b", (), 2.0),)))
        engines[-1].ask(Request(number, "I look forward to hearing from "))
        ears.wait(lambda: bool(ears.answers) and ears.answers[-1].ticket == number)
        assert ears.answers[-1].suggestion.inline  # it suggests whatever is wrong with the profile
        status = ears.statuses[-1]
        engines[-1].close()
        assert "\n" not in status.message
        return status.message if status.phase is Phase.PAUSED else ""

    yield begin
    for engine in engines:
        engine.close()


def test_20_a_damaged_profile_is_left_as_it_is(begin: Callable[[], str], tmp_path: Path) -> None:
    fill(tmp_path / "profile")
    database = tmp_path / "profile" / "profile.db"
    content = database.read_bytes()
    database.write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
    spoilt = database.read_bytes()
    assert "damaged" in begin()
    assert database.read_bytes() == spoilt
    database.write_bytes(content)  # the backup that the message speaks of
    assert begin() == ""
    assert texts(tmp_path / "profile") == [TEXT, "It waited there."]


_HOLDER = """
import sys
from pathlib import Path
from model.profile.database import open_for_writing
connection = open_for_writing(Path(sys.argv[1]), True)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_20_a_profile_that_another_program_holds_is_only_not_learnt(
    begin: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.profile.unlocking._PATIENCE", 0.2)
    fill(tmp_path / "profile")
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", _HOLDER, str(tmp_path / "profile")]
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        holder.stdout.readline()
        assert "locked" in begin()
        holder.stdin.close()
    assert begin() == ""
    assert texts(tmp_path / "profile") == [TEXT, "It waited there."]


def test_20_a_newer_profile_is_not_touched(begin: Callable[[], str], tmp_path: Path) -> None:
    fill(tmp_path / "profile")
    with Profile.open(tmp_path / "profile") as profile, profile.transaction() as connection:
        connection.execute("PRAGMA user_version = 99")
    before = raw(tmp_path / "profile")
    assert "newer Foretype" in begin()
    assert raw(tmp_path / "profile") == before


def test_20_an_older_profile_is_brought_up_to_date(
    begin: Callable[[], str], tmp_path: Path
) -> None:
    fill(tmp_path / "profile")
    with Profile.open(tmp_path / "profile") as profile, profile.transaction() as connection:
        for table in ("words", "inbox", "deleted", "secrets"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")
    assert begin() == ""
    assert texts(tmp_path / "profile") == [TEXT, "It waited there."]


def test_20_a_damaged_profile_costs_no_document(start: Start, tmp_path: Path) -> None:
    profile = tmp_path / "other"
    profile.mkdir(mode=0o700)
    (profile / "settings.json").write_text('{"welcomed": true}')
    (profile / "profile.db").write_bytes(b"rubbish" * 1000)
    (tmp_path / "a.txt").write_text("text ")
    writer = start(tmp_path / "a.txt", at=profile)
    writer.tell("type", "more ")
    writer.tell("do", "save")
    writer.wait_until(lambda found: "Saved" in found["said"])
    assert (tmp_path / "a.txt").read_text() == "more text "
    assert (profile / "profile.db").read_bytes() == b"rubbish" * 1000


# 37


def test_37_a_locked_keyring_pauses_learning_and_deletes_nothing(
    begin: Callable[[], str], ring: FakeKeyring, tmp_path: Path
) -> None:
    fill(tmp_path / "profile")
    before = raw(tmp_path / "profile")
    ring.locked = True
    assert "Unlock it" in begin()
    assert raw(tmp_path / "profile") == before
    ring.locked = False
    assert begin() == ""
    assert texts(tmp_path / "profile") == [TEXT, "It waited there."]


def test_37_a_locked_keyring_at_the_first_start_makes_nothing(
    begin: Callable[[], str], ring: FakeKeyring, tmp_path: Path
) -> None:
    ring.locked = True
    assert "Unlock it" in begin()
    assert not ring.kept
    ring.locked = False
    assert begin() == ""  # and nothing was spoilt by the first attempt
    assert texts(tmp_path / "profile") == ["It waited there."]


def test_37_a_keyring_that_was_changed_for_another_pauses_learning(
    begin: Callable[[], str], ring: FakeKeyring, tmp_path: Path
) -> None:
    fill(tmp_path / "profile")
    before, kept = raw(tmp_path / "profile"), dict(ring.kept)
    ring.kept.clear()
    assert "no key for the profile" in begin()
    ring.kept.update(dict.fromkeys(kept, "00" * KEY_BYTES))
    assert "its key is not right" in begin()
    assert raw(tmp_path / "profile") == before
    ring.kept.update(kept)
    assert begin() == ""


def test_37_a_keyring_that_is_gone_pauses_learning(
    begin: Callable[[], str],
    ring: FakeKeyring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(tmp_path / "profile")
    before = raw(tmp_path / "profile")
    monkeypatch.setenv("FORETYPE_NO_KEYRING", "1")
    assert "no key for the profile" in begin()
    assert raw(tmp_path / "profile") == before
    assert not keys.key_file("x").parent.exists()  # no other key was made in its place
    monkeypatch.delenv("FORETYPE_NO_KEYRING")
    assert ring.kept
    assert texts(tmp_path / "profile") == [TEXT]


def test_37_a_copy_without_its_key_is_no_use_to_anyone(tmp_path: Path) -> None:
    fill(tmp_path / "profile")
    shutil.copytree(tmp_path / "profile", tmp_path / "stolen")
    shutil.rmtree(keys.key_file("x").parent)
    with pytest.raises(ProfileError, match="no key"):
        Profile.open(tmp_path / "stolen")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "stolen" / "profile.db").execute("SELECT * FROM lessons")
    assert b"heron" not in raw(tmp_path / "stolen")
