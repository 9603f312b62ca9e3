from __future__ import annotations

from pathlib import Path

import pytest

from editor.documents.places import places, working_folder


def test_a_profile_holds_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places(tmp_path / "p").drafts == tmp_path / "p" / "documents" / "drafts"
    monkeypatch.setenv("FORETYPE_PROFILE", str(tmp_path / "named"))
    assert places().session.is_relative_to(tmp_path / "named")
    monkeypatch.delenv("FORETYPE_PROFILE")
    assert places().folder.is_relative_to(tmp_path.parent.parent)
    assert "foretype" in places().folder.parts


def test_the_working_folder_may_be_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert working_folder() == folder
    folder.rmdir()
    assert working_folder() == Path.home()
