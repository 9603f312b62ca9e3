from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.rules.counting import Count, count, together
from editor.rules.tally import Tally

LINES = ["", "one", "one two", "three words here"]


def finish(tally: Tally, lines: list[str]) -> int:
    """Count what is missing; how many lines that were."""
    counted = 0
    while not tally.complete:
        number = tally.next()
        tally.put(number, count(lines[number]))
        counted += 1
    return counted


@given(st.data())
def test_only_lines_that_were_replaced_are_counted_anew(data: st.DataObject) -> None:
    tally, lines = Tally(), [""]
    assert finish(tally, lines) == 1
    for _ in range(data.draw(st.integers(1, 8))):
        first = data.draw(st.integers(0, len(lines) - 1))
        old = data.draw(st.integers(1, len(lines) - first))
        new = data.draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=4))
        lines[first : first + old] = new
        tally.replace(first, old, len(new))
        if data.draw(st.booleans()):
            assert finish(tally, lines) >= len(new)
    finish(tally, lines)
    assert len(tally) == len(lines)
    assert tally.total == together(map(count, lines))
    assert tally.between(1, len(lines)) == together(map(count, lines[1:]))


def test_a_line_that_was_counted_is_not_asked_for_again() -> None:
    tally, lines = Tally(), ["one", "two", "three"]
    tally.replace(0, 1, 3)
    assert finish(tally, lines) == 3
    tally.replace(1, 1, 1)
    assert not tally.complete
    assert tally.total == Count(2, 8, 8, 2)
    assert tally.next() == 1
    assert finish(tally, lines) == 1
