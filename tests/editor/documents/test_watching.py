from __future__ import annotations

import os
from pathlib import Path

from editor.documents.reading import read
from editor.documents.watching import Change, is_there, look, same_file


def test_a_file_is_the_same_until_its_bytes_change(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one")
    stamp = read(path).stamp
    assert look(path, stamp) == (Change.NONE, stamp)
    os.utime(path, ns=(1, 1))
    change, touched = look(path, stamp)
    assert change is Change.NONE
    assert touched != stamp
    path.write_text("two")
    assert look(path, stamp)[0] is Change.CONTENT
    assert look(path, look(path, stamp)[1])[0] is Change.NONE


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one")
    stamp = read(path).stamp
    path.write_text("two")
    os.utime(path, ns=(stamp.modified, stamp.modified))
    assert look(path, stamp)[0] is Change.CONTENT


def test_gone_replaced_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one")
    stamp = read(path).stamp
    path.rename(tmp_path / "b")
    assert look(path, stamp)[0] is Change.GONE
    path.mkdir()
    assert look(path, stamp)[0] is Change.UNREADABLE
    path.rmdir()
    (tmp_path / "b").rename(path)
    assert look(path, stamp)[0] is Change.NONE


def test_one_file_is_known_by_all_its_names(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    (tmp_path / "link").symlink_to(path)
    assert same_file(path, tmp_path / "link")
    assert not same_file(path, tmp_path / "b")
    assert same_file(tmp_path / "b", tmp_path / "b")


def test_only_what_is_known_to_be_missing_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert all(is_there(tmp_path / name) for name in ("a", "link", "x" * 300))
    assert not any(is_there(tmp_path / name) for name in ("b", "a/b", "\ud800", "\0"))
