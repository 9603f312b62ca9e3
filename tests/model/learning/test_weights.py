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


def test_home_are_the_base_s_own_weights(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT)
    untouched = toy_base.floats()
    read_once = weights.moved()
    assert not any(torch.equal(now, untouched[name]) for name, now in read_once.items())
    weights.go_home()
    assert all(torch.equal(now, untouched[name]) for name, now in weights.moved().items())


def test_a_checkpoint_between_lessons_changes_no_bit(toy_base: BaseModel) -> None:
    texts = (TEXT * 4, "Nobody was there to see it.", TEXT)
    whole = weights_that_read(toy_base, *texts)
    broken_off = PersonalWeights(toy_base)
    for text in texts:
        kept = broken_off.to_bytes([0, 0, 0])
        broken_off = PersonalWeights(toy_base)
        assert broken_off.restore(kept, [0, 0, 0])
        broken_off.learn(read(toy_base.tokens, text, ()), "a")
    assert broken_off.digest() == whole.digest() != PersonalWeights(toy_base).digest()


def test_both_networks_see_the_same_before_the_first_step(toy_base: BaseModel) -> None:
    weights = PersonalWeights(toy_base, LearningRule(lean=0.0))
    scores = weights.learn(read(toy_base.tokens, TEXT, ()), "a")
    assert len(scores) == len(read(toy_base.tokens, TEXT, ()).ids) - 1
    for base, own in scores:
        assert own == pytest.approx(base, rel=0.25, abs=0.01)  # but for the layer's int8
    assert any(base != own for base, own in scores)


def test_a_step_goes_where_the_float_network_s_loss_falls(toy_base: BaseModel) -> None:
    reading = read(toy_base.tokens, TEXT, ())
    weights = PersonalWeights(toy_base, LearningRule(len(reading.ids), decay=0.0, clip=1e9))
    weights.learn(reading, None)
    network = toy_base.network()
    ids = torch.tensor([toy_base.tokens.document, *reading.ids[1:]])
    hidden, _ = network(ids[None, :-1], network.initial_state(1))
    losses = torch.nn.functional.cross_entropy(network.logits(hidden[0]), ids[1:], reduction="none")
    typed = torch.tensor(reading.weights[1:])
    (losses * typed).mean().backward()  # type: ignore[no-untyped-call]
    home, slopes = toy_base.floats(), dict(network.named_parameters())
    for name, now in weights.moved().items():
        slope, went = slopes[name].grad, home[name] - now
        assert slope is not None
        torch.testing.assert_close(went.norm(), 0.15 * slope.norm(), rtol=0.05, atol=0.0)
        along = torch.nn.functional.cosine_similarity(went.flatten(), slope.flatten(), 0)
        assert along > 0.99  # int8 makes the rest


def test_a_last_token_alone_is_read_and_not_learnt(toy_base: BaseModel) -> None:
    reading = read(toy_base.tokens, TEXT, ())
    whole, split = (
        PersonalWeights(toy_base, LearningRule(steps=len(reading.ids) - less)) for less in (0, 1)
    )
    scores = [weights.learn(reading, "a") for weights in (whole, split)]
    torch.testing.assert_close(*map(torch.tensor, scores))
    torch.testing.assert_close(whole.moved(), split.moved())
    torch.testing.assert_close(whole._standing, split._standing)
    torch.testing.assert_close(whole._own, split._own, rtol=0.2, atol=0.05)  # behind the step


def test_what_stood_before_is_that_of_the_same_document(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT)
    assert weights.before("a") == list(read(toy_base.tokens, TEXT, ()).ids)
    assert weights.before("b") == weights.before(None) == []


def test_a_checkpoint_holds_all_of_it(toy_base: BaseModel) -> None:
    weights = weights_that_read(toy_base, TEXT)
    kept = weights.to_bytes([0, 0, 0])
    again = PersonalWeights(toy_base)
    assert again.restore(kept, [0, 0, 0])
    assert again.to_bytes([0, 0, 0]) == kept
    assert not again.restore(kept, [0, 1, 0])


def test_what_was_accepted_moves_nothing(toy_base: BaseModel) -> None:
    weights = PersonalWeights(toy_base)
    weights.learn(read(toy_base.tokens, TEXT, [(0, len(TEXT))]), "a")
    assert weights.digest() == PersonalWeights(toy_base).digest()


@pytest.mark.parametrize("name", ["came", "own.state", "lstm.bias_ih_l1"])
def test_a_checkpoint_of_another_shape_is_refused(toy_base: BaseModel, name: str) -> None:
    kept = weights_that_read(toy_base, TEXT).to_bytes([0, 0, 0])
    tensors = {**from_bytes(kept), name: torch.zeros(1)}
    assert not PersonalWeights(toy_base).restore(to_bytes(tensors, metadata_of(kept)), [0, 0, 0])
