from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from model.learning.window import Window, to_drop, window

SIZES = st.lists(st.integers(1, 60), max_size=80).map(lambda sizes: list(enumerate(sizes, start=1)))


@settings(deadline=None)
@given(SIZES)
def test_a_window_holds_the_newest_and_a_jump_at_most(sizes: list[tuple[int, int]]) -> None:
    found = window(sizes, 500)
    held = sum(size for ordinal, size in sizes if ordinal >= found.first)
    assert held == sum(size for _, size in sizes) or 500 - 60 <= held <= 600


@settings(deadline=None)
@given(SIZES, st.lists(st.integers(1, 60), max_size=20))
def test_a_window_moves_in_jumps(sizes: list[tuple[int, int]], more: list[int]) -> None:
    moves = set()
    for number in range(len(more) + 1):
        added = enumerate(more[:number], start=len(sizes) + 1)
        moves.add(window([*sizes, *added], 500))
    assert len(moves) <= sum(more) // 100 + 2


def test_the_sample_depends_on_the_text_alone() -> None:
    some = Window(9, 1 << 31)
    chosen = [text for text in map(str, range(1000)) if some.samples(text)]
    assert 400 < len(chosen) < 600
    assert not any(Window(0).samples(text) for text in chosen)


@settings(deadline=None)
@given(st.sets(st.integers(1, 5000), max_size=12), st.integers(1, 4))
def test_checkpoints_thin_out_backwards(positions: set[int], most: int) -> None:
    dropped = to_drop(list(positions), most)
    kept = positions - set(dropped)
    assert len(kept) == min(most, len(positions))
    assert not positions or max(positions) in kept


def test_checkpoints_stay_spread() -> None:
    kept: list[int] = []
    for position in range(10, 1010, 10):
        kept.append(position)
        kept = [one for one in kept if one not in to_drop(kept, 4)]
    assert kept[-1] == 1000
    assert kept[-2] >= 900
    assert kept[0] <= 900
