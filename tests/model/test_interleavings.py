"""Exact forgetting: whatever was typed, killed, forgotten and resumed in whatever order, in the end
everything is as in a fresh profile that was given the survivors: the SHA-256 over weights, counts
and gates, and what is suggested.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model.base import BaseModel
from model.messages import Forgetting, Lesson, Teaching
from model.predictor import Predictor
from model.profile.inbox import Inbox
from model.profile.store import Profile
from tests.model.conftest import STORY

TEXTS = (
    "Zarethia climbed the stairs and lit the lamp.",
    "The ships passed Zarethia and she waved at the keeper.",
    "A letter came from Quillam in the morning.",
    "She made a pot of tea for the gulls, and Zarethia sat on the balcony.",
    "Nobody had seen Quillam since the storm.",
    "Write to me at the lighthouse, wrote Zarethia.",
)
WORDS = ("zarethia", "Quillam", "lamp", "the", "nowhere")
Folders = pytest.TempPathFactory
SELDOM = ("revise", "forget", "kill", "restart", "resume", "elsewhere")
ACTS = (*("type",) * 5, *("idle",) * 3, *SELDOM)


class Writer:
    """Someone who writes with one profile, and does what the dice say."""

    def __init__(self, base: BaseModel, folder: Path, dice: random.Random) -> None:
        self.base, self.folder, self.dice = base, folder, dice
        self.predictor = self._open()

    def _open(self) -> Predictor:
        return Predictor(self.base, Profile.open(self.folder), "eager")

    def do(self, act: str) -> None:
        deed: Callable[[], None] = getattr(self, f"_{act}")
        deed()

    def _teaching(self, *retract: str) -> Teaching:
        document = self.dice.choice("abc")
        text = self.dice.choice(TEXTS)
        spans = ((4, 12),) if self.dice.random() < 0.3 else ()
        return Teaching(document, (Lesson(text, document, spans, self.dice.randrange(9)),), retract)

    def _type(self) -> None:
        self.predictor.teach(self._teaching())

    def _revise(self) -> None:
        self.predictor.teach(self._teaching(self.dice.choice(TEXTS)))

    def _idle(self) -> None:
        for _ in range(self.dice.randint(1, 3)):
            self.predictor.learner.fold_next()
        if self.dice.random() < 0.5:
            self.predictor.learner.save()

    def _elsewhere(self) -> None:
        """Another process writes, and this one takes that in at its next start."""
        with Profile.open(self.folder, writable=False) as reader:
            Inbox(reader).leave(self.dice.choice([self._teaching(), self._wish()]))

    def _wish(self) -> Forgetting:
        since = self.dice.randrange(9)
        return self.dice.choice(
            [
                Forgetting(word=self.dice.choice(WORDS)),
                Forgetting(text=self.dice.choice(TEXTS)[: self.dice.randint(8, 30)]),
                Forgetting(document=self.dice.choice("abc")),
                Forgetting(since=since, until=since + 2),
            ]
        )

    def _forget(self) -> None:
        restarts = self.predictor.learner.restarts
        self.predictor.drop(self._wish())
        if self.predictor.learner.restarts != restarts:  # as the engine does
            self.predictor.composer.renew(self.predictor.personal_inference(), fresh=True)

    def _kill(self) -> None:
        """Nothing is saved on the way out."""
        self.predictor.profile.close()
        self.predictor = self._open()

    def _restart(self) -> None:
        self.predictor.close()
        self.predictor = self._open()

    def _resume(self) -> None:
        self.predictor.catch_up()


def contexts(dice: random.Random, number: int) -> list[str]:
    """Beginnings of what was and was not learnt, inside words and between them."""
    whole = "\n".join((STORY, *TEXTS))
    ends = (dice.randrange(1, len(whole)) for _ in range(number))
    return [whole[max(0, end - dice.randint(5, 200)) : end] for end in ends]


def check(base: BaseModel, folder: Path, seed: int, acts: int, asked: int) -> None:
    dice = random.Random(seed)
    writer = Writer(base, folder, dice)
    for _ in range(acts):
        writer.do(dice.choice(ACTS))
    writer.do("restart")  # what was left elsewhere is taken in
    writer.do("resume")
    learnt = writer.predictor
    survivors = [
        Lesson(record.text, record.document, record.accepted, record.when)
        for record in learnt.journal.records()
    ]
    with Predictor(base, Profile.open(None), "eager") as fresh:
        fresh.learner.take(survivors)
        fresh.catch_up()
        assert learnt.fingerprint() == fresh.fingerprint()
        for context in contexts(dice, asked):
            assert learnt.suggest(context) == fresh.suggest(context), context
    learnt.close()


def each_seed(base: BaseModel, folders: Folders, examples: int, acts: int, asked: int) -> None:
    """An example is a seed: there is nothing in it to make smaller."""

    @settings(max_examples=examples, phases=(Phase.generate,))
    @given(st.integers(0, 1 << 32))
    def of(seed: int) -> None:
        check(base, folders.mktemp("profile"), seed, acts, asked)

    of()


def test_in_the_end_only_the_survivors_were_ever_there(
    toy_base: BaseModel, tmp_path_factory: Folders
) -> None:
    each_seed(toy_base, tmp_path_factory, examples=5, acts=25, asked=20)


@pytest.mark.slow
def test_in_the_end_200_contexts_are_completed_as_by_the_survivors(
    toy_base: BaseModel, tmp_path_factory: Folders
) -> None:
    each_seed(toy_base, tmp_path_factory, examples=40, acts=60, asked=200)


@pytest.mark.parametrize("seed", [1, 5103])
def test_a_sentence_that_was_read_and_then_revised(
    toy_base: BaseModel, tmp_path: Path, seed: int
) -> None:
    """These once read the new sentence twice."""
    check(toy_base, tmp_path, seed, acts=25, asked=20)


def test_what_is_suggested_can_differ(toy_base: BaseModel) -> None:
    with (
        Predictor(toy_base, Profile.open(None), "eager") as one,
        Predictor(toy_base, Profile.open(None), "eager") as other,
    ):
        one.learner.take([Lesson(text, "a", when=1.0) for text in TEXTS])
        one.catch_up()
        asked = contexts(random.Random(1), 20)
        assert [one.suggest(text) for text in asked] != [other.suggest(text) for text in asked]
