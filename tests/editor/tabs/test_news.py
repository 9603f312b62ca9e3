from __future__ import annotations

from pathlib import Path

from editor.tabs.documents import Documents


def test_of_several_files_every_error_is_said_rather_than_news(
    documents: Documents, tmp_path: Path
) -> None:
    said: list[tuple[str, bool]] = []
    documents.said.connect(lambda *what: said.append(what))
    missing, folder = tmp_path / "no" / "missing.txt", tmp_path / "folder"
    folder.mkdir()
    documents.open_all([missing, folder, tmp_path / "new.txt"])
    [(words, stays)] = said
    assert str(missing) in words
    assert str(folder) in words
    assert "New file" not in words
    assert stays
    documents.open_all([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert said[1:] == [(f"New file: {tmp_path / 'b.txt'}", False)]
