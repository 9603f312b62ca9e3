from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model.lessons.cutting import LONGEST, MOST, cut, newest, sentences


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_short_text_is_one_lesson_with_its_lines() -> None:
    assert cut("Dear Ann,\n\n\nI am here. Are you?\n  Tom\n") == [
        "Dear Ann,\nI am here. Are you?\nTom"
    ]


def test_nothing_gives_no_lesson() -> None:
    assert cut("") == cut(" \n\t\n ") == []


def test_sentences_stay_whole_as_far_as_they_fit() -> None:
    sentence = "It was a long and quiet evening by the sea."
    lessons = cut(" ".join([sentence] * 60))
    assert len(lessons) == 3
    assert all(lesson.endswith("sea.") and lesson.startswith("It") for lesson in lessons)


def test_a_long_sentence_is_cut_at_spaces() -> None:
    lessons = cut("word " * 400 + "end.")
    assert squeezed(" ".join(lessons)) == "word" * 400 + "end."
    assert all(lesson.startswith("word") for lesson in lessons)


def test_the_rules_look_at_nothing_but_the_text() -> None:
    text = "One. Two! " * 500
    assert cut(text) == cut(text)


@given(st.text(st.sampled_from("aB. \n!?\u201d\u2026\"'1"), max_size=3000))
def test_nothing_is_lost_and_nothing_is_too_long(text: str) -> None:
    lessons = cut(text)
    assert squeezed("".join(lessons)) == squeezed(text)
    assert all(0 < len(lesson) <= LONGEST for lesson in lessons)


def test_a_word_without_end_is_cut_too() -> None:
    lessons = cut("x" * 2000)
    assert [len(lesson) for lesson in lessons] == [900, 900, 200]


@given(st.text())
def test_sentences_joined_give_the_line(line: str) -> None:
    assert "".join(sentences(line)) == line


def test_where_sentences_end() -> None:
    assert sentences('He said "Go." She went. "Now?" e.g. at 5 p.m. yes… No') == [
        'He said "Go." ',
        "She went. ",
        '"Now?" e.g. at 5 p.m. yes… ',
        "No",
    ]


@given(st.integers(1, 200), st.integers(0, 3))
def test_of_a_very_long_text_the_last_lines_are_kept(width: int, times: int) -> None:
    line = "a" * width + "\n"
    text = line * (times * MOST // 2 // len(line))
    kept = newest(text)
    assert text.endswith(kept)
    assert len(kept) <= MOST
    assert len(text) - len(kept) <= max(0, len(text) - MOST) + len(line)
    assert len(newest("a" * (MOST + 5))) == MOST  # one line
