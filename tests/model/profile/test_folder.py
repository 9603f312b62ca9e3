from __future__ import annotations

from pathlib import Path

import pytest

from model.profile.folder import default_folder


def test_the_default_folder(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    assert default_folder() == home / "profile"
    monkeypatch.delenv("FORETYPE_PROFILE")
    assert home in default_folder().parents
    assert default_folder().name == "profile"
