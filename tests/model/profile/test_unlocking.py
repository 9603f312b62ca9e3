from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from model.errors import PassphraseNeeded, ProfileBusy, ProfileError, WrongPassphrase
from model.messages import Lesson, Teaching
from model.profile import keys, unlocking
from model.profile.inbox import Inbox
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.unlocking import identity_of

pytestmark = pytest.mark.usefixtures("cheap_guesses")
TEXT = "The heron stood in the shallow water. " * 500


def texts(folder: Path, passphrase: str | None = None, writable: bool = True) -> list[str]:
    with Profile.open(folder, writable, passphrase=passphrase) as profile:
        return [record.text for record in Journal(profile).records()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Profile.open(tmp_path / "p") as profile:
        Journal(profile).append([Lesson(TEXT)])
    return tmp_path / "p"


@pytest.mark.parametrize("in_ring", [True, False])
def test_it_opens_only_with_the_passphrase_until_that_is_taken_off(
    in_ring: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if in_ring:
        request.getfixturevalue("ring")
    folder = tmp_path / "p"
    with Profile.open(folder) as profile:
        assert not profile.has_passphrase
        Journal(profile).append([Lesson(TEXT)])
        profile.set_passphrase("one", None)
        assert profile.has_passphrase
        Journal(profile).append([Lesson("And then.")])  # it goes on
    for writable in (True, False):
        with pytest.raises(PassphraseNeeded):
            Profile.open(folder, writable)
        with pytest.raises(WrongPassphrase):
            Profile.open(folder, writable, passphrase="two")
        assert texts(folder, "one", writable) == [TEXT, "And then."]
    with Profile.open(folder, passphrase="one") as profile:
        with pytest.raises(WrongPassphrase):
            profile.set_passphrase("two", "none of these")
        profile.set_passphrase("two", "one")
    with pytest.raises(WrongPassphrase):
        texts(folder, "one")
    with Profile.open(folder, passphrase="two") as profile:
        profile.set_passphrase(None, "two")
    assert texts(folder) == [TEXT, "And then."]
    assert len(keys.find_records(identity_of(folder / "profile.db"))) == 1


def test_an_earlier_key_opens_nothing_any_more(folder: Path) -> None:
    identity = identity_of(folder / "profile.db")
    earlier = keys.key_file(identity).read_text()
    with Profile.open(folder) as profile:
        profile.set_passphrase("one", None)
    keys.key_file(identity).write_text(earlier)
    with pytest.raises(ProfileError, match="key is not right"):
        texts(folder)


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("writable", [True, False])
def test_a_change_that_was_cut_short_is_one_or_the_other(
    folder: Path, done: bool, writable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the new key was kept, or after the database was encrypted anew."""
    cut_short = "settle" if done else "_opened"

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with Profile.open(folder) as profile, monkeypatch.context() as patch:
        patch.setattr(unlocking, cut_short, dies)
        if not done:
            profile._connection.close()  # nothing more is written
        with pytest.raises((KeyboardInterrupt, ProfileError, sqlcipher.ProgrammingError)):
            profile.set_passphrase("one", None)
    identity = identity_of(folder / "profile.db")
    assert len(keys.find_records(identity)) == 2
    if done:
        with pytest.raises(PassphraseNeeded):
            texts(folder)
    assert texts(folder, "one" if done else None, writable) == [TEXT]
    assert len(keys.find_records(identity)) == (1 if writable else 2)
    assert texts(folder, "one" if done else None) == [TEXT]


def test_a_failure_on_the_way_leaves_it_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Profile.open(folder) as profile:
        with Profile.open(folder, writable=False) as reader:
            monkeypatch.setattr(unlocking, "_PATIENCE", 0.1)
            profile._connection.execute("PRAGMA busy_timeout = 50")
            reader._connection.execute("BEGIN")
            reader.read("SELECT count(*) FROM lessons")
            with pytest.raises(ProfileError, match="keeps its key"):
                profile.set_passphrase("one", None)
            with pytest.raises(ProfileBusy):
                reader.set_passphrase("one", None)
        Journal(profile).append([Lesson("It goes on.")])
    assert texts(folder) == [TEXT, "It goes on."]


def test_who_has_it_open_meanwhile_is_told_what_happened(folder: Path) -> None:
    with Profile.open(folder) as writer, Profile.open(folder, writable=False) as reader:
        assert Journal(reader).count() == 1
        writer.set_passphrase("one", None)
        for ask in (Journal(reader).count, lambda: Inbox(reader).leave(Teaching("a"))):
            with pytest.raises(
                ProfileBusy, match=r"changed the passphrase.*until then is not learnt"
            ):
                ask()
        assert Journal(writer).count() == 1
    with Profile.open(folder, writable=False, passphrase="one") as reader:
        (folder / "profile.db").write_bytes(b"rubbish" * 10_000)
        with pytest.raises(ProfileError, match="damaged"):  # which is told apart
            Journal(reader).count()


def test_a_profile_in_memory_has_nothing_to_lock() -> None:
    with Profile.open(None) as profile, pytest.raises(ProfileError, match="in memory"):
        profile.set_passphrase("one", None)
