from __future__ import annotations

import pytest
import torch

from model.base import BaseModel
from model.learning.reading import read
from model.learning.weights import LearningRule, PersonalWeights
from model.tensors import from_bytes, metadata_of, to_bytes

TEXT = "The keeper lit the lamp and waved."


def weights_that_read(
    base: BaseModel, *texts: str, rule: LearningRule | None = None
) -> PersonalWeights:
    weights = PersonalWeights(base, rule)
    for text in texts:
        weights.learn(read(base.tokens, text, ()), "a")
    return weights


def test_a_word_gains_as_it_comes_more_often_than_foreseen(toy_base: BaseModel) -> None:
    once = weights_that_read(toy_base, TEXT).changes()["bias_change"]
    often = weights_that_read(toy_base, *[TEXT] * 3).changes()["bias_change"]
    (lamp,) = toy_base.tokens.encode(" lamp")
    assert 0 < once[lamp] < often[lamp]


def test_what_never_comes_loses_as_far_as_it_was_foreseen(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT)
    ids = read(toy_base.tokens, TEXT, ()).ids
    absent = torch.ones(toy_base.tokens.size, dtype=torch.bool)
    absent[list(ids)] = False
    change = weights.changes()["bias_change"]
    assert bool((change[absent] < 0).all())
    likeliest = weights._foreseen.where(absent, torch.zeros(())).argmax()
    assert change[likeliest] == change[absent].min()


def test_without_lean_the_bias_stays_the_base_s(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT, rule=LearningRule(lean=0.0))
    assert not bool(weights.changes()["bias_change"].any())


def test_home_forgets_what_came(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT)
    weights.go_home()
    assert weights.digest() == PersonalWeights(toy_base).digest()


def test_a_rest_between_lessons_changes_no_bit(toy_base: BaseModel) -> None:
    texts = (TEXT, "Nobody was there to see it.", TEXT)
    whole = weights_that_read(toy_base, *texts)
    rested = PersonalWeights(toy_base)
    assert rested.rests
    for text in texts:
        rested.learn(read(toy_base.tokens, text, ()), "a")
        assert not rested.rests
        rested.rest()
        assert rested.rests
        changes = rested.changes()
    assert rested.digest() == whole.digest() != PersonalWeights(toy_base).digest()
    assert all(torch.equal(change, changes[name]) for name, change in whole.changes().items())


def test_home_is_reached_from_a_rest_too(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT)
    weights.rest()
    weights.go_home()
    untouched = toy_base.floats()
    assert all(torch.equal(parameter, untouched[name]) for name, parameter in weights.moving())


def test_what_stood_before_is_that_of_the_same_document(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT)
    assert weights.before("a") == list(read(toy_base.tokens, TEXT, ()).ids)
    assert weights.before("b") == weights.before(None) == []


def test_a_checkpoint_holds_all_of_it(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT)
    kept = weights.to_bytes(1, [0, 0, 0])
    again = PersonalWeights(toy_base)
    assert again.restore(kept, [0, 0, 0])
    assert again.to_bytes(1, [0, 0, 0]) == kept
    assert not again.restore(kept, [0, 1, 0])


def test_what_was_accepted_moves_nothing(toy_base: BaseModel) -> None:
    weights = PersonalWeights(toy_base)
    weights.learn(read(toy_base.tokens, TEXT, [(0, len(TEXT))]), "a")
    assert weights.digest() == PersonalWeights(toy_base).digest()


@pytest.mark.parametrize("name", ["came", "own.state", "lstm.bias_ih_l1"])
def test_a_checkpoint_of_another_shape_is_refused(toy_base: BaseModel, name: str) -> None:
    kept = weights_that_read(toy_base, TEXT).to_bytes(1, [0, 0, 0])
    tensors = {**from_bytes(kept), name: torch.zeros(1)}
    assert not PersonalWeights(toy_base).restore(to_bytes(tensors, metadata_of(kept)), [0, 0, 0])
