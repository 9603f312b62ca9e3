from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor import document
from editor.document import DocumentError, Form

BYTES = st.lists(
    st.sampled_from(
        ["a", "é", "\U0001f600", "\n", "\r\n", "\r", "\u2028", "\u2029", "\ufeff", "\x0c"]
    ),
    max_size=30,
).map(lambda parts: "".join(parts).encode())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents") / "text.txt"


@given(BYTES)
def test_what_was_not_changed_is_written_back_byte_for_byte(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    text, form = document.read(file)
    assert "\r" not in text
    document.write(file, text, form)
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    ("data", "edit", "expected"),
    [
        (b"a\r\nb\nc\rd", ("b", "B1\nB2"), b"a\r\nB1\nB2\nc\rd"),
        (b"a\r\nb\r\nc\nd\n", ("b\n", ""), b"a\r\nc\nd\n"),
        (b"a\r\nb\r\nc\nd\n", ("d", "D"), b"a\r\nb\r\nc\nD\n"),
        (b"\xef\xbb\xbfa\r\nb", ("a", "x\ny"), b"\xef\xbb\xbfx\r\ny\r\nb"),
        (b"a\rb", ("b", "b\n"), b"a\rb\r"),
        (b"a\n", ("a\n", ""), b""),
    ],
)
def test_an_edit_leaves_the_other_bytes_alone(
    tmp_path: Path, data: bytes, edit: tuple[str, str], expected: bytes
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    text, form = document.read(path)
    document.write(path, text.replace(*edit), form)
    assert path.read_bytes() == expected


@given(BYTES, st.text(alphabet="ab\n", max_size=12))
def test_any_text_can_be_written_in_any_form(file: Path, data: bytes, text: str) -> None:
    file.write_bytes(data)
    _, form = document.read(file)
    document.write(file, text, form)
    assert document.read(file)[0] == text


@pytest.mark.parametrize(
    ("data", "word"), [(b"caf\xe9", "UTF-8"), (b"a\0b", "NUL"), ("ä".encode("utf-16"), "UTF-16")]
)
def test_what_is_not_utf_8_text_is_refused(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=word) as caught:
        document.read(path)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="does not exist"):
        document.read(tmp_path / "none")
    with pytest.raises(DocumentError, match="folder"):
        document.read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="ordinary"):
        document.read(tmp_path / "pipe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(DocumentError, match="permission"):
        document.read(path)


def test_saving_keeps_links_and_permissions(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    document.write(link, "new", Form())
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    former = os.umask(0o027)
    try:
        document.write(tmp_path / "a", "x", Form())
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_read_only_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(DocumentError, match="read-only"):
        document.write(path, "new", Form())
    assert path.read_text() == "old"


@pytest.mark.parametrize("failing", ["fsync", "chmod", "replace"])
def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "a"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if failing == "fsync" else Path, failing, fail)
    with pytest.raises(DocumentError, match="no space left"):
        document.write(path, "new", Form())
    monkeypatch.undo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
    assert path.read_text() == "old"


def test_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (tmp_path / "none" / "a", tmp_path, loop):
        with pytest.raises(DocumentError, match="Save As"):
            document.write(path, "x", Form())


def test_half_an_emoji_costs_itself_not_the_text(tmp_path: Path) -> None:
    document.write(tmp_path / "a", "x\ud83dy", Form())
    assert (tmp_path / "a").read_text() == "x?y"
