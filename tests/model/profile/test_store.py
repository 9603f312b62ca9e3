from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from model.errors import ProfileBusy, ProfileError
from model.messages import Lesson
from model.profile import keys
from model.profile.journal import Journal
from model.profile.store import Profile, delete_profile

TEXT = "The heron stood in the shallow water."
ROOT = Path(__file__).resolve().parents[3]


def fill(folder: Path, encrypted: bool = True) -> None:
    with Profile.open(folder, encrypted=encrypted) as profile:
        Journal(profile).append([Lesson(TEXT, document="heron.txt")])


def texts(profile: Profile) -> list[str]:
    return [record.text for record in Journal(profile).records()]


def raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    fill(tmp_path / "p")
    fill(tmp_path / "p")
    with Profile.open(tmp_path / "p") as profile:
        assert texts(profile) == [TEXT, TEXT]


@pytest.mark.parametrize("encrypted", [True, False])
def test_no_text_can_be_read_from_the_files(tmp_path: Path, encrypted: bool) -> None:
    fill(tmp_path / "p", encrypted)
    # The same search finds the text where nothing is encrypted, so it can fail.
    for trace in (b"heron", b"CREATE TABLE", b"SQLite format"):
        assert (trace in raw(tmp_path / "p")) is not encrypted


def test_a_profile_that_is_moved_still_finds_its_key(tmp_path: Path) -> None:
    fill(tmp_path / "p")
    (tmp_path / "p").rename(tmp_path / "q")
    with Profile.open(tmp_path / "q") as profile:
        assert texts(profile) == [TEXT]


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_folder_and_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        fill(tmp_path / "p")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "p").stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "p").iterdir()}
    assert modes == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_folder_with_other_things_in_it_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    tmp_path.chmod(0o755)
    fill(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_second_writer_is_refused_and_may_read(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as first:
        Journal(first).append([Lesson("One.")])
        with pytest.raises(ProfileBusy, match="Another Foretype"):
            Profile.open(tmp_path)
        with Profile.open(tmp_path, writable=False) as second:
            assert texts(second) == ["One."]
            Journal(first).append([Lesson("Two.")])
            assert texts(second) == ["One.", "Two."]
            with pytest.raises(ProfileBusy, match="close it first"):
                Journal(second).append([Lesson("Three.")])
    Profile.open(tmp_path).close()


def test_another_process_is_refused_too(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from model.profile.store import Profile\n"
        "Profile.open(Path(sys.argv[1]))"
    )
    with Profile.open(tmp_path):
        child = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert "ProfileBusy" in child.stderr


def test_reading_where_there_is_no_profile_makes_none(tmp_path: Path) -> None:
    with Profile.open(tmp_path / "p", writable=False) as profile:
        assert texts(profile) == []
        assert profile.size == 0
        assert "empty" in profile.key_place
    assert not (tmp_path / "p").exists()


def test_a_profile_in_memory_leaves_nothing(home: Path) -> None:
    before = sorted(home.rglob("*"))
    with Profile.open(None) as profile:
        Journal(profile).append([Lesson(TEXT)])
        assert texts(profile) == [TEXT]
        assert profile.size == 0
        assert "memory" in profile.key_place
    assert sorted(home.rglob("*")) == before


def test_a_lost_key_deletes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    (key,) = keys.key_file("x").parent.iterdir()
    key.rename(key.with_suffix(".away"))
    before = snapshot(tmp_path)
    for writable in (True, False):
        with pytest.raises(ProfileError, match="no key"):
            Profile.open(tmp_path, writable=writable)
    assert snapshot(tmp_path) == before
    key.with_suffix(".away").rename(key)
    with Profile.open(tmp_path) as profile:
        assert texts(profile) == [TEXT]


def test_a_wrong_key_is_one_clear_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fill(tmp_path)
    (key,) = keys.key_file("x").parent.iterdir()
    key.write_text("0" * 64, encoding="ascii")
    before = snapshot(tmp_path)
    for writable in (True, False):
        with pytest.raises(ProfileError, match=r"damaged, or its key is not right") as caught:
            Profile.open(tmp_path, writable=writable)
        assert "\n" not in str(caught.value)
    assert snapshot(tmp_path) == before
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("place", [0, 20, 5000, -100])
def test_damage_anywhere_is_found_and_left_as_it_is(tmp_path: Path, place: int) -> None:
    fill(tmp_path)
    database = tmp_path / "profile.db"
    content = bytearray(database.read_bytes())
    content[place] ^= 0xFF
    database.write_bytes(content)
    before = snapshot(tmp_path)
    with pytest.raises(ProfileError, match="damaged"):
        Profile.open(tmp_path)
    assert snapshot(tmp_path) == before


def test_a_truncated_database_is_damage(tmp_path: Path) -> None:
    fill(tmp_path)
    database = tmp_path / "profile.db"
    database.write_bytes(database.read_bytes()[:7000])
    with pytest.raises(ProfileError):
        Profile.open(tmp_path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile, profile.transaction() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ProfileError, match="newer Foretype"):
        Profile.open(tmp_path)


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("x", encoding="utf-8")
    with pytest.raises(ProfileError, match="--profile"):
        Profile.open(tmp_path / "p")


def test_an_interrupted_beginning_is_laid_out_again(tmp_path: Path) -> None:
    (tmp_path / "profile.db").touch()
    fill(tmp_path)
    with Profile.open(tmp_path) as profile:
        assert texts(profile) == [TEXT]


def test_an_error_inside_a_transaction_undoes_it(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:

        def fail() -> None:
            with profile.transaction() as connection:
                connection.execute("INSERT INTO states VALUES ('a', 0, x'00')")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert profile.read("SELECT count(*) FROM states") == [(0,)]


def test_delete_removes_database_and_key_whatever_state_they_are_in(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "profile.db").write_bytes(b"rubbish" * 1000)
    delete_profile(tmp_path)
    delete_profile(tmp_path / "none")
    assert not (tmp_path / "profile.db").exists()
    fill(tmp_path)
    (key,) = [p for p in keys.key_file("x").parent.iterdir() if p.name.startswith(_salt(tmp_path))]
    delete_profile(tmp_path)
    assert not key.exists()


def _salt(folder: Path) -> str:
    return (folder / "profile.db").read_bytes()[:16].hex()


def test_delete_is_refused_while_another_writes(tmp_path: Path) -> None:
    with Profile.open(tmp_path), pytest.raises(ProfileBusy):
        delete_profile(tmp_path)


def test_several_threads_share_a_profile(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:
        journal = Journal(profile)

        def work(name: int) -> None:
            for count in range(10):
                journal.append([Lesson(f"{name} {count}")])
                assert len(list(journal.records())) > count

        threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(texts(profile))) == 40
