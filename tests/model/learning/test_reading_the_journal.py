"""A journal that cannot be read for a moment, or whose lessons are not counted yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch

from model.base import BaseModel
from model.errors import ProfileError
from model.learning.counts import UserCounts
from model.learning.learner import Learner
from model.profile.journal import Journal
from model.profile.store import Profile
from tests.model.learning.test_learner import LESSONS, learner_on, taught


def test_what_was_learnt_before_is_counted_once_and_before_anything_else(
    toy_base: BaseModel, tmp_path: Path
) -> None:
    for act in ("gather", "take", "revise", "drop", "fold"):
        with Profile.open(tmp_path / act) as profile:
            Journal(profile).append(LESSONS)
            counts = UserCounts(toy_base.tokens.size)
            learner = Learner(toy_base, counts, Journal(profile), gather=False)
            assert not counts.words
            survivors = LESSONS
            if act == "gather":
                with one_failure(profile), pytest.raises(ProfileError):
                    learner.gather()
                assert [learner.gather(), learner.gather()] == [True, False]
            elif act == "take":
                learner.take(LESSONS[:1])
                survivors = LESSONS + LESSONS[:1]
            elif act == "revise":
                learner.revise("b", [LESSONS[2].text], [])
                survivors = LESSONS[:2] + LESSONS[3:]
            elif act == "drop":
                learner.drop(partial(learner._journal.forget_document, "a"))
                survivors = LESSONS[2:]
            learner.fold_all()
            assert learner.fingerprint() == taught(toy_base, survivors), act


@contextmanager
def one_failure(profile: Profile) -> Iterator[None]:
    """Let the first read of the profile outside a transaction fail."""
    read, failures = profile.read, []

    def fails_once(query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        if not failures and not profile._connection.in_transaction:
            failures.append(query)
            raise ProfileError("The disk cannot be read.")
        return read(query, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profile, "read", fails_once)
        yield
    assert failures


def test_weights_are_clean_where_what_is_left_cannot_be_read(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        base = learner.changes()
        learner.take(LESSONS)
        learner.fold_all()
        with one_failure(profile):
            assert learner.drop(partial(learner._journal.forget_document, "a")) == 2
        assert all(torch.equal(base[name], now) for name, now in learner.changes().items())
        assert learner.backlog
        learner.fold_all()
        assert learner.fingerprint() == taught(toy_base, LESSONS[2:])


def test_a_revision_stands_where_what_is_left_cannot_be_read(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        learner.take(LESSONS)
        learner.fold_all()
        with one_failure(profile):
            learner.revise("b", [LESSONS[2].text], LESSONS[2:3])
        learner.fold_all()
        survivors = [*LESSONS[:2], LESSONS[3], LESSONS[2]]
        assert learner.fingerprint() == taught(toy_base, survivors)


def test_the_window_of_the_counts_moves_once_it_can_be_read(
    toy_base: BaseModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.learning.learner.COUNTS_READ", 100)
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        learner.take(LESSONS[:2])
        learner.fold_all()
        with one_failure(profile):
            learner.take(LESSONS[2:])
        learner.fold_all()
        assert learner._counted_from
        assert learner.fingerprint() == taught(toy_base, LESSONS)
