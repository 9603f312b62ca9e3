from __future__ import annotations

from pathlib import Path

from editor.documents.claims import Claims


def test_a_file_is_claimed_once(tmp_path: Path) -> None:
    mine, theirs = Claims(tmp_path / "open"), Claims(tmp_path / "open")
    path = tmp_path / "a.txt"
    path.write_text("x")
    (tmp_path / "link").symlink_to(path)
    assert mine.take(path)
    assert mine.take(path)
    assert not theirs.take(tmp_path / "link")
    mine.give_up(path)
    mine.give_up(path)
    assert theirs.take(path)
    assert "a.txt" not in "".join(entry.name for entry in (tmp_path / "open").iterdir())


def test_where_nothing_can_be_claimed_files_open_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert Claims(tmp_path / "file" / "open").take(tmp_path / "a")
