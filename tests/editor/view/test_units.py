from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.view.units import unit_offsets, units


@given(st.text(max_size=40))
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2
    assert list(unit_offsets(text)) == [units(text[:index]) for index in range(len(text) + 1)]


def test_a_half_of_a_pair_is_one_unit() -> None:
    assert units("a\ud83d\u00e9") == 3
