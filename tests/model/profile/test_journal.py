from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.messages import Lesson
from model.profile.journal import Journal, Statistics
from model.profile.store import Profile

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def journal() -> Iterator[Journal]:
    with Profile.open(None) as profile:
        yield Journal(profile, clock=lambda: 100.0)


def append(journal: Journal, *texts: str, document: str | None = None) -> list[int]:
    return [record.ordinal for record in journal.append([Lesson(t, document) for t in texts])]


def texts(journal: Journal) -> list[str]:
    return [record.text for record in journal.records()]


def test_append_returns_what_records_reads(journal: Journal) -> None:
    lesson = Lesson("I go home.", "a.txt", accepted=((2, 4), (5, 9)), when=7.5)
    written = journal.append([lesson, Lesson("Now.")])
    assert list(journal.records()) == written
    assert written[0].accepted == ((2, 4), (5, 9))
    assert (written[0].when, written[1].when) == (7.5, 100.0)
    assert list(journal.records(after_ordinal=written[0].ordinal)) == written[1:]
    assert (journal.count(), journal.count(after_ordinal=written[0].ordinal)) == (2, 1)


@given(text=st.text(st.characters()), document=st.none() | st.text(st.characters()))
def test_any_string_comes_back(text: str, document: str | None) -> None:
    with Profile.open(None) as profile:
        journal = Journal(profile)
        journal.append([Lesson(text, document)])
        (record,) = journal.records()
        assert (record.text, record.document) == (text, document)


def test_many_records_come_in_order(journal: Journal) -> None:
    append(journal, *(str(number) for number in range(1203)))
    assert texts(journal) == [str(number) for number in range(1203)]


@pytest.mark.parametrize("when", [float("nan"), float("inf")])
def test_a_lesson_without_a_time_is_refused_and_changes_nothing(
    journal: Journal, when: float
) -> None:
    with pytest.raises(ValueError, match="at a time"):
        journal.append([Lesson("I go home."), Lesson("Now.", when=when)])
    assert texts(journal) == []


def test_ordinals_are_never_used_twice(journal: Journal) -> None:
    first = append(journal, "One.", "Two.")
    journal.forget_all()
    assert append(journal, "Three.")[0] > max(first)


def test_retract_takes_the_newest_of_that_document(journal: Journal) -> None:
    append(journal, "Yes.", "No.", "Yes.", document="a")
    append(journal, "Yes.", document="b")
    removed = journal.retract("a", ["Yes.", "Maybe."])
    assert [(record.ordinal, record.text) for record in removed] == [(3, "Yes.")]
    assert texts(journal) == ["Yes.", "No.", "Yes."]
    assert len(journal.retract("a", ["Yes.", "Yes."])) == 1
    assert texts(journal) == ["No.", "Yes."]


def test_forget_word_goes_by_whole_words_in_any_case(journal: Journal) -> None:
    append(journal, "Ann's dog.", "ANN", "Annie is here.", "We can\u2019t.", "Half-ann, half not.")
    assert [r.text for r in journal.forget_word("ann")] == [
        "Ann's dog.",
        "ANN",
        "Half-ann, half not.",
    ]
    assert journal.forget_word("can") == []
    assert [r.text for r in journal.forget_word("can't")] == ["We can\u2019t."]
    assert journal.forget_word(" ") == []


def test_forget_text_may_run_over_records_of_one_document(journal: Journal) -> None:
    append(journal, "One two.", "Three four.", "Five.", document="a")
    append(journal, "two. Three", document="b")
    assert journal.forget_text("") == []
    assert len(journal.forget_text("two.\n Three")) == 3
    assert texts(journal) == ["Five."]


def test_forget_text_finds_what_was_learnt_of_it(journal: Journal) -> None:
    append(journal, "Write to <email> soon.")
    assert len(journal.forget_text("Write to a.b@example.org soon.")) == 1


def test_what_is_left_of_a_text_must_tell_it_from_others(journal: Journal) -> None:
    append(journal, "Write to <email> soon.", "I agree. We go on Monday.")
    assert journal.forget_text("a.b@example.org") == []
    assert journal.forget_text("I agree. The PIN is 4711.") == []


def test_forget_document_and_since(journal: Journal) -> None:
    append(journal, "One.", document="a")
    journal.append([Lesson("Old.", "b", when=10.0), Lesson("New.", "b", when=20.0)])
    assert [r.text for r in journal.forget_between(20.0, None)] == ["One.", "New."]
    assert [r.text for r in journal.forget_document("b")] == ["Old."]
    assert texts(journal) == []


