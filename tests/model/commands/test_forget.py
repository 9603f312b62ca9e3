from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model import Predictor
from model.commands import options
from model.learning.reading import Reading
from model.learning.weights import PersonalWeights
from model.messages import Forgetting, Lesson
from model.profile.journal import Journal
from model.profile.store import Profile


@pytest.fixture
def folder(home: Path) -> Path:
    with Profile.open(home / "profile") as profile:
        Journal(profile).append([Lesson("One."), Lesson("Two.")])
    return home / "profile"


def test_forget_all_needs_no_model(line: Any, folder: Path) -> None:
    outcome = line("forget", "--all", "--json", "--base", folder / "none")
    assert outcome.code == 0
    assert set(outcome.json) == {"lessons_removed", "seconds"}
    assert outcome.json["lessons_removed"] == 2
    assert line("forget", "--all").out.startswith("Forgot 0 lessons in ")


def test_forget_all_makes_no_profile(line: Any, tmp_path: Path) -> None:
    for what in (("--all",), ("--word", "x")):
        outcome = line("forget", *what, "--profile", tmp_path / "p", "--json")
        assert outcome.json["lessons_removed"] == 0
    assert not (tmp_path / "p").exists()


def test_forget_all_works_on_a_damaged_profile(line: Any, folder: Path) -> None:
    (folder / "profile.db").write_bytes(b"rubbish" * 100)
    outcome = line("forget", "--all", "--json")
    assert (outcome.code, outcome.json["lessons_removed"]) == (0, 0)
    assert "Deleting it" in outcome.err
    assert not (folder / "profile.db").exists()


def test_forget_all_waits_for_no_other_process(line: Any, folder: Path) -> None:
    with Profile.open(folder):
        outcome = line("forget", "--all")
    assert outcome.code == 1
    assert "Another Foretype" in outcome.err
    with Profile.open(folder) as profile:
        assert Journal(profile).count() == 2


@pytest.mark.parametrize(
    ("option", "wish"),
    [("--word", Forgetting(word="Ann")), ("--text", Forgetting(text="Ann"))],
)
def test_words_and_texts_go_to_the_predictor(
    line: Any, fake: Any, folder: Path, option: str, wish: Forgetting
) -> None:
    fake.forgets = 3
    assert line("forget", option, "Ann", "--json").json["lessons_removed"] == 3
    assert fake.calls[1] == ("drop", wish)


def test_a_document_goes_by_its_whole_path(line: Any, fake: Any, folder: Path) -> None:
    line("forget", "--document", "a.txt")
    asked = [call[1] for call in fake.calls if call[0] == "drop"]
    names = sorted({"a.txt", str(Path("a.txt").resolve())})
    assert asked == [Forgetting(document=name) for name in names]


def test_since_is_a_time(line: Any, fake: Any, folder: Path) -> None:
    line("forget", "--since", "2026-03-12T10:45:00Z")
    assert fake.calls[1][1] == Forgetting(since=1773312300.0)


def test_a_range_of_dates(line: Any, fake: Any, folder: Path) -> None:
    line("forget", "--since", "2026-03-12T00:00+00:00", "--until", "2026-03-13T00:00+00:00")
    wish = fake.calls[1][1]
    assert wish.until - wish.since == 86_400.0
    wrong = line("forget", "--word", "x", "--until", "2h")
    assert wrong.code == 2
    assert "--until goes with --since" in wrong.err


def test_what_is_to_be_forgotten_is_not_learnt_first(
    line: Any, folder: Path, toy_base_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn, learnt = PersonalWeights.learn, []

    def noting(self: PersonalWeights, reading: Reading, document: str | None) -> Any:
        learnt.append(reading)
        return learn(self, reading, document)

    monkeypatch.setattr(PersonalWeights, "learn", noting)
    found = line("forget", "--word", "one", "--base", toy_base_folder, "--json")
    assert found.json["lessons_removed"] == 1
    assert len(learnt) == 1


@pytest.mark.parametrize("watched", [True, False])
def test_a_long_rebuild_shows_how_far_it_is_to_who_looks(
    line: Any, home: Path, toy_base_folder: Path, monkeypatch: pytest.MonkeyPatch, watched: bool
) -> None:
    places = ("--base", toy_base_folder, "--profile", home / "p")
    with Predictor.open(home / "p", base=toy_base_folder) as predictor:
        for sentence in ("The lamp was lit.", "Ann saw the sea.", "The sea was calm."):
            predictor.learn(sentence)
    monkeypatch.setattr(options, "_PATIENCE", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: watched)
    outcome = line("forget", "--word", "Ann", *places)
    assert outcome.out.startswith("Forgot 1 lesson in ")
    assert ("Learning anew what is left" in outcome.err) == watched
    assert ("2/2" in outcome.err) == watched
