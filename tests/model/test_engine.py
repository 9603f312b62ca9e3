from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from model.engine import Engine
from model.errors import ProfileError
from model.learning.counts import UserCounts
from model.learning.learner import Learner
from model.learning.reading import Reading
from model.messages import Answer, Forgetting, Ladder, Lesson, Phase, Request, Status, Teaching
from model.predictor import Predictor
from model.profile.journal import Journal
from model.profile.store import Profile

_PATIENCE = 60.0


class Ears:
    """Collects what an engine says, and waits for a word of it."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.statuses: list[Status] = []
        self._changed = threading.Condition()

    def hear_answer(self, answer: Answer) -> None:
        with self._changed:
            self.answers.append(answer)
            self._changed.notify_all()

    def hear_status(self, status: Status) -> None:
        with self._changed:
            self.statuses.append(status)
            self._changed.notify_all()

    def wait(self, test: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE
        with self._changed:
            while not self._changed.wait_for(test, timeout=0.05):  # not all of it is heard
                assert time.monotonic() < end, (self.answers, self.statuses)

    def wait_ready(self) -> None:
        self.wait(lambda: any(s.phase is Phase.READY for s in self.statuses))


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def engine(toy_base_folder: Path, tmp_path: Path, ears: Ears) -> Iterator[Engine]:
    engine = make(toy_base_folder, tmp_path / "profile", ears)
    yield engine
    engine.close()


def make(base: Path | None, profile: Path | None, ears: Ears) -> Engine:
    engine = Engine(profile, base, "eager", ears.hear_answer, ears.hear_status)
    engine.start()
    return engine


def test_answers_carry_the_ticket_and_the_text(engine: Engine, ears: Ears) -> None:
    engine.ask(Request(7, "The keeper of the li"))
    ears.wait(lambda: bool(ears.answers))
    assert (ears.answers[0].ticket, ears.answers[0].before) == (7, "The keeper of the li")
    assert ears.answers[0].suggestion.inline.startswith("ghthouse")


def test_the_newest_request_wins(engine: Engine, ears: Ears) -> None:
    for ticket in range(200):  # asked while the model still loads
        engine.ask(Request(ticket, "The keeper "))
    ears.wait(lambda: bool(ears.answers) and ears.answers[-1].ticket == 199)
    tickets = [answer.ticket for answer in ears.answers]
    assert tickets == sorted(tickets)
    assert len(tickets) < 200


def test_what_is_taught_is_kept(
    engine: Engine, ears: Ears, tmp_path: Path, toy_base_folder: Path
) -> None:
    lesson = Lesson("Tarethia came to the lighthouse.", "letter")
    engine.teach(Teaching("letter", (lesson,)))
    engine.close()
    with Profile.open(tmp_path / "profile") as profile:
        assert [record.text for record in Journal(profile).records()] == [lesson.text]
    again = make(toy_base_folder, tmp_path / "profile", ears)
    again.ask(Request(1000, "We saw Tarethia and then Tar"))
    ears.wait(lambda: any(a.ticket == 1000 for a in ears.answers))
    again.close()
    assert ears.answers[-1].suggestion.inline.startswith("ethia")


def test_it_suggests_before_all_that_was_learnt_is_counted(
    tmp_path: Path, toy_base_folder: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Profile.open(tmp_path / "profile") as profile:
        Journal(profile).append([Lesson("Tarethia came to the lighthouse.", "letter")])
    counted, add = threading.Event(), UserCounts.add

    def waits(counts: UserCounts, reading: Reading) -> None:
        assert counted.wait(_PATIENCE)
        add(counts, reading)

    monkeypatch.setattr(UserCounts, "add", waits)
    monkeypatch.setattr(Learner, "_queue", lambda self: None)  # which counts what waits
    engine = make(toy_base_folder, tmp_path / "profile", ears)
    engine.ask(Request(1, "The keeper of the li"))
    ears.wait(lambda: bool(ears.answers))
    assert ears.answers[0].suggestion.inline.startswith("ghthouse")
    counted.set()
    predictor: Any = engine._predictor
    ears.wait(lambda: "tarethia" in predictor.counts.words)
    engine.close()


def test_a_revised_sentence_replaces_its_lesson(engine: Engine, ears: Ears, tmp_path: Path) -> None:
    first, second = Lesson("It was a grey day.", "a"), Lesson("It was a bright day.", "a")
    engine.teach(Teaching("a", (first,)))
    engine.teach(Teaching("a", (second,), retract=(first.text,)))
    engine.close()
    with Profile.open(tmp_path / "profile") as profile:
        assert [record.text for record in Journal(profile).records()] == [second.text]


def test_weights_follow_while_idle(engine: Engine, ears: Ears) -> None:
    engine.teach(Teaching("a", (Lesson("The gulls stayed for tea again.", "a"),)))
    ears.wait(lambda: any(s.phase is Phase.LEARNING for s in ears.statuses))
    ears.wait(lambda: ears.statuses[-1].phase is Phase.READY)
    engine.ask(Request(1, "The gulls stayed for "))
    ears.wait(lambda: bool(ears.answers))


def test_no_base_is_a_status_and_not_a_crash(tmp_path: Path, ears: Ears) -> None:
    engine = make(tmp_path / "nothing", None, ears)
    ears.wait(lambda: ears.statuses[-1].phase is Phase.FAILED)
    assert "base" in ears.statuses[-1].message
    engine.ask(Request(1, "x"))
    engine.teach(Teaching("a", (Lesson("Not learnt."),)))
    engine.close()


def test_what_is_taught_without_a_base_is_learnt_when_there_is_one(
    toy_base_folder: Path, tmp_path: Path, ears: Ears
) -> None:
    engine = make(tmp_path / "nothing", tmp_path / "profile", ears)
    ears.wait(lambda: ears.statuses[-1].phase is Phase.FAILED)
    assert "learnt later" in ears.statuses[-1].message
    first, second = Lesson("It was a grey day.", "a"), Lesson("The gulls met Tarethia.", "a")
    engine.teach(Teaching("a", (first, Lesson("The password is hunter2x!", "a"))))
    engine.teach(
        Teaching(
            "a", (second,), retract=(first.text,), listed=(("Quill", "added"), ("no word", "added"))
        )
    )
    engine.close()
    with Predictor.open(tmp_path / "profile", base=toy_base_folder) as predictor:
        assert predictor.composer.lexicon.added == {"quill": "Quill"}
        assert [record.text for record in predictor.journal.records()] == [second.text]
        assert predictor.counts.words["tarethia"] == 1


def test_without_base_and_profile_the_editor_goes_on(tmp_path: Path, ears: Ears) -> None:
    (tmp_path / "profile").write_text("in the way", encoding="utf-8")
    engine = make(tmp_path / "nothing", tmp_path / "profile", ears)
    ears.wait(lambda: ears.statuses[-1].phase is Phase.FAILED)
    assert "profile folder" in ears.statuses[-1].message
    engine.close()


def test_a_damaged_profile_pauses_learning_only(
    toy_base_folder: Path, tmp_path: Path, ears: Ears
) -> None:
    folder = tmp_path / "profile"
    Profile.open(folder).close()
    database = next(p for p in folder.iterdir() if p.stat().st_size > 1000)
    database.write_bytes(b"not a database" * 500)
    before = database.read_bytes()
    engine = make(toy_base_folder, folder, ears)
    ears.wait(lambda: ears.statuses[-1].phase is Phase.PAUSED)
    assert "not learnt" in ears.statuses[-1].message
    engine.ask(Request(1, "The keeper of the li"))
    ears.wait(lambda: bool(ears.answers))
    engine.close()
    assert database.read_bytes() == before


def test_an_error_in_a_request_is_told_and_the_next_one_answered(
    engine: Engine, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    ears.wait_ready()
    predictor: Any = engine._predictor
    monkeypatch.setattr(predictor, "suggest", lambda *a, **named: 1 / 0)
    engine.ask(Request(1, "x"))
    ears.wait(lambda: any("ZeroDivisionError" in s.message for s in ears.statuses))
    monkeypatch.undo()
    engine.ask(Request(2, "The keeper of the li"))
    ears.wait(lambda: any(a.ticket == 2 and a.suggestion.inline for a in ears.answers))


def test_closing_before_it_has_loaded_is_orderly(toy_base_folder: Path, ears: Ears) -> None:
    engine = make(toy_base_folder, None, ears)
    engine.close()
    assert not any(t.name.startswith("foretype") for t in threading.enumerate())


def test_a_teaching_that_fails_is_tried_again(
    engine: Engine, ears: Ears, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ears.wait_ready()
    predictor: Any = engine._predictor
    teach, tries = predictor.teach, []

    def fails_once(teaching: Teaching) -> None:
        tries.append(teaching)
        if len(tries) == 1:
            raise ProfileError("The disk is full.")
        teach(teaching)

    monkeypatch.setattr(predictor, "teach", fails_once)
    engine.teach(Teaching("a", (Lesson("The gulls stayed for tea.", "a"),)))
    ears.wait(lambda: any("disk is full" in s.message for s in ears.statuses))
    ears.wait(lambda: ears.statuses[-1].phase is Phase.READY)
    engine.close()
    with Profile.open(tmp_path / "profile") as profile:
        assert len(list(Journal(profile).records())) == 1


def test_what_is_taken_back_is_no_longer_served(engine: Engine, ears: Ears) -> None:
    ears.wait_ready()
    predictor: Any = engine._predictor
    lesson = Lesson("Tarethia came to the lighthouse with a book.", "a")
    engine.teach(Teaching("a", (lesson,)))
    ears.wait(lambda: any(s.phase is Phase.LEARNING for s in ears.statuses))
    ears.wait(lambda: ears.statuses[-1].phase is Phase.READY)
    engine.teach(Teaching("a", (), retract=(lesson.text,)))
    ears.wait(lambda: engine._published is not None and engine._published.fresh)
    engine.ask(Request(1, "Tarethia came to the "))
    ears.wait(lambda: bool(ears.answers))
    base = Predictor.open(base=engine._base_folder, eagerness="eager")
    assert ears.answers[0].suggestion == base.suggest("Tarethia came to the ")
    assert not predictor.learner.has_folded


def teach_two(engine: Engine, ears: Ears) -> Lesson:
    """Have the weights read a lesson of document "a", which is returned, and one of "b"."""
    ears.wait_ready()
    kept, gone = Lesson("The gulls met Tarethia.", "a"), Lesson("The gulls met Quoronda.", "b")
    engine.teach(Teaching("a", (kept,)))
    engine.teach(Teaching("b", (gone,)))
    ears.wait(lambda: any(s.phase is Phase.LEARNING for s in ears.statuses))
    ears.wait(lambda: ears.statuses[-1].phase is Phase.READY)
    return kept


def test_what_is_forgotten_is_no_longer_served_where_the_rest_cannot_be_read(
    engine: Engine, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach_two(engine, ears)
    predictor: Any = engine._predictor
    read = predictor.profile.read

    def no_states(query: str, *parameters: Any) -> Any:
        if "FROM states" in query:
            raise ProfileError("It cannot be read.")
        return read(query, *parameters)

    with monkeypatch.context() as patch:
        patch.setattr(predictor.profile, "read", no_states)
        engine.forget(Forgetting(document="b"))
        ears.wait(lambda: any("It cannot be read." in s.message for s in ears.statuses))
        assert any(s.message == "Forgot 1 lesson." for s in ears.statuses)
        engine.ask(Request(1, "The gulls met "))
        ears.wait(lambda: bool(ears.answers))
    ears.wait(lambda: not predictor.learner.backlog)
    with Predictor.open(base=engine._base_folder, eagerness="eager") as fresh:
        fresh.counts.add(predictor.learner._read(next(predictor.journal.records())))
        assert ears.answers[0].suggestion == fresh.suggest("The gulls met ")


def test_the_weights_wait_for_power_and_say_so(
    engine: Engine, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    ears.wait_ready()
    monkeypatch.setattr("model.engine.reason_to_wait", lambda: "on battery")
    engine.teach(Teaching("a", (Lesson("The gulls stayed for tea again.", "a"),)))
    ears.wait(lambda: ears.statuses[-1].message == "1 lesson to learn later: on battery")
    predictor: Any = engine._predictor
    assert predictor.counts.words["gulls"] == 1  # counts do not wait


def test_the_ladder_and_added_words_reach_the_predictor(engine: Engine, ears: Ears) -> None:
    ears.wait_ready()
    engine.teach(Teaching("notes", listed=(("Tessaly", "added"), ("no word", "added"))))
    predictor = engine._predictor
    assert predictor is not None
    ears.wait(lambda: bool(predictor.composer.lexicon.added))
    assert engine.listed_words() == {"tessaly": "added"}
    engine.set_ladder(Ladder(4, 6))
    engine.ask(Request(1, "We met Tes"))
    ears.wait(lambda: bool(ears.answers))
    assert predictor.composer.lexicon.ladder == Ladder(4, 6)
    assert ears.answers[-1].suggestion.candidates[0].word == "Tessaly"


def test_a_wish_to_forget_follows_what_was_taught(engine: Engine, ears: Ears) -> None:
    kept = teach_two(engine, ears)
    predictor: Any = engine._predictor
    engine.forget(Forgetting(document="b"))
    ears.wait(lambda: any(s.message == "Forgot 1 lesson." for s in ears.statuses))
    assert [record.text for record in predictor.journal.records()] == [kept.text]
    assert predictor.counts.words["quoronda"] == 0
    ears.wait(lambda: not predictor.learner.backlog)
    with Predictor.open(base=engine._base_folder) as fresh:
        fresh.teach(Teaching("a", (kept,)))
        fresh.catch_up()
        assert predictor.fingerprint() == fresh.fingerprint()


def test_without_a_base_it_forgets_too(tmp_path: Path, ears: Ears) -> None:
    engine = make(tmp_path / "nothing", tmp_path / "profile", ears)
    ears.wait(lambda: ears.statuses[-1].phase is Phase.FAILED)
    engine.teach(Teaching("a", (Lesson("The gulls met Tarethia.", "a"),)))
    engine.forget(Forgetting(word="tarethia"))
    engine.close()
    with Profile.open(tmp_path / "profile") as profile:
        assert Journal(profile).count() == 0