def test_statistics(journal: Journal) -> None:
    assert journal.statistics() == Statistics(0, 0, 0, None)
    append(journal, "Zwölf.", document="a")
    append(journal, "Boxkämpfer.", document="a")
    append(journal, "Sie.")
    assert journal.statistics() == Statistics(3, 21, 1, 100.0)


def test_states_are_replaced_and_dropped(journal: Journal) -> None:
    assert journal.state_load("weights") is None
    journal.state_save("weights", b"\x00one")
    journal.state_save("weights", b"\x00two")
    journal.state_save("gates", b"")
    assert journal.state_load("weights") == b"\x00two"
    assert journal.state_load("gates") == b""
    journal.state_drop("weights")
    assert journal.state_load("weights") is None
    assert journal.state_load("gates") == b""


def test_a_removed_record_takes_the_states_that_saw_it(journal: Journal) -> None:
    ordinals = append(journal, "One.", "Two.", "Three.")
    journal.state_save("early", b"1", through=ordinals[0])
    journal.state_save("late", b"2", through=ordinals[1])
    journal.state_save("now", b"3")
    journal.retract(None, ["Three."])
    assert [journal.state_load(name) for name in ("early", "late", "now")] == [b"1", b"2", None]
    journal.forget_text("Two.")
    assert [journal.state_load(name) for name in ("early", "late")] == [b"1", None]
    journal.forget_word("none such")
    assert journal.state_load("early") == b"1"
    journal.forget_all()
    assert journal.state_load("early") is None


def _raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_what_is_forgotten_is_in_no_byte_of_the_files(tmp_path: Path) -> None:
    # Without a key, so that the search can find something at all.
    with Profile.open(tmp_path, encrypted=False) as profile:
        journal = Journal(profile)
        rng = random.Random(1)
        filler = [f"{rng.random()} " * 40 for _ in range(300)]
        append(journal, *filler[:150], "The heron waits. " * 50, *filler[150:])
        journal.state_save("weights", b"heron state" * 5000)
        assert b"heron" in _raw(tmp_path)
        size = profile.size
        assert len(journal.forget_word("Heron")) == 1
        assert b"heron" not in _raw(tmp_path)
        assert profile.size < size
        assert texts(journal) == filler
    assert b"heron" not in _raw(tmp_path)


def test_a_retracted_lesson_is_in_no_byte_of_the_files(tmp_path: Path) -> None:
    with Profile.open(tmp_path, encrypted=False) as profile:
        journal = Journal(profile)
        append(journal, "The heron waits. " * 500, "Stay.")
        assert b"heron" in _raw(tmp_path)
        journal.retract(None, ["The heron waits. " * 500])
        assert b"heron" not in _raw(tmp_path)


_CHILD = """
import sys
from pathlib import Path
from model.profile.journal import Journal
from model.profile.store import Profile
from model.messages import Lesson
journal = Journal(Profile.open(Path(sys.argv[1])))
for number in range(100000):
    journal.append([Lesson(f"{number} a"), Lesson(f"{number} b")])
    if number % 5 == 4:
        journal.state_save("weights", b"%d" % number * 100000)
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.parametrize("delay", [0, 1, 7, 30, 61])
def test_a_killed_process_loses_nothing_and_doubles_nothing(tmp_path: Path, delay: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(delay + 1)]
        child.send_signal(signal.SIGKILL)
        told += [int(line) for line in child.stdout.read().split()]
    with Profile.open(tmp_path) as profile:
        found = texts(Journal(profile))
        # One lesson pair may be on the disk whose number was not told any more.
        pairs = len(found) // 2
        assert pairs in (len(told), len(told) + 1)
        assert found == [f"{number} {part}" for number in range(pairs) for part in "ab"]
        assert append(Journal(profile), "After.")


def test_a_document_takes_its_records_along_to_another_name(journal: Journal) -> None:
    append(journal, "Elsewhere.", document="b")
    append(journal, "One.", "Two.", document="untitled-1")
    journal.state_save("early", b"1", through=1)
    journal.state_save("late", b"2")
    assert journal.rename("untitled-1", "/a.txt") == 2
    assert journal.texts_of("/a.txt") == {"One.": 1, "Two.": 1}
    assert journal.texts_of("b") == {"Elsewhere.": 1}
    assert (journal.state_load("early"), journal.state_load("late")) == (b"1", None)
    assert journal.rename("untitled-1", "/b.txt") is None
