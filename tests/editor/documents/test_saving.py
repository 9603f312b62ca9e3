from __future__ import annotations

import os
import stat
import struct
import sys
from pathlib import Path

import pytest

from editor.documents import attributes
from editor.documents.attributes import CannotKeep
from editor.documents.errors import DocumentError
from editor.documents.form import Form
from editor.documents.reading import read
from editor.documents.saving import export, save
from editor.documents.versions import Versions

# An access list as Linux stores it: the user 1 may read, besides owner, group and others.
_ACL = struct.pack("<I", 2) + b"".join(
    struct.pack("<HHI", tag, permissions, who)
    for tag, permissions, who in (
        (0x01, 6, 0xFFFFFFFF),
        (0x02, 4, 1),
        (0x04, 4, 0xFFFFFFFF),
        (0x10, 4, 0xFFFFFFFF),
        (0x20, 0, 0xFFFFFFFF),
    )
)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "previous")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("old")
    return path


def test_a_saved_file_is_what_its_stamp_says(path: Path, versions: Versions) -> None:
    stamp = save(path, "new", Form(), versions)
    assert read(path).stamp == stamp
    assert [one.file.read_text() for one in versions.of(path)] == ["old"]


def test_nothing_is_kept_of_a_private_file(path: Path, versions: Versions) -> None:
    save(path, "new", Form(), versions, private=True)
    path.with_name("b.txt").hardlink_to(path)
    save(path, "newer", Form(), versions, private=True)
    assert list(versions.folder.rglob("*")) == []


def test_what_is_exported_takes_the_place_of_an_export_of_which_nothing_is_kept(
    path: Path, versions: Versions
) -> None:
    path.write_bytes(b"%PDF-0")
    path.chmod(0o600)
    export(path, b"%PDF", versions)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"%PDF", 0o600)
    path.with_name("b.pdf").hardlink_to(path)
    export(path, b"%PDF-2", versions)
    assert path.with_name("b.pdf").read_bytes() == b"%PDF-2"
    assert list(versions.folder.rglob("*")) == []
    with pytest.raises(DocumentError, match=r"it is a folder.* Choose another name"):
        export(path.parent, b"%PDF", versions)


def test_a_text_that_an_export_was_laid_over_is_an_earlier_version(
    path: Path, versions: Versions
) -> None:
    export(path, b"%PDF", versions)
    assert path.read_bytes() == b"%PDF"
    assert [one.file.read_text() for one in versions.of(path)] == ["old"]


def test_saving_keeps_links_and_permissions(tmp_path: Path, versions: Versions) -> None:
    (tmp_path / "real").mkdir()
    target, link, other = tmp_path / "real" / "a.txt", tmp_path / "link.txt", tmp_path / "link2"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    other.symlink_to(link)
    save(other, "new", Form(), versions)
    assert link.is_symlink()
    assert other.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_to_nothing_yet_gets_its_target(tmp_path: Path, versions: Versions) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    save(tmp_path / "link", "new", Form(), versions)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_a_hard_link_stays_shared(path: Path, tmp_path: Path, versions: Versions) -> None:
    other = tmp_path / "other.txt"
    other.hardlink_to(path)
    save(path, "new and longer", Form(), versions)
    save(path, "new", Form(), versions)
    assert path.samefile(other)
    assert other.read_text() == "new"
    assert [one.file.read_text() for one in versions.of(path)] == ["new and longer", "old"]


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes have other names")
def test_extended_attributes_and_access_lists_are_kept(path: Path, versions: Versions) -> None:
    os.setxattr(path, "user.author", b"me")
    os.setxattr(path, "system.posix_acl_access", _ACL)
    before = (path.stat().st_mode, sorted(os.listxattr(path)))
    save(path, "new", Form(), versions)
    assert (path.stat().st_mode, sorted(os.listxattr(path))) == before
    assert os.getxattr(path, "user.author") == b"me"
    assert os.getxattr(path, "system.posix_acl_access") == _ACL


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(path: Path, versions: Versions) -> None:
    os.chown(path, 12, 34)
    path.chmod(0o4640)
    save(path, "new", Form(), versions)
    state = path.stat()
    assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (12, 34, 0o4640)


def test_what_cannot_be_given_to_a_new_file_stays_with_the_old(
    path: Path, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotKeep

    monkeypatch.setattr(attributes, "copy", refuse)
    number = path.stat().st_ino
    save(path, "new", Form(), versions)
    assert (path.stat().st_ino, path.read_text()) == (number, "new")


def test_a_new_file_has_the_usual_permissions(tmp_path: Path, versions: Versions) -> None:
    former = os.umask(0o027)
    try:
        save(tmp_path / "new", "x", Form(), versions)
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_a_read_only_file_is_not_overwritten(path: Path, versions: Versions) -> None:
    path.chmod(0o444)
    with pytest.raises(DocumentError, match="read-only"):
        save(path, "new", Form(), versions)
    assert path.read_text() == "old"


@pytest.mark.parametrize("failing", ["fsync", "fchmod", "replace"])
def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    path: Path, versions: Versions, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(DocumentError, match="no space left"):
        save(path, "new", Form(), versions)
    monkeypatch.undo()
    assert [entry.name for entry in path.parent.glob("*.*")] == ["a.txt"]
    assert path.read_text() == "old"


def test_where_nothing_can_be_written_says_so(tmp_path: Path, versions: Versions) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none" / "a", tmp_path, loop, tmp_path / "pipe"):
        with pytest.raises(DocumentError, match="Save As"):
            save(path, "x", Form(), versions)
