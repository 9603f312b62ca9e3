from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.rules.sentences import new_sentences, part_last_word, sentences, word_count


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three", ["One.", "Two!", "Three"]),
        ("“Stop!” he said. Then he went.", ["“Stop!” he said.", "Then he went."]),
        ("He said “stop.” Then he went.", ["He said “stop.”", "Then he went."]),
        ("I met Mr. Smith and J. Doe. Fine.", ["I met Mr. Smith and J. Doe.", "Fine."]),
        ("Use 3.5 of them, e.g. these.", ["Use 3.5 of them, e.g. these."]),
        ("Wait… what? Yes.", ["Wait… what?", "Yes."]),
        ("So do I. You too.", ["So do I.", "You too."]),
        ("   ", []),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_the_last_may_be_unfinished() -> None:
    assert [sentence.finished for sentence in sentences("One. Two")] == [True, False]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I need more inf", ("I need more", "inf")),
        ("Half-way", ("", "Half-way")),
        ("A room with 3", ("A room with 3", "")),
        ("One. Then two", ("Then", "two")),
        ("see foo_bar", ("see", "foo_bar")),
        ("On the 3rd", ("On the", "3rd")),
        ("un e\u0301te\u0301", ("un", "e\u0301te\u0301")),
    ],
)
def test_the_word_in_which_one_ends(text: str, parts: tuple[str, str]) -> None:
    pair = part_last_word(sentences(text)[-1], text)
    assert tuple(text[one.start : one.end] for one in pair) == parts


@given(st.text(alphabet="aB.!?… ”\t", max_size=60))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    assert "".join(cut(text)).replace(" ", "").replace("\t", "") == "".join(text.split())


def test_words_are_counted_not_numbers() -> None:
    assert word_count("Don’t take 12 well-known 5’s!") == 3


def test_new_sentences_are_those_that_the_earlier_text_has_not() -> None:
    earlier = "It rained. We stayed.\nGood."
    later = "We stayed. It poured!\nGood.\nBye for now"
    assert new_sentences(later, earlier) == ("It poured!", "Bye for now")
    assert new_sentences(earlier, earlier) == ()


def test_accents_of_their_own_part_no_word() -> None:
    assert word_count("Zoe\u0308 Mu\u0308llerova\u0301") == 2
