from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.text import WORD, fold, pretokens, split_unsettled, style_of, word_tail


@given(st.text())
def test_pretokens_lose_nothing(text: str) -> None:
    assert "".join(pretokens(text)) == text


@given(st.text())
def test_folding_twice_changes_nothing_but_the_first_space(text: str) -> None:
    folded = fold(text)
    assert folded.startswith(" ")
    assert fold(folded[1:]) == folded


def test_folds_what_the_corpus_does_not_have() -> None:
    assert fold("\u201cDon\u2019t\u2026\u201d\u00a0he\tsaid") == ' "Don\'t..." he said'


def test_every_line_begins_with_a_space_and_blank_lines_go() -> None:
    assert fold("One\r\n\r\nTwo") == " One\n Two"


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


def test_ghosts_take_the_apostrophe_of_the_document() -> None:
    assert style_of("I can\u2019t")("don't ") == "don\u2019t "
    assert style_of("I can't")("don't ") == "don't "
