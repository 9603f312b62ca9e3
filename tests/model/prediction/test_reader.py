from __future__ import annotations

import pytest
import torch

from model.base import BaseModel
from model.inference import Inference
from model.prediction.reader import Reader
from model.text import fold

TEXT = "The keeper made a pot of tea and sat on the balcony."


@pytest.fixture
def reader(toy_base: BaseModel) -> Reader:
    return Reader(Inference(toy_base.config, toy_base.network().state_dict()))


def test_typing_on_costs_only_what_is_new(reader: Reader, toy_base: BaseModel) -> None:
    ids = toy_base.tokens.encode(fold(TEXT))
    reader.read(ids[:-3])
    steps = reader.steps
    reader.read(ids)
    assert reader.steps == steps + 3
    reader.read(ids[:-1])  # deleting finds the state again
    assert reader.steps == steps + 3


def test_a_jump_reads_a_bounded_window(reader: Reader, toy_base: BaseModel) -> None:
    ids = toy_base.tokens.encode(fold(TEXT * 200))
    reader.read(ids)
    assert reader.steps <= 256


def test_following_is_the_same_as_reading(reader: Reader, toy_base: BaseModel) -> None:
    ids = toy_base.tokens.encode(fold(TEXT))
    place = reader.read(ids[:5])
    for token in ids[5:]:
        place = reader.follow([place], [token])[0]
    other = Reader(reader.inference)
    expected = other.probabilities(other.read(ids))
    assert torch.allclose(reader.probabilities(place), expected, atol=1e-6)


def test_known_places_cost_nothing_when_followed(reader: Reader, toy_base: BaseModel) -> None:
    place = reader.read(toy_base.tokens.encode(fold(TEXT)))
    reader.follow([place, place], [300, 301])
    steps = reader.steps
    reader.follow([place, place], [301, 300])
    assert reader.steps == steps


def test_moved_weights_go_on_from_the_old_states(reader: Reader, toy_base: BaseModel) -> None:
    ids = toy_base.tokens.encode(fold(TEXT))
    reader.read(ids)
    renewed = reader.renewed(reader.inference)
    renewed.read(ids)
    assert renewed.steps == 0


def test_distributions_are_kept_of_the_last_places_only(
    reader: Reader, toy_base: BaseModel
) -> None:
    ids = [i * i % toy_base.tokens.size for i in range(200)]  # no place comes twice
    first = reader.read(ids[:2])
    expected = reader.probabilities(first).clone()
    kept = {}
    for end in range(3, 200):
        place = reader.read(ids[:end])
        reader.probabilities(place)
        kept[place.key] = place
    with_rows = [place for place in kept.values() if place.probabilities is not None]
    assert with_rows == list(kept.values())[-96:]
    assert first.probabilities is None
    steps = reader.steps
    assert torch.equal(reader.probabilities(reader.read(ids[:2])), expected)
    assert reader.steps == steps  # its state was kept
