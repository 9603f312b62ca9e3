from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.text import WORD, fold, pretokens, small, split_unsettled, word_tail, words_of


@given(st.text())
def test_pretokens_lose_nothing(text: str) -> None:
    assert "".join(pretokens(text)) == text


def test_a_word_in_small_letters_is_one_word() -> None:
    assert small("O'Bree") == "o'bree"
    assert words_of(small("İSTANBUL")) == ["istanbul"]


@pytest.mark.parametrize(
    ("text", "settled", "typed"),
    [
        (" I will see tom", " I will see", " tom"),
        (" I will see ", " I will see", " "),
        (" I don'", " I", " don'"),
        (" He said.", " He said.", ""),
        (" well-kn", " well-", "kn"),
        ("", "", ""),
    ],
)
def test_splits_where_typing_cannot_reach_back(text: str, settled: str, typed: str) -> None:
    assert split_unsettled(text) == (settled, typed)


@given(st.text(), st.text(alphabet="abc '.,", max_size=6))
def test_what_is_settled_keeps_its_pretokens(text: str, more: str) -> None:
    settled, typed = split_unsettled(fold(text))
    first = pretokens(settled)
    if first and first[-1][-1].isalnum():
        assert pretokens(settled + typed + more)[: len(first)] == first


def test_words_as_the_measure_counts_them() -> None:
    assert WORD.findall("Don't re-do it, 42 times!") == ["Don't", "re-do", "it", "42", "times"]
    assert word_tail("a well-kn") == "well-kn"
    assert word_tail("end. ") == ""
