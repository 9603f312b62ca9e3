from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from model.messages import Lesson
from model.profile.journal import Journal
from model.profile.store import Profile

LESSON = Lesson("The heron waits.", "a.txt", ((0, 3),), 1000.0)


@pytest.fixture
def folder(home: Path) -> Path:
    with Profile.open(home / "profile") as profile:
        Journal(profile).append([LESSON])
    return home / "profile"


def passphrase(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text + "\n"))


def lessons(folder: Path) -> list[Lesson]:
    with Profile.open(folder) as profile:
        return [Lesson(r.text, r.document, r.accepted, r.when) for r in Journal(profile).records()]


def test_info(line: Any, folder: Path) -> None:
    info = line("profile", "info", "--json").json
    assert info["folder"] == str(folder)
    assert (info["lessons"], info["characters"], info["documents"]) == (1, 16, 1)
    assert info["newest"].startswith("1970-01-01T")
    assert info["bytes"] == (folder / "profile.db").stat().st_size
    assert "no system keyring" in info["key"]
    out = line("profile", "info").out
    assert "1 lesson, 16 characters, 1 document\n" in out
    assert str(folder) in out


def test_info_about_lessons_of_a_time_that_no_calendar_has(line: Any, folder: Path) -> None:
    with Profile.open(folder) as profile:
        Journal(profile).append([Lesson("Go home.", None, (), 1e15)])
    assert line("profile", "info", "--json").json["newest"] is None
    assert "Newest:  unknown\n" in line("profile", "info").out


def test_info_works_beside_a_writer(line: Any, folder: Path) -> None:
    with Profile.open(folder):
        assert line("profile", "info", "--json").json["lessons"] == 1


def test_plain_export_is_readable_and_comes_back(line: Any, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    assert line("profile", "export", file, "--plain", "--json").json["lessons"] == 1
    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["lessons"] == [
        {"text": LESSON.text, "document": "a.txt", "accepted": [[0, 3]], "when": 1000.0}
    ]
    arguments = ("profile", "import", file, "--profile", tmp_path / "new", "--json")
    assert [line(*arguments).json["lessons"] for _ in range(2)] == [1, 0]
    assert lessons(tmp_path / "new") == [LESSON]


def test_what_an_import_added_is_counted_in_good_english(
    line: Any, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    line("profile", "export", file, "--plain")
    arguments = ("profile", "import", file, "--profile", tmp_path / "new")
    assert line(*arguments).out == "Added 1 lesson that was not there yet.\n"
    assert line(*arguments).out == "Added 0 lessons that were not there yet.\n"


def test_export_under_a_passphrase(
    line: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out.foretype"
    passphrase(monkeypatch, "it's a 'secret'")
    assert line("profile", "export", file).code == 0
    assert b"heron" not in file.read_bytes()
    arguments = ("profile", "import", file, "--profile", tmp_path / "new")
    passphrase(monkeypatch, "wrong")
    outcome = line(*arguments)
    assert outcome.code == 1
    assert "passphrase is not right" in outcome.err
    passphrase(monkeypatch, "it's a 'secret'")
    assert line(*arguments).code == 0
    assert lessons(tmp_path / "new") == [LESSON]


def test_an_empty_passphrase_writes_nothing(
    line: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase(monkeypatch, "")
    assert line("profile", "export", tmp_path / "x").code == 1
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("content", ["{}", "{", '{"format": "foretype lessons", "version": 9}'])
def test_what_is_no_export_is_refused(line: Any, tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    outcome = line("profile", "import", tmp_path / "x.json")
    assert outcome.code == 1
    assert "not an export" in outcome.err
    assert line("profile", "import", tmp_path / "none").code == 1
