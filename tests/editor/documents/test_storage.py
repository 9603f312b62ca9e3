from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from editor.documents.storage import make_folder, replace_file, write_all


def test_a_file_is_replaced_and_its_users_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("failing", ["write", "fsync", "close", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "a"
    replace_file(path, b"old")
    real = getattr(os, failing)

    def fail(*words: object) -> None:
        if failing == "close":
            real(*words)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new")
    monkeypatch.undo()
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("a", b"old")]


def test_a_system_that_takes_little_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bytes] = []

    def write(_handle: int, data: memoryview) -> int:
        taken.append(bytes(data[:3]))
        return len(taken[-1])

    monkeypatch.setattr(os, "write", write)
    write_all(1, b"12345678")
    monkeypatch.undo()
    assert taken == [b"123", b"456", b"78"]


def test_what_a_killed_program_left_is_swept_away_later(tmp_path: Path) -> None:
    path = tmp_path / "a"
    replace_file(path, b"x")
    found: list[str] = []

    def look(_handle: int) -> None:
        found.extend(entry.name for entry in tmp_path.glob(".foretype-*"))

    replace_file(path, b"y", look)
    old, young = tmp_path / (found[0] + "1.tmp"), tmp_path / (found[0] + "2.tmp")
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    replace_file(path, b"z")
    assert young.exists()
    assert not old.exists()


def test_folders_are_the_users_alone(tmp_path: Path) -> None:
    make_folder(tmp_path / "one" / "two")
    make_folder(tmp_path / "one" / "two")
    assert stat.S_IMODE((tmp_path / "one" / "two").stat().st_mode) == 0o700
