from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from editor.documents import versions as module
from editor.documents.versions import Versions, put_in_place


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "previous")


def test_the_last_versions_are_kept_newest_first(versions: Versions, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for number in range(7):
        versions.keep(path, b"%d" % number)
    assert [one.file.read_bytes() for one in versions.of(path)] == [b"6", b"5", b"4", b"3", b"2"]
    assert versions.of(tmp_path / "b.txt") == []


def test_nothing_empty_and_nothing_twice(versions: Versions, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    versions.keep(path, b"text")
    for raw in (b"", b"\0\0\0", b"text"):
        versions.keep(path, raw)
    assert len(versions.of(path)) == 1


def test_versions_are_the_users_alone_and_can_be_forgotten(
    versions: Versions, tmp_path: Path
) -> None:
    file = versions.keep(tmp_path / "a.txt", b"text")
    assert file is not None
    assert [stat.S_IMODE(one.stat().st_mode) for one in (file, file.parent, versions.folder)] == [
        0o600,
        0o700,
        0o700,
    ]
    versions.forget(tmp_path / "a.txt")
    assert list(versions.folder.iterdir()) == []


def test_the_store_has_a_size(
    versions: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LARGEST_STORE", 10)
    versions.keep(tmp_path / "a", b"12345678")
    versions.keep(tmp_path / "b", b"123456789012")
    assert versions.of(tmp_path / "a") == []
    assert len(versions.of(tmp_path / "b")) == 1


def test_a_torn_file_is_mended_once(versions: Versions, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    torn = versions.while_torn(path, b"old")
    torn.__enter__()
    path.write_bytes(b"ne")
    del torn  # as if killed here
    assert path.read_bytes() == b"ne"
    assert versions.mend() == [path]
    assert path.read_bytes() == b"old"
    assert [one.file.read_bytes() for one in versions.of(path)] == [b"ne"]
    assert versions.mend() == []


def test_a_write_that_fails_is_taken_back(versions: Versions, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail() -> None:
        path.write_bytes(b"n")
        raise OSError(28, "full")

    with pytest.raises(OSError, match="full"), versions.while_torn(path, b"old"):
        fail()
    assert path.read_bytes() == b"old"
    assert versions.mend() == []


def test_a_damaged_note_touches_no_file(versions: Versions, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"mine")
    folder = versions.folder / "x"
    folder.mkdir(parents=True)
    (folder / "torn.bytes").write_bytes(b"half of what it he")
    (folder / "torn.json").write_text(
        json.dumps({"path": str(path), "digest": "0", "private": False})
    )
    assert versions.mend() == []
    assert path.read_bytes() == b"mine"


def test_written_in_place_longer_and_shorter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"four")
    number = path.stat().st_ino
    for data in (b"longer than that", b"", b"x"):
        put_in_place(path, data)
        assert path.read_bytes() == data
    assert path.stat().st_ino == number
