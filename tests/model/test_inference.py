from __future__ import annotations

import pytest
import torch

from model.base import BaseModel
from model.inference import Inference, floats
from model.network import Network, NetworkConfig
from model.text import fold


def test_steps_agree_with_the_float_network(toy_base: BaseModel) -> None:
    network = toy_base.network()
    inference = Inference(toy_base.config, network.state_dict())
    ids = toy_base.tokens.encode(fold("The keeper made a pot of tea"))
    state = inference.initial_state()
    for token in ids:
        state = inference.advance([token], state)
    quantised = inference.probabilities(state)[0]
    with torch.no_grad():
        hidden, _ = network(torch.tensor([ids]), network.initial_state(1))
        exact = torch.softmax(network.logits(hidden[0, -1]), 0)
    assert float((quantised - exact).abs().max()) < 0.05
    assert float(exact.max() - exact[quantised.argmax()]) < 0.05


def test_stored_rows_serve_as_the_floats_that_were_made_of_them(toy_base: BaseModel) -> None:
    name = "embedding.weight"
    given = Inference(
        toy_base.config, toy_base.floats(lambda one: one != name), toy_base.rows(name)
    )
    made = Inference(toy_base.config, toy_base.floats())
    states = [one.advance([300], one.initial_state()) for one in (given, made)]
    torch.testing.assert_close(*states)
    assert bool(states[0].any())
    torch.testing.assert_close(*(one.probabilities(states[0]) for one in (given, made)))


def test_streams_of_a_batch_do_not_touch_each_other(toy_base: BaseModel) -> None:
    inference = Inference(toy_base.config, toy_base.network().state_dict(), linear=floats)
    a = inference.advance([300], inference.initial_state())
    b = inference.advance([310], inference.initial_state())
    both = inference.advance([300, 310], inference.initial_state().expand(-1, 2, -1))
    assert torch.allclose(both[:, :1], a, atol=1e-5)
    assert torch.allclose(both[:, 1:], b, atol=1e-5)


def test_updates_leave_the_original_alone(toy_base: BaseModel) -> None:
    weights = toy_base.network().state_dict()
    inference = Inference(toy_base.config, weights)
    state = inference.advance([300], inference.initial_state())
    before = inference.probabilities(state).clone()
    change = torch.zeros(toy_base.config.vocabulary)
    change[305] = 20.0
    moved = inference.with_changes({**weights, "bias_change": change})
    assert int(moved.probabilities(state).argmax()) == 305
    assert torch.equal(inference.probabilities(state), before)


def test_layers_of_different_widths() -> None:
    config = NetworkConfig(30, width=8, layers=3, inner=(12, 5), scale=4.0)
    network = Network(config).eval()
    inference = Inference(config, network.state_dict(), linear=floats)
    state = inference.initial_state()
    for token in (3, 1, 4):
        state = inference.advance([token], state)
    with torch.no_grad():
        hidden, expected = network(torch.tensor([[3, 1, 4]]), network.initial_state(1))
        exact = torch.softmax(network.logits(hidden[0, -1]), 0)
    torch.testing.assert_close(state, expected)
    torch.testing.assert_close(inference.probabilities(state)[0], exact)


@pytest.mark.parametrize("layers", [1, 2])
def test_reading_is_step_by_step_and_shows_what_the_last_layer_was_given(layers: int) -> None:
    config = NetworkConfig(30, width=8, layers=layers, inner=(12,) * (layers - 1), scale=4.0)
    network = Network(config).eval()
    inference = Inference(config, network.state_dict(), linear=floats)
    ids, state = [3, 1, 4], inference.initial_state()
    states = inference.read(ids, state)
    given = inference.under_last(ids, states)
    for place, token in enumerate(ids):
        state = inference.advance([token], state)
        torch.testing.assert_close(states[:, place : place + 1], state)
    last = network.lstm.weights[-1]
    with torch.no_grad():
        hidden, _, _ = torch.lstm(
            given[None], tuple(torch.zeros(2, 1, 1, 8)), last, True, 1, 0.0, False, False, True
        )
        torch.testing.assert_close(hidden[0], states[0, :, -8:])
        exact = network.logits(states[0, :, -8:])
    torch.testing.assert_close(inference.logits(states[0, :, -8:]), exact)
