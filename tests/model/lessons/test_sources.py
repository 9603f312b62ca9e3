from __future__ import annotations

import os
from pathlib import Path

import pytest

from model.errors import SourceError
from model.lessons import sources
from model.lessons.sources import LeftOut, find_files, read_text


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_folders_are_walked_in_order_and_hidden_things_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.TXT", ".hidden.txt", ".git/d.txt", "picture.png"):
        write(tmp_path / name, b"x")
    files, left_out = find_files([tmp_path, tmp_path / "b.txt"])
    assert [file.name for file in files] == ["a.md", "b.txt", "c.TXT"]
    assert [entry.path.name for entry in left_out] == ["picture.png"]
    assert ".txt" in left_out[0].reason


def test_what_is_not_there_or_too_large_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST", 3)
    big = write(tmp_path / "big.txt", b"four")
    files, left_out = find_files([tmp_path / "none.txt", big])
    assert files == []
    assert left_out[0] == LeftOut(tmp_path / "none.txt", "there is no such file or folder")
    assert "larger" in left_out[1].reason


@pytest.mark.parametrize(
    "content",
    [
        "Zwölf Boxkämpfer\r\n".encode(),
        "\ufeffZwölf Boxkämpfer\n".encode(),
        "Zwölf Boxkämpfer\n".encode("utf-16"),
        "Zwölf Boxkämpfer\r".encode("cp1252"),
    ],
)
def test_known_encodings(tmp_path: Path, content: bytes) -> None:
    assert read_text(write(tmp_path / "a.txt", content)) == "Zwölf Boxkämpfer\n"


def test_older_encodings_are_read_by_the_rule_of_the_editor(tmp_path: Path) -> None:
    russian = "Привет, как дела сегодня утром?"
    assert read_text(write(tmp_path / "a.txt", russian.encode("cp1251"))) == russian


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PNG\x00\x00\x01", "binary"),
        (bytes(range(1, 256)) * 4, "not text"),
        (b"\xff\xfeabc", "not text"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_text(write(tmp_path / "a.txt", content))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"x")
    path.chmod(0)
    with pytest.raises(SourceError, match="permission"):
        read_text(path)


def test_documents_are_parted_by_a_blank_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"One.\n<|doc|>\nTwo <|doc|>.\n")
    assert read_text(path) == "One.\n\nTwo <|doc|>.\n"


def test_markdown_loses_code_comments_and_front_matter(tmp_path: Path) -> None:
    text = "---\ntitle: x\n---\n# Sea\n<!-- no -->\n```py\ncode\n```\nText `a`.\n~~~\nopen\n"
    assert read_text(write(tmp_path / "a.md", text.encode())) == "# Sea\n\nText `a`.\n"
    assert read_text(write(tmp_path / "a.txt", text.encode())) == text
