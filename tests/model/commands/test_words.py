from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model.messages import Lesson
from model.profile.deleted import DeletedWords
from model.profile.journal import Journal
from model.profile.store import Profile


@pytest.fixture
def folder(home: Path) -> Path:
    with Profile.open(home / "profile") as profile:
        Journal(profile).append([Lesson("The heron waits."), Lesson("It rains.")])
    return home / "profile"


def test_words_are_listed_and_taken_off(line: Any, folder: Path) -> None:
    assert line("profile", "words", "--add", "Zarethia").out == "Zarethia is known at once.\n"
    assert line("profile", "words", "--block", "moist", "--json").json["list"] == "blocked"
    assert line("profile", "words", "--json").json == {"added": ["Zarethia"], "blocked": ["moist"]}
    assert "Never suggested: moist" in line("profile", "words").out
    line("profile", "words", "--off", "zarethia")
    assert "Known at once: no word" in line("profile", "words").out


def test_a_word_is_deleted_with_what_held_it(line: Any, folder: Path) -> None:
    outcome = line("profile", "words", "--delete", "Heron", "--json")
    assert outcome.json == {"word": "Heron", "lessons_removed": 1}
    with Profile.open(folder) as profile:
        assert [record.text for record in Journal(profile).records()] == ["It rains."]
        assert "heron" in DeletedWords(profile).and_blocked(frozenset(), {})


@pytest.mark.parametrize("name", ["words.txt", "words.csv"])
def test_lists_go_elsewhere(line: Any, folder: Path, tmp_path: Path, name: str) -> None:
    line("profile", "words", "--add", "Zarethia")
    assert line("profile", "words", "--export", tmp_path / name).out.startswith("Wrote 1 word to")
    other = ("--profile", tmp_path / "other")
    taken = line("profile", "words", "--import", tmp_path / name, *other, "--json").json
    assert (taken["words"], taken["left_out"]) == (1, 0)
    assert line("profile", "words", "--json", *other).json["added"] == ["Zarethia"]


def test_what_is_not_one_word_is_one_clear_line(line: Any, folder: Path) -> None:
    for option in ("--add", "--block", "--delete"):
        for text in ("two words", ""):
            outcome = line("profile", "words", option, text)
            assert (outcome.code, outcome.err) == (1, f"foretype: {text!r} is not one word.\n")


def test_a_word_is_listed_however_its_apostrophe_is_written(line: Any, folder: Path) -> None:
    line("profile", "words", "--block", "don\u2019t")
    line("profile", "words", "--add", "İzmir")
    assert line("profile", "words", "--json").json == {"added": ["İzmir"], "blocked": ["don't"]}
