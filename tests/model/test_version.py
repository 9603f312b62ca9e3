from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from model.version import version

ROOT = Path(__file__).resolve().parents[2]


def test_pyproject_says_it() -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert version() == known["project"]["version"]


def test_where_there_is_none_the_installed_package_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: {"foretype": "7.8"}[name])
    assert version(tmp_path / "pyproject.toml") == "7.8"
