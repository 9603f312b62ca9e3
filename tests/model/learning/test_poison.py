"""Whatever a profile is fed, the user's own text afterwards costs hardly more than without."""

from __future__ import annotations

import random

import pytest

from model.base import BaseModel
from model.learning.counts import UserCounts
from model.learning.learner import Learner
from model.learning.weights import LearningRule
from model.messages import Lesson
from model.profile.journal import Journal
from model.profile.store import Profile
from tests.model.conftest import STORY

OWN = [Lesson(line, "own") for line in STORY.splitlines()]
_dice = random.Random(1)
POISON = {
    "one word": ["lamp " * 60] * 8,
    "random bytes": [_dice.randbytes(160).decode("latin-1").replace("\n", " ") for _ in range(8)],
    "another language": [
        "Der Leuchtturm stand am Meer, und niemand wusste, wer die Lampe angesteckt hatte.",
        "Abends zogen die Schiffe vorbei, und die Matrosen winkten dem alten Mann zu.",
    ]
    * 4,
    "source code": ["for i in range(10):\n    print(f'{i:3d}', end=sep if i < 9 else '')"] * 8,
}


@pytest.mark.parametrize("kind", POISON)
def test_poison_costs_little(toy_base: BaseModel, kind: str) -> None:
    with Profile.open(None) as profile:
        learner = Learner(toy_base, UserCounts(toy_base.tokens.size), Journal(profile))
        learner.take([Lesson(text, "poison") for text in POISON[kind]])
        learner.fold_all()
        base, own = learner.base_bits, learner.bits
        learner.take(OWN)
        learner.fold_all()
        # What the weights may lose before they begin again, and as much for the counts.
        assert learner.bits - own < learner.base_bits - base + 160


def test_code_moves_no_weights_and_no_beliefs(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        learner = Learner(toy_base, UserCounts(toy_base.tokens.size), Journal(profile))
        learner.take(OWN)
        learner.fold_all()
        weights = learner._weights.digest()
        learner.take([Lesson(text, "program") for text in POISON["source code"]])
        learner.fold_all()
        assert learner.backlog == 0
        assert learner._weights.digest() == weights
        assert learner._counts.words["print"] == len(POISON["source code"])


def test_what_never_came_is_not_given_up(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        learner = Learner(toy_base, UserCounts(toy_base.tokens.size), Journal(profile))
        learner.take([Lesson("ooo eee ooo eee ooo.", f"number {n}") for n in range(40)])
        learner.fold_all()
        rule = LearningRule()
        leaning = learner.changes()["bias_change"]
        assert float(leaning.min()) == -rule.deny
        assert float(leaning.max()) > rule.deny


def test_random_bytes_are_not_learnt_at_all(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        learner = Learner(toy_base, UserCounts(toy_base.tokens.size), Journal(profile))
        fresh = learner.fingerprint()
        learner.take([Lesson(text) for text in POISON["random bytes"]])
        assert not learner._counts.words
        learner.drop(learner._journal.forget_all)
        assert learner.fingerprint() == fresh


def test_an_unfinished_sentence_does_not_teach_half_a_word(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        counts = UserCounts(toy_base.tokens.size)
        learner = Learner(toy_base, counts, Journal(profile))
        learner.take([Lesson("The keeper saw the lighth"), Lesson("He lit the lamp")])
        assert counts.words["keeper"] == counts.words["lamp"] == 1
        assert "lighth" not in counts.words
        learner.take([Lesson("The keeper saw Zarethia.")])
        assert counts.words["zarethia"] == 1
