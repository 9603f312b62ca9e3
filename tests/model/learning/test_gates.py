from __future__ import annotations

import math

import pytest

from model.learning.gates import CONSTANT, ContextCount, Gates

RIGHT = [ContextCount(1000, 0, 1), ContextCount(10, 1, 10)]
WRONG = [ContextCount(1000, 0, 0), ContextCount(10, 1, 0)]


def test_counts_that_are_right_are_believed_more() -> None:
    gates = Gates()
    before = gates.chance(0.01, RIGHT)
    for _ in range(50):
        gates.score(0.01, 0.01, RIGHT)
    assert gates.belief[1] > 0
    assert before < gates.chance(0.01, RIGHT) < 1
    assert gates.doubts()[1] < 1


def test_counts_that_mislead_cost_little_and_less_and_less() -> None:
    gates = Gates()
    swamped = [ContextCount(5 * int(CONSTANT[0]), 0, 0), *WRONG[1:]]
    lost = 0.0
    for _ in range(2000):
        lost += math.log2(0.1 / gates.score(0.1, 0.1, swamped))
    assert lost < 150
    assert gates.chance(0.1, swamped) > 0.09


def test_weights_that_fall_behind_the_base_begin_again_after_a_bounded_loss() -> None:
    gates = Gates()
    for _ in range(1000):
        gates.score(0.1, 0.5, [])
    tokens = 0
    while not gates.lost():
        gates.score(0.1, 0.05, [])
        tokens += 1
    assert tokens * math.log(2) < 27
    assert gates.lead == 0.0
    assert not gates.lost()


def test_the_same_scores_give_the_same_gates() -> None:
    one, other = Gates(), Gates()
    for gates in (one, other):
        for tallies in (RIGHT, WRONG, []):
            gates.score(0.2, 0.3, tallies)
    assert one == other


def test_counts_earn_little_by_what_the_document_foresees_anyway() -> None:
    alone, behind = Gates(), Gates()
    alone.score(0.01, 0.01, RIGHT)
    foreseen = behind.score(0.01, 0.01, RIGHT, document=(0.1, 0.8))
    assert 0 < behind.belief[1] < alone.belief[1] / 5
    assert foreseen == pytest.approx(0.1 * Gates().chance(0.01, RIGHT) + 0.8)
