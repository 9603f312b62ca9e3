"""Faults 4 to 7, 9, 30, 32 and 33: what files, folders, bytes and settings may be like."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from editor.documents.errors import DocumentError
from editor.documents.form import Form, joined, parted
from editor.documents.reading import read
from editor.documents.saving import save
from editor.documents.versions import Versions
from editor.view.textview import TextView
from tests.faults.writers import ROOT, Start

SAVE_AS_NOBODY = """
import os, sys
from pathlib import Path
from editor.documents.errors import DocumentError
from editor.documents.form import Form
from editor.documents.saving import save
from editor.documents.versions import Versions
if os.geteuid() == 0:
    os.setuid(65534)
folder = Path(sys.argv[1])
try:
    save(folder / sys.argv[2], "new", Form(), Versions(folder.parent / "previous"))
    print("saved")
except DocumentError as error:
    print(error)
"""


def as_nobody(folder: Path, name: str) -> str:
    """Save as a user who is not root: root may write everywhere."""
    command = [sys.executable, "-c", SAVE_AS_NOBODY, str(folder), name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="gives files to another user")
def test_4_a_folder_that_takes_no_new_file(tmp_path: Path) -> None:
    for above in (tmp_path, *tmp_path.parents[:2]):
        above.chmod(0o755)
    (tmp_path / "previous").mkdir()
    os.chown(tmp_path / "previous", 65534, 65534)
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "mine.txt").write_text("old")
    os.chown(folder / "mine.txt", 65534, 65534)
    (folder / "other.txt").write_text("old")
    folder.chmod(0o555)
    assert as_nobody(folder, "mine.txt") == "saved\n"
    assert (folder / "mine.txt").read_text() == "new"
    assert [one.file.read_text() for one in Versions(tmp_path / "previous").of(folder / "mine.txt")]
    assert "read-only" in as_nobody(folder, "other.txt")
    assert "read-only. Use Save As" in as_nobody(folder, "new.txt")
    assert (folder / "other.txt").read_text() == "old"


def test_5_links_of_all_kinds(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "previous")
    (tmp_path / "a").write_text("old")
    (tmp_path / "hard").hardlink_to(tmp_path / "a")
    for link, target in (("one", "a"), ("two", "one"), ("dangling", "new"), ("loop", "loop")):
        (tmp_path / link).symlink_to(tmp_path / target)
    save(tmp_path / "two", "new", Form(), versions)
    save(tmp_path / "dangling", "fresh", Form(), versions)
    assert [(tmp_path / name).read_text() for name in ("a", "hard", "one", "two")] == ["new"] * 4
    assert (tmp_path / "new").read_text() == "fresh"
    assert all((tmp_path / name).is_symlink() for name in ("one", "two", "dangling", "loop"))
    with pytest.raises(DocumentError, match="link to itself"):
        save(tmp_path / "loop", "x", Form(), versions)


def test_7_a_file_that_is_cut_short_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("line\n" * 100_000)
    shorten = f"import time; [open({str(path)!r}, 'w').write('s' * n) for n in range(300)]"
    other = subprocess.Popen([sys.executable, "-c", shorten])
    while other.poll() is None:
        content = read(path)
        assert content.stamp.digest
    assert read(path).text == "s" * 299


@given(st.binary(max_size=200))
def test_9_any_bytes_are_written_back_as_they_were(raw: bytes) -> None:
    assert joined(*parted(raw)) == raw


@pytest.mark.parametrize(
    "raw",
    [
        b"bad \xff\xfe utf-8 \xc3\n",
        "Größe\n".encode("latin-1"),
        "a\r\nb\r\n".encode("utf-16"),
        "abc\n".encode("utf-16-be"),
        b"nul\0s\0\n",
        b"cr\ronly\r",
        b"mixed\r\nends\nhere\r",
        b"no end",
        b"\xef\xbb\xbfmark\n",
    ],
)
def test_9_an_untouched_save_changes_no_byte_and_an_edit_only_its_own(
    tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    content = read(path)
    save(path, content.text, content.form, Versions(tmp_path / "previous"))
    assert path.read_bytes() == raw
    page_text = content.text + "Z"
    save(path, page_text, content.form, Versions(tmp_path / "previous"))
    encoded = joined("Z", Form(content.form.encoding))
    assert path.read_bytes() == raw + encoded


def test_30_a_change_of_screen_or_theme_costs_neither_caret_nor_undo(page: TextView) -> None:
    page.insertPlainText("one two")
    page.set_caret(3)
    page.show_ghost("")
    palette = QApplication.palette()
    dark = QPalette(palette)
    dark.setColor(QPalette.ColorRole.Base, palette.color(QPalette.ColorRole.Text))
    dark.setColor(QPalette.ColorRole.Text, palette.color(QPalette.ColorRole.Base))
    QApplication.setPalette(dark)
    for kind in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.LocaleChange):
        QApplication.sendEvent(page, QEvent(kind))
    page.set_writing_font(QFont(page.font().family(), 20))
    QApplication.setPalette(palette)
    assert (page.text(), page.caret()) == ("one two", 3)
    page.undo()
    assert page.text() == ""
    page.redo()
    assert page.text() == "one two"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_32_a_home_that_cannot_be_written(start: Start, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    writer = start(at=locked / "profile")
    writer.tell("type", "goes on")
    found = writer.wait_until(lambda found: "cannot be kept" in found["said"])
    assert found["tabs"][0]["text"] == "goes on"


def test_32_a_profile_that_is_no_folder_and_a_strange_path(start: Start, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    deep = tmp_path / "with space 😀" / ("x" * 120) / ("y" * 120)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("far away ")
    writer = start(deep / "a.txt", at=tmp_path / "file" / "profile")
    writer.tell("type", "goes on ")
    found = writer.wait_until(lambda found: "cannot be kept" in found["said"])
    assert found["tabs"][0]["text"] == "goes on far away "
    writer.tell("do", "save")
    writer.wait_until(lambda found: not found["tabs"][0]["modified"])
    assert (deep / "a.txt").read_text() == "goes on far away "


def test_33_garbage_in_settings_and_session(start: Start, profile: Path) -> None:
    (profile / "documents").mkdir()
    (profile / "documents" / "session.json").write_bytes(b'{"open": [{"path": "\xff')
    (profile / "settings.json").write_text('{"learn": false, "font_points": "big", "keys": [')
    writer = start()
    assert writer.tell("type", "x")["tabs"][0]["text"] == "x"
    assert (profile / "settings.bad").exists()
    assert (profile / "documents" / "session.bad").exists()
