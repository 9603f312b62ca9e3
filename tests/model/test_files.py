from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from model.files import replace_file, replacing


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_made_and_replaced_and_nothing_else_is_touched(tmp_path: Path) -> None:
    for name in ("a", "a.new"):
        replace_file(tmp_path / name, name.encode())
    replace_file(tmp_path / "a", b"new")
    assert names(tmp_path) == {"a", "a.new"}
    assert [(tmp_path / name).read_bytes() for name in ("a", "a.new")] == [b"new", b"a.new"]


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "a").touch(0o644)
    replace_file(tmp_path / "a", b"new", private=True)
    replace_file(tmp_path / "b", b"new")
    (tmp_path / "c").touch()
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "abc"]
    assert modes == [0o600, modes[2], modes[2]]


def test_what_goes_wrong_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError), replacing(tmp_path / "a") as beside:
        beside.touch(exist_ok=False)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == {"a"}


def test_what_a_killed_process_left_is_replaced(tmp_path: Path) -> None:
    with replacing(tmp_path / "a") as beside:
        left = beside.name
    (tmp_path / left).write_bytes(b"half of what it was to be")
    replace_file(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == {"a"}


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):
        replace_file(tmp_path, b"new")
    assert not names(tmp_path)
