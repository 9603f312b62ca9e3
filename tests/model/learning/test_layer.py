from __future__ import annotations

import pytest
import torch
from torch import Tensor

from model.learning.layer import Layer, slope_below

INPUTS, WIDTH, STEPS = 7, 5, 9
SHAPES = {
    "weight_ih": (4 * WIDTH, INPUTS),
    "bias_ih": (4 * WIDTH,),
    "weight_hh": (4 * WIDTH, WIDTH),
    "bias_hh": (4 * WIDTH,),
}


def numbers(*shape: int, seed: int = 1) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@pytest.fixture
def weights() -> dict[str, Tensor]:
    return {name: numbers(*shape, seed=n) for n, (name, shape) in enumerate(SHAPES.items())}


def by_autograd(
    weights: dict[str, Tensor], inputs: Tensor, state: Tensor, slope: Tensor
) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """Hidden vectors, the state behind them, and the slope by each weight, as torch has them."""
    own = {name: weight.clone().requires_grad_(True) for name, weight in weights.items()}
    ordered = [own[name] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    hidden, *last = torch.lstm(
        inputs[None], tuple(state[:, None]), ordered, True, 1, 0.0, False, False, True
    )
    (hidden[0] * slope).sum().backward()  # type: ignore[no-untyped-call]
    slopes = {name: weight.grad for name, weight in own.items() if weight.grad is not None}
    return hidden[0].detach(), torch.cat(last).detach(), slopes


@pytest.mark.parametrize("clip", [1e9, 0.5])
def test_it_reads_and_moves_as_autograd_would(weights: dict[str, Tensor], clip: float) -> None:
    inputs, state, slope = numbers(STEPS, INPUTS), numbers(2, 1, WIDTH), numbers(STEPS, WIDTH)
    hidden, behind, slopes = by_autograd(weights, inputs, state, slope)
    norm = float(torch.cat([one.flatten() for one in slopes.values()]).norm())
    assert 0.5 < norm < 1e9  # so that one of the clips cuts, and the other does not
    expected = {n: weights[n] - 0.1 * min(1.0, clip / norm) * slopes[n] for n in weights}
    layer = Layer(weights)
    seen = layer.read(inputs, state)
    torch.testing.assert_close(seen.hidden, hidden)
    torch.testing.assert_close(seen.state, behind)
    layer.move(seen, slope, 0.1, clip)
    torch.testing.assert_close(layer.weights, expected)


def test_what_was_read_in_two_goes_is_what_was_read_in_one(weights: dict[str, Tensor]) -> None:
    layer, inputs = Layer(weights), numbers(STEPS, INPUTS)
    whole = layer.read(inputs, torch.zeros(2, 1, WIDTH))
    first = layer.read(inputs[:4], torch.zeros(2, 1, WIDTH))
    second = layer.read(inputs[4:], first.state)
    torch.testing.assert_close(torch.cat([first.hidden, second.hidden]), whole.hidden)
    torch.testing.assert_close(second.state, whole.state)


def test_a_slope_that_is_no_number_moves_nothing(weights: dict[str, Tensor]) -> None:
    layer = Layer({name: weight.clone() for name, weight in weights.items()})
    seen = layer.read(numbers(STEPS, INPUTS), torch.zeros(2, 1, WIDTH))
    layer.move(seen, torch.full((STEPS, WIDTH), torch.nan), 0.1, 1.0)
    assert all(torch.equal(layer.weights[name], weights[name]) for name in weights)
    layer.move(seen, numbers(STEPS, WIDTH), 0.1, 1.0)  # but one that is does
    assert not any(torch.equal(layer.weights[name], weights[name]) for name in weights)


def test_slopes_go_down_through_int8_rows() -> None:
    rows = (40 * numbers(600, WIDTH)).clamp(-127, 127).to(torch.int8)  # more than go at a time
    scales, slope = numbers(600, seed=2).abs().half(), numbers(STEPS, 600, seed=3)
    expected = slope @ (rows.float() * scales.float()[:, None])
    torch.testing.assert_close(slope_below(slope, rows, scales), expected, rtol=1e-4, atol=1e-2)
