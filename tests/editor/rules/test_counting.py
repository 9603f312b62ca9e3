from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.rules.counting import WORDS_A_MINUTE, Count, count, minutes, together


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", 0),
        (" \t\u00a0 ", 0),
        ("The harbour lay still.", 4),
        ("Don't stop, it’s 3.14 or 1,000!", 6),
        ("e.g. the U.S.A.", 3),
        ("well-known – and so on…", 5),
        ("_very_ snake_case ___ *** --", 2),
        ("naïve cafe\u0301 Ärger", 3),
        ("👩‍👩‍👧 and 🇩🇪", 1),
        ("你好，世界。", 4),
        ("漢字かな", 4),
        ("カタカナー テスト", 8),
        ("한국어 문장", 2),
        ("שלום לכולם", 2),
        ("Мой дядя самых честных правил", 5),
        ("\ud800 alone", 1),
    ],
)
def test_words(line: str, words: int) -> None:
    assert count(line).words == words


@pytest.mark.parametrize(
    ("line", "characters", "without_spaces"),
    [
        ("", 0, 0),
        ("a b\tc", 5, 3),
        ("cafe\u0301 ", 5, 4),
        ("👩‍👩‍👧🇩🇪", 2, 2),
        ("👍🏽 ok", 4, 3),
        ("각\u1100\u1161", 2, 2),  # a syllable, and another in its parts
        ("“so” – it’s…\u3000", 13, 10),
    ],
)
def test_characters_are_what_a_reader_sees(line: str, characters: int, without_spaces: int) -> None:
    assert count(line)[1:3] == (characters, without_spaces)


@given(st.text(st.sampled_from("a _'-.1\u0301\u200d👩👧🇩🇪漢カ각\u1100\u1161ก\u0e33\u0600\r")))
def test_the_short_way_to_characters_is_the_long_one(line: str) -> None:
    import regex

    assert count(line).characters == len(regex.findall(r"\X", line))


def test_paragraphs_are_lines_with_something_in_them() -> None:
    assert [count(line).paragraphs for line in ("one", "", "  ", " two")] == [1, 0, 0, 1]
    assert count("of a long line", begins=False).paragraphs == 0


def test_figures_of_several_lines_are_added() -> None:
    assert together([]) == Count()
    assert together([count("one two"), count(""), count("three")]) == Count(3, 12, 11, 2)


def test_minutes_of_reading() -> None:
    assert [minutes(words) for words in (0, WORDS_A_MINUTE - 1, WORDS_A_MINUTE)] == [0, 0, 1]
    assert minutes(60 * WORDS_A_MINUTE + 10) == 60
