"""Errands from the engine's calls to the disk: surveys, passphrases, and wishes that wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from model.engine import Engine
from model.errors import PassphraseNeeded, ProfileError
from model.messages import Forgetting, Lesson, Overview, Phase, Request, Teaching
from model.predictor import Predictor
from model.profile.journal import Journal
from model.profile.store import Profile
from tests.model.test_engine import Ears, make

Start = Callable[[], Engine]
TEXT = "Tarethia came to the lighthouse."


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def start(
    toy_base_folder: Path,
    tmp_path: Path,
    ears: Ears,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Start:
    monkeypatch.setattr("model.profile.passphrases._COST", 10)

    def begin() -> Engine:
        ears.statuses.clear()
        engine = make(toy_base_folder, tmp_path / "profile", ears)
        request.addfinalizer(engine.close)
        ears.wait(lambda: ears.statuses and ears.statuses[-1].phase is not Phase.LOADING)
        return engine

    return begin


def teach(engine: Engine, text: str = TEXT) -> None:
    engine.teach(Teaching("a", (Lesson(text, "a", when=1.0),)))


def survey(engine: Engine, ears: Ears) -> Overview:
    found: list[Overview] = []
    engine.survey(found.append)
    ears.wait(lambda: bool(found))
    return found[0]


def texts(folder: Path, passphrase: str | None = None) -> list[str]:
    with Profile.open(folder / "profile", passphrase=passphrase) as profile:
        return [record.text for record in Journal(profile).records()]


def lock(start: Start, ears: Ears) -> None:
    """Leave a profile with a lesson that opens only with "one"."""
    engine = start()
    teach(engine)
    engine.set_passphrase("one", None)
    ears.wait(lambda: any("only with your passphrase" in s.message for s in ears.statuses))
    engine.close()


def test_a_survey_follows_what_was_asked_before(start: Start, ears: Ears, tmp_path: Path) -> None:
    engine = start()
    teach(engine)
    teach(engine, "The gulls were loud.")
    assert survey(engine, ears).lessons == 2
    engine.forget(Forgetting(delete="tarethia"))
    seen = survey(engine, ears)
    assert (seen.lessons, seen.deleted, seen.folder) == (1, 1, str(tmp_path / "profile"))


def test_a_survey_that_fails_holds_up_nothing(
    start: Start, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = start()

    def fails(*_: object) -> Overview:
        raise ProfileError("It cannot be read.")

    with monkeypatch.context() as patch:
        patch.setattr("model.errands.overview", fails)
        engine.survey(lambda _: None)
        ears.wait(lambda: ears.statuses[-1].message == "It cannot be read.")
    teach(engine)
    assert survey(engine, ears).lessons == 1


def test_what_was_done_is_told_and_what_is_wrong_stays_wrong(
    tmp_path: Path, toy_base_folder: Path, ears: Ears
) -> None:
    with Profile.open(tmp_path / "profile"):  # another process, which writes
        engine = make(toy_base_folder, tmp_path / "profile", ears)
        ears.wait(lambda: bool(ears.statuses) and ears.statuses[-1].phase is Phase.PAUSED)
        engine.forget(Forgetting(word="gulls"))
        ears.wait(lambda: "it is forgotten" in ears.statuses[-1].message)
        engine.set_passphrase("one", None)
        ears.wait(lambda: "close it first" in ears.statuses[-1].message)
        news = [status for status in ears.statuses if status.passing]
        assert {status.phase for status in news} == {Phase.PAUSED}
        assert len(news) == 2
        engine.close()


def test_how_much_is_left_is_told_with_an_estimate(start: Start, ears: Ears) -> None:
    engine = start()
    lessons = tuple(Lesson(f"The keeper saw {n} gulls.", "a", when=1.0) for n in range(12))
    engine.teach(Teaching("a", lessons))
    ears.wait(lambda: any(0 < status.left <= 10 for status in ears.statuses))
    told = [status for status in ears.statuses if status.phase is Phase.LEARNING]
    assert sorted({status.left for status in told}, reverse=True)[:3] == [12, 11, 10]
    assert "lessons left, about" in told[-1].message
    ears.wait(lambda: ears.statuses[-1].phase is Phase.READY)
    assert ears.statuses[-1].left == 0


def test_without_its_passphrase_the_base_suggests_and_lessons_wait(
    start: Start, ears: Ears, tmp_path: Path
) -> None:
    lock(start, ears)
    engine = start()
    assert ears.statuses[-1].phase is Phase.LOCKED
    assert "passphrase" in ears.statuses[-1].message
    engine.ask(Request(1, "The keeper of the li"))
    ears.wait(lambda: bool(ears.answers))
    assert ears.answers[-1].suggestion.inline.startswith("ghthouse")
    teach(engine, "The gulls were loud.")
    engine.unlock("two")
    ears.wait(lambda: "not the right" in ears.statuses[-1].message)
    assert ears.statuses[-1].phase is Phase.LOCKED
    engine.unlock("one")
    ears.wait(lambda: ears.statuses[-1].phase is Phase.READY)
    assert survey(engine, ears).lessons == 2
    engine.ask(Request(2, "We saw Tarethia and then Tar"))
    ears.wait(lambda: ears.answers[-1].ticket == 2)
    assert ears.answers[-1].suggestion.inline.startswith("ethia")
    engine.close()
    assert texts(tmp_path, "one") == [TEXT, "The gulls were loud."]


@pytest.mark.parametrize(
    ("base", "words"), [(Path("nowhere"), "no base model"), (object(), "could not be loaded")]
)
def test_a_model_that_is_gone_when_it_is_unlocked_leaves_it_locked(
    start: Start, ears: Ears, monkeypatch: pytest.MonkeyPatch, base: object, words: str
) -> None:
    lock(start, ears)
    engine = start()
    with monkeypatch.context() as patch:
        patch.setattr(engine, "_base_folder", base)
        engine.unlock("one")
        ears.wait(lambda: words in ears.statuses[-1].message)
    assert ears.statuses[-1].phase is Phase.LOCKED
    engine.ask(Request(1, "The keeper of the li"))
    ears.wait(lambda: bool(ears.answers))
    engine.unlock("one")
    ears.wait(lambda: ears.statuses[-1].phase is Phase.READY)


def test_what_is_to_be_forgotten_is_once_it_opens(start: Start, ears: Ears, tmp_path: Path) -> None:
    lock(start, ears)
    engine = start()
    engine.forget(Forgetting(document="b", said=False))
    assert "once" not in ears.statuses[-1].message
    engine.forget(Forgetting(word="tarethia"))
    assert ears.statuses[-1].phase is Phase.LOCKED
    assert "once your passphrase opens it" in ears.statuses[-1].message
    engine.unlock("one")
    ears.wait(lambda: any("Forgot 1 lesson" in status.message for status in ears.statuses))
    engine.close()
    assert texts(tmp_path, "one") == []


def test_what_is_never_unlocked_stays_as_it_was(start: Start, ears: Ears, tmp_path: Path) -> None:
    lock(start, ears)
    before = (tmp_path / "profile" / "profile.db").read_bytes()
    engine = start()
    teach(engine, "The gulls were loud.")
    engine.close()
    assert (tmp_path / "profile" / "profile.db").read_bytes() == before


def test_a_passphrase_is_changed_only_by_who_knows_it(
    start: Start, ears: Ears, tmp_path: Path, toy_base_folder: Path
) -> None:
    lock(start, ears)
    engine = start()
    engine.unlock("one")
    ears.wait(lambda: ears.statuses[-1].phase is Phase.READY)
    engine.set_passphrase(None, "two")
    ears.wait(lambda: any("not the right" in status.message for status in ears.statuses))
    engine.set_passphrase("", "one")
    ears.wait(lambda: any("empty" in status.message for status in ears.statuses))
    engine.set_passphrase("three", "one")
    ears.wait(lambda: any("only with your" in status.message for status in ears.statuses))
    engine.close()
    with pytest.raises(PassphraseNeeded):
        Predictor.open(tmp_path / "profile", base=toy_base_folder)
    place, phrase = tmp_path / "profile", "three"
    with Predictor.open(place, base=toy_base_folder, passphrase=phrase) as predictor:
        assert [record.text for record in predictor.journal.records()] == [TEXT]


def test_without_a_base_all_of_it_can_be_seen_too(tmp_path: Path, ears: Ears) -> None:
    engine = make(tmp_path / "nothing", tmp_path / "profile", ears)
    ears.wait(lambda: bool(ears.statuses) and ears.statuses[-1].phase is Phase.FAILED)
    teach(engine)
    assert survey(engine, ears).lessons == 1
    engine.close()
