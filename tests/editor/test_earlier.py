from __future__ import annotations

from pathlib import Path

import pytest

from editor.earlier import bring


def drafts(folder: Path) -> Path:
    (folder / "drafts").mkdir(parents=True)
    (folder / "drafts" / "1.draft").write_text("in no file")
    return folder


def test_a_folder_moves_with_what_is_in_it(tmp_path: Path) -> None:
    old, new = drafts(tmp_path / "profile" / "documents"), tmp_path / "state" / "documents"
    bring(old, new)
    assert (new / "drafts" / "1.draft").read_text() == "in no file"
    assert not old.exists()


def test_a_file_moves(tmp_path: Path) -> None:
    old, new = tmp_path / "settings.json", tmp_path / "config" / "settings.json"
    old.write_text("{}")
    bring(old, new)
    assert new.read_text() == "{}"
    assert not old.exists()


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    old, new = drafts(tmp_path / "old"), tmp_path / "new"
    new.mkdir()
    bring(old, new)
    assert not list(new.iterdir())
    assert (old / "drafts" / "1.draft").exists()
    bring(tmp_path / "nothing", tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_move_that_fails_half_way_is_done_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = drafts(tmp_path / "old"), tmp_path / "new"

    def fail(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", fail)
        bring(old, new)
    assert (old / "drafts" / "1.draft").exists()
    assert not new.exists()
    bring(old, new)
    assert (new / "drafts" / "1.draft").read_text() == "in no file"
