from __future__ import annotations

from model.text import style_of


def test_ghosts_take_the_apostrophe_of_the_document() -> None:
    assert style_of("I can\u2019t")("don't ") == "don\u2019t "
    assert style_of("I can't")("don't ") == "don't "
