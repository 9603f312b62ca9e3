from __future__ import annotations

import pytest

from editor.spelling.words import Word, words


def forms(text: str) -> str:
    return " ".join(word.form for word in words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The heron waits, quietly.", "The heron waits quietly"),
        ("“Don’t!” she said; 'Never.'", "Don't she said Never"),
        ("a hyphen\u00adated word", "hyphenated word"),
        ("cafe\u0301 naïve", "café naïve"),
        ("*stress* and **more** — dash—dash", "stress and more dash dash"),
        ("the writers' room", "the writers room"),
        ("wait...what and/or", "wait what and or"),
        ("’tis told of 'em", "told of"),
        ("Привет, мир", "Привет мир"),
    ],
)
def test_prose_is_looked_up(text: str, expected: str) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "me.too@exmaple.org",
            "@someboddy",
            "https://exmaple.org/a-b",
            "www.exmaple",
            "exmaple.org",
        ),
        *("/usr/lbi", "~/lbi", "../lbi/x", "C:\\Progam", "a/lbi/x", "lettr.txt", "(/usr/lbi)"),
        *("3rd", "mp3", "1984", "12:30", "B2B", "½ 10²"),
        *("NASA", "NASA's", "PDFs", "iPhone", "McDonald", "O'Neill", "camelCase"),
        *("snake_csae", "--optoin", "-lbi", "foo()", "x=lbi", "<emph>", "#hashtga", "std::lbi"),
        *("`teh codde here`", "a I", "東京です", "สวัสดี", "x" * 51, "ab," * 100, ""),
    ],
)
def test_what_is_no_prose_is_left_alone(text: str) -> None:
    assert forms(text) == ""
    assert forms(f"before {text} behind") == "before behind"


def test_a_word_knows_its_place_and_the_compound_that_it_is_in() -> None:
    assert words("😀 a well-knwn Tessaly") == (
        Word(4, 8, "well", "well-knwn"),
        Word(9, 13, "knwn", "well-knwn"),
        Word(14, 21, "Tessaly", "Tessaly"),
    )
