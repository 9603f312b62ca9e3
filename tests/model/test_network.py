from __future__ import annotations

import json
from dataclasses import asdict

import pytest
import torch
from torch import nn

from model.network import Network, NetworkConfig, StackedLSTM, shapes

IDS = torch.tensor([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]])


def test_layers_of_one_width_are_those_of_torch() -> None:
    theirs = nn.LSTM(6, 6, 2, batch_first=True)
    ours = StackedLSTM(6, [6, 6])
    ours.load_state_dict(theirs.state_dict())
    inputs, state = torch.randn(2, 5, 6), torch.randn(2, 2, 12)
    output, after = ours(inputs, state)
    layered = state.unflatten(2, (2, 6)).permute(0, 2, 1, 3).contiguous()
    expected, (hidden, cell) = theirs(inputs, (layered[0], layered[1]))
    torch.testing.assert_close(output, expected)
    torch.testing.assert_close(after[0], torch.cat(list(hidden), dim=1))
    torch.testing.assert_close(after[1], torch.cat(list(cell), dim=1))


@pytest.mark.parametrize("inner", [(), (11,), (5, 9)])
def test_a_text_in_two_parts_is_the_same_text(inner: tuple[int, ...]) -> None:
    network = Network(NetworkConfig(10, width=6, layers=len(inner) + 1, inner=inner, scale=4.0))
    whole, end = network(IDS, network.initial_state(2))
    assert whole.shape == (2, 5, 6)
    first, state = network(IDS[:, :2], network.initial_state(2))
    second, state = network(IDS[:, 2:], state)
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole)
    torch.testing.assert_close(state, end)


def test_given_weights_are_used_as_they_are() -> None:
    config = NetworkConfig(10, width=6, inner=(8,))
    weights = Network(config).state_dict()
    network = Network(config, weights)
    for name, parameter in network.named_parameters():
        assert parameter.data_ptr() == weights[name].data_ptr()


def test_a_shape_comes_back_from_json() -> None:
    config = NetworkConfig(10, width=6, layers=3, inner=(8, 7))
    assert NetworkConfig(**json.loads(json.dumps(asdict(config)))) == config
    assert config.widths == (8, 7, 6)
    assert NetworkConfig(vocabulary=10, width=6, layers=2, dropout=0.0).widths == (6, 6)
    with pytest.raises(ValueError, match="inner"):
        NetworkConfig(10, layers=2, inner=(8, 7))


def test_the_shapes_are_those_of_a_network() -> None:
    config = NetworkConfig(vocabulary=300, width=24, layers=3, inner=(40, 32))
    state = Network(config).state_dict()
    assert shapes(config) == {name: tuple(tensor.shape) for name, tensor in state.items()}
