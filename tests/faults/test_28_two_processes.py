"""Fault 28: two programs with one profile, a clock that jumps back, and learning that is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.messages import Forgetting, Lesson, Phase, Teaching
from model.profile.inbox import Inbox
from model.profile.journal import Journal
from model.profile.store import Profile
from tests.faults.profiles import SENTENCES, fresh, open_on
from tests.faults.writers import ROOT
from tests.model.test_engine import Ears, make


def texts(folder: Path) -> list[str]:
    with open_on(Profile.open(folder)) as predictor:
        return [record.text for record in predictor.journal.records()]


def teaching(text: str) -> Teaching:
    return Teaching("a", (Lesson(text, "a", when=1.0),))


def test_28_a_second_program_suggests_what_is_known_and_loses_nothing(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with open_on(Profile.open(profile)) as predictor:
        predictor.learn(" ".join([SENTENCES[0]] * 3), "a", when=1.0)
    ears, other_ears = Ears(), Ears()
    first = make(None, profile, ears)
    ears.wait_ready()
    second = make(None, profile, other_ears)
    other_ears.wait(lambda: other_ears.statuses[-1].phase is Phase.PAUSED)
    assert "Another Foretype" in other_ears.statuses[-1].message
    served = second._predictor
    assert served is not None
    # What is known is offered here too.
    other_ears.wait(lambda: served.counts.words["tarethia"] == 3)
    first.teach(teaching("Typed in the first."))
    second.teach(teaching("Typed in the second."))
    second.teach(teaching("And revised in the second."))
    second.teach(Teaching("a", retract=("And revised in the second.",)))
    second.forget(Forgetting(word="tarethia"))
    other_ears.wait(lambda: "next started" in other_ears.statuses[-1].message)
    second.close()
    first.close()
    found = texts(profile)
    assert sorted(found) == ["Typed in the first.", "Typed in the second."]


@pytest.mark.parametrize("base", ["none", None])
def test_28_the_second_program_may_outlive_the_first(tmp_path: Path, base: str | None) -> None:
    folder = tmp_path / "nothing" if base else None
    with Profile.open(tmp_path / "profile") as held:
        ears = Ears()
        second = make(folder, tmp_path / "profile", ears)
        ears.wait(lambda: ears.statuses[-1].phase in {Phase.PAUSED, Phase.FAILED})
        second.teach(teaching("Typed in the second."))
        if base:
            second.close()
        else:
            ears.wait(lambda: bool(list(Inbox(held).items())))
    second.close()
    with Profile.open(tmp_path / "profile") as profile:
        waiting = [item for _, item in Inbox(profile).items()]
        journal = [record.text for record in Journal(profile).records()]
    assert (len(waiting), journal) == ((1, []) if base else (0, ["Typed in the second."]))
    assert texts(tmp_path / "profile") == ["Typed in the second."]


def test_28_a_clock_that_jumps_back_changes_nothing_that_is_learnt(tmp_path: Path) -> None:
    pairs = list(zip(SENTENCES, (9e9, 100.0, 50.0), strict=True))
    with open_on(Profile.open(tmp_path)) as predictor:
        for text, when in pairs:
            predictor.learn(text, "a", when=when)
        learnt = predictor.fingerprint()
        # What was learnt before the jump bears a time to come: it goes as well, not less.
        assert predictor.forget(since=60.0) == 2
        assert [record.text for record in predictor.journal.records()] == [SENTENCES[2]]
    with fresh(*((text, "a") for text in SENTENCES)) as other:
        assert other.fingerprint() == learnt


_CHILD = """
import sys
from pathlib import Path
from model.learning import learner
from model.profile.store import Profile
from tests.faults.profiles import open_on
learner._CHECKPOINT_CHARACTERS = 40  # a checkpoint for nearly every lesson
predictor = open_on(Profile.open(Path(sys.argv[1])))
for number in range(1000):
    print(number, flush=True)
    predictor.learn(f"Tarethia met the {number} gulls of the tower.", "a", when=1.0)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_28_learning_that_is_killed_goes_on_from_a_good_checkpoint(tmp_path: Path) -> None:
    dice = random.Random(1)
    for _ in range(3):
        command = [sys.executable, "-c", _CHILD, str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for _ in range(dice.randint(2, 4)):
                child.stdout.readline()
            # Somewhere in the middle of a lesson or of its checkpoint.
            time.sleep(dice.random() * 0.3)
            child.send_signal(signal.SIGKILL)
    with open_on(Profile.open(tmp_path)) as predictor:
        lessons = [record.text for record in predictor.journal.records()]
        assert lessons
        learnt = predictor.fingerprint()
    with fresh(*((text, "a") for text in lessons)) as other:
        assert other.fingerprint() == learnt
    assert len(lessons) == len(set(lessons))  # each run began with the same texts


def test_28_what_is_forgotten_while_something_waits_takes_nothing_learnt_later(
    tmp_path: Path,
) -> None:
    with open_on(Profile.open(tmp_path)) as predictor:
        with Profile.open(tmp_path, writable=False) as reader:
            Inbox(reader).leave(teaching("Tarethia waits to be learnt."))
        predictor.learn("Tarethia came first.", "b")
        assert predictor.forget(word="tarethia") == 1
        predictor.learn("Tarethia came later.", "b")
        predictor.list_word("tarethia", "added")
    assert texts(tmp_path) == ["Tarethia came later."]
    with open_on(Profile.open(tmp_path)) as predictor:
        assert predictor.listed_words() == {"tarethia": "added"}
