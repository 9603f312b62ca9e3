from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model.messages import Lesson, Suggestion
from model.profile.journal import Journal
from model.profile.store import Profile


def test_json_has_the_keys_of_the_contract(line: Any, fake: Any, home: Path) -> None:
    outcome = line("suggest", "See you tom", "--after", ".", "-n", "3", "--json")
    assert outcome.code == 0
    assert set(outcome.json) == {"inline", "candidates", "milliseconds"}
    assert outcome.json["inline"] == "orrow "
    assert outcome.json["candidates"] == [
        {"word": "tomorrow", "insert": "orrow ", "probability": 0.5}
    ]
    assert fake.calls[1] == ("suggest", "See you tom", ".", 3)
    assert fake.calls[0] == (
        "open",
        {
            "profile": home / "profile",
            "eagerness": "balanced",
            "base": None,
            "writable": False,
        },
    )


def test_lines_for_a_reader(line: Any, fake: Any) -> None:
    assert line("suggest", "See you tom").out == "inline: 'orrow '\n 50.0%  tomorrow\n"


def test_any_argument_can_be_shown(line: Any, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake, "suggest", lambda self, before, **rest: Suggestion(before))
    assert line("suggest", "a\udcff\u2014", "--json").json["inline"] == "a\udcff\u2014"
    assert line("suggest", "").out == "inline: (silence)\n"


def test_a_missing_base_is_one_clear_line(line: Any, tmp_path: Path) -> None:
    outcome = line("suggest", "x", "--base", tmp_path / "none")
    assert outcome.code == 1
    assert outcome.out == ""
    assert "There is no base model" in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_profile_is_only_read(line: Any, toy_base_folder: Path, tmp_path: Path) -> None:
    folder, text = tmp_path / "p", "We met Quoronda and then Quo"
    places = ("--base", toy_base_folder, "--profile", folder, "--json", "--eagerness", "eager")
    assert line("suggest", text, *places).code == 0
    assert not folder.exists()
    with Profile.open(folder) as profile:
        Journal(profile).append([Lesson("The gulls met Quoronda.", "a")])
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert line("suggest", text, *places).json["inline"].startswith("ronda")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_with_a_real_model(line: Any, toy_base_folder: Path) -> None:
    places = ("--base", toy_base_folder, "--json")
    outcome = line("suggest", "The keeper of the light", *places, "--eagerness", "eager")
    assert outcome.code == 0
    assert outcome.json["candidates"][0]["word"] == "lighthouse"
    assert outcome.json["milliseconds"] > 0
