from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.documents import reading
from editor.documents.errors import DocumentError
from editor.documents.reading import read


@pytest.mark.parametrize("data", [b"caf\xe9", b"a\0b", "ä".encode("utf-16"), b"\x80\xff\0"])
def test_nothing_is_refused_as_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert read(tmp_path / "a.txt").text


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    os.mkfifo(tmp_path / "pipe")
    for path, words in (
        (tmp_path / "none", "does not exist"),
        (tmp_path, "folder"),
        (tmp_path / "pipe", "ordinary"),
        (loop, "link"),
    ):
        with pytest.raises(DocumentError, match=words) as caught:
            read(path)
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(DocumentError, match="permission"):
        read(path)


def test_a_file_beyond_all_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 3)
    (tmp_path / "a").write_text("four")
    with pytest.raises(DocumentError, match="200 MB"):
        read(tmp_path / "a")
