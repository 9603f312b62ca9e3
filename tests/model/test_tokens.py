from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base import BaseModel
from model.errors import BaseModelError
from model.text import fold
from model.tokens import Tokens, documents_of

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from("a \n\u2581\U0010fffd\ud800\udfff\0<>|doc")
)


@given(ANY_TEXT)
def test_any_string_survives_the_round_trip(toy_base: BaseModel, text: str) -> None:
    assert toy_base.tokens.decode(toy_base.tokens.encode(text)) == text


@given(st.text(alphabet="the keper.,' \n", max_size=40), st.text(alphabet="sea ", max_size=9))
def test_tokens_are_made_pretoken_by_pretoken(toy_base: BaseModel, text: str, more: str) -> None:
    settled = fold(text) + "\n"
    first = toy_base.tokens.encode(settled)
    assert toy_base.tokens.encode(settled + " " + more)[: len(first)] == first


def test_contractions_are_one_pretoken_and_full_stops_stay_apart(toy_base: BaseModel) -> None:
    surfaces = {s for s in toy_base.tokens.surfaces if s}
    assert not any(s[-1] in ".," and s.strip()[:1].isalpha() for s in surfaces)


def test_typed_text_is_never_the_document_token(toy_base: BaseModel) -> None:
    assert toy_base.tokens.document not in toy_base.tokens.encode(" a <|doc|> b")


def test_documents_are_parted_by_lines_alone() -> None:
    text = "<|doc|>\r\nOne <|doc|>\nand on.\n<|doc|> \n\n<|doc|>\n\nTwo.\n<|doc|>"
    assert documents_of(text) == ["One <|doc|>\nand on.", "Two."]


def test_damage_is_named() -> None:
    with pytest.raises(BaseModelError, match="vocabulary"):
        Tokens(b"not a model")
