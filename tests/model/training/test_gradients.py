from __future__ import annotations

import pytest
import torch

from model.network import Network, NetworkConfig, State
from model.training.gradients import Batch, Gradients
from model.training.loss import Candidates

STREAMS, STEPS, VOCABULARY = 6, 5, 40
INNER, WIDTH = 12, 8
UNITS = INNER + WIDTH
ROWS = STREAMS * STEPS


@pytest.fixture
def network() -> Network:
    return Network(NetworkConfig(VOCABULARY, width=WIDTH, inner=(INNER,), scale=3.0))


@pytest.fixture
def batch() -> Batch:
    ids = torch.randint(0, VOCABULARY, (STREAMS, STEPS + 1))
    return Batch(ids[:, :-1], ids[:, 1:])


def made(
    network: Network, batch: Batch, part: int, threads: int, kind: torch.dtype = torch.float32
) -> tuple[torch.Tensor, State, list[torch.Tensor]]:
    torch.manual_seed(2)
    state = torch.randn(2, STREAMS, UNITS)
    loss, state = Gradients(network, kind, part, threads).make(batch, state, None, ROWS)
    return loss, state, [p.grad for p in network.parameters() if p.grad is not None]


@pytest.mark.parametrize("part", [1, 4, 100])
def test_they_are_those_of_torch(network: Network, batch: Batch, part: int) -> None:
    loss, state, grads = made(network, batch, part, threads=2)
    torch.manual_seed(2)
    hidden, expected_state = network(batch.inputs, torch.randn(2, STREAMS, UNITS))
    expected = torch.nn.functional.cross_entropy(
        network.logits(hidden).flatten(0, 1), batch.targets.flatten()
    )
    torch.testing.assert_close(loss, expected.detach())
    torch.testing.assert_close(state, expected_state.detach())
    for ours, theirs in zip(
        grads, torch.autograd.grad(expected, list(network.parameters())), strict=True
    ):
        torch.testing.assert_close(ours, theirs)


def test_threads_change_no_bit(network: Network, batch: Batch) -> None:
    results = [
        made(network, batch, part=2, threads=threads, kind=torch.bfloat16)
        for threads in (1, 2, 4)
        for _ in range(10)
    ]
    for result in results[1:]:
        for ours, first in zip(result[2], results[0][2], strict=True):
            assert torch.equal(ours, first)
        assert torch.equal(result[0], results[0][0])


def test_all_classes_as_candidates_are_the_full_loss(network: Network, batch: Batch) -> None:
    full, _, expected = made(network, batch, part=3, threads=1)
    every = Candidates(torch.arange(VOCABULARY), torch.zeros(VOCABULARY), batch.targets.flatten())
    torch.manual_seed(2)
    state = torch.randn(2, STREAMS, UNITS)
    loss, _ = Gradients(network, torch.float32, 2, 1).make(batch, state, every, ROWS)
    torch.testing.assert_close(loss, full)
    for ours, theirs in zip(network.parameters(), expected, strict=True):
        torch.testing.assert_close(ours.grad, theirs)


def test_a_dropped_unit_has_no_part(network: Network, batch: Batch) -> None:
    masks = tuple(torch.ones(STREAMS, width) for width in (WIDTH, INNER, WIDTH))
    masks[0][:, 3] = 0.0
    made(network, Batch(batch.inputs, batch.targets, masks), part=2, threads=2)
    grad = network.lstm.weight_ih_l0.grad
    assert grad is not None
    assert not grad[:, 3].any()
    assert grad[:, 2].any()
