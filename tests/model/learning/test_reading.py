from __future__ import annotations

import textwrap

from model.base import BaseModel
from model.learning.reading import read
from tests.model.text.test_wraps import PROSE


def learnt(base: BaseModel, text: str, *accepted: str) -> tuple[str, str]:
    """The text of a lesson as it is read, and what of it is learnt from by less than all."""
    spans = [(text.index(part), text.index(part) + len(part)) for part in accepted]
    reading = read(base.tokens, text, spans)
    masked = [
        token for token, weight in zip(reading.ids, reading.weights, strict=True) if weight < 1
    ]
    return base.tokens.decode(reading.ids[1:]), base.tokens.decode(masked[1:])


def test_accepted_text_is_found_behind_what_is_read_otherwise(toy_base: BaseModel) -> None:
    text = "**Thanks**\u2026 (https://example.org/a) the keeper\u00a0\u00a0read\nthe _old_ letter"
    read_text, masked = learnt(toy_base, text, "the keeper", "letter")
    assert read_text == " Thanks... (<url>) the keeper read\n the old letter"
    assert masked == " the keeper letter"


def test_accepted_text_is_found_in_wrapped_lines(toy_base: BaseModel) -> None:
    wrapped = textwrap.fill(PROSE, 72)
    _, masked = learnt(toy_base, wrapped, "nothing at all")
    assert masked == " nothing at all"


def test_placeholders_are_no_words_of_the_user(toy_base: BaseModel) -> None:
    assert read(toy_base.tokens, "Ask <email> or <url> again.", ()).words == ("Ask", "or", "again")
