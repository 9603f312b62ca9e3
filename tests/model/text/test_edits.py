from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model.text.edits import Edit, apart, apply, moved

TEXT = "see https://a.org now"
EDITS = [Edit(0, 0, " "), Edit(4, 17, "<url>")]


def test_the_edited_text_and_where_each_position_went() -> None:
    assert apply(TEXT, EDITS) == " see <url> now"
    assert [moved(p, EDITS) for p in (0, 4, 9, 17, len(TEXT))] == [1, 5, 5, 10, 14]


def test_the_longer_of_two_edits_that_overlap_stays() -> None:
    assert apart([Edit(5, 6), Edit(3, 8, "x"), Edit(8, 9), Edit(3, 4)]) == [
        Edit(3, 8, "x"),
        Edit(8, 9),
    ]


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text())))
def test_what_was_not_edited_is_found_again(text: str, places: list[tuple[int, int, str]]) -> None:
    whole = [Edit(start, min(len(text), start + size), new) for start, size, new in places]
    edits = apart(edit for edit in whole if edit.start < edit.end)
    edited = apply(text, edits)
    for position, character in enumerate(text):
        if not any(edit.start <= position < edit.end for edit in edits):
            assert edited[moved(position, edits)] == character
