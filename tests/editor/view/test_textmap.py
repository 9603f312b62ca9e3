from __future__ import annotations

import pytest

from editor.view.textmap import TextMap
from editor.view.textview import TextView


@pytest.mark.parametrize(
    "text", ["", "plain\ntext", "a\U0001f600b\U0001f600", "word \U0001f600 " * 3000, "x" * 12_000]
)
def test_every_place_is_found_in_the_document(page: TextView, text: str) -> None:
    page.set_text(text)
    places = page.text_map(text)
    for index in {*range(min(20, len(text))), *range(0, len(text), 997)}:
        start, end = places.start(index), places.end(index + 1)
        assert page.text_between(start, end) == text[index]
        assert places.index(start) == index
    assert places.end(len(text)) == page.length()


def test_the_way_back_from_within_is_to_what_follows() -> None:
    assert TextMap("a\U0001f600b").index(2) == 2
