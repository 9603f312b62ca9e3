from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model.text import fold


@given(st.text())
def test_folding_twice_changes_nothing_but_the_first_space(text: str) -> None:
    folded = fold(text)
    assert folded.startswith(" ")
    assert fold(folded[1:]) == folded


def test_folds_what_the_corpus_does_not_have() -> None:
    assert fold("\u201cDon\u2019t\u2026\u201d\u00a0he\tsaid") == ' "Don\'t..." he said'


def test_every_line_begins_with_a_space_and_blank_lines_go() -> None:
    assert fold("One\r\n\r\nTwo") == " One\n Two"


def test_a_letter_and_its_accents_are_one_character() -> None:
    assert fold("Zoe\u0308 Mu\u0308llerova\u0301") == " Zo\u00eb M\u00fcllerov\u00e1"
    assert fold("e\u00ad\u0301") == " \u00e9"
    assert fold("x\u0302, \u0301") == " x\u0302, \u0301", "Unicode has no single ones"
