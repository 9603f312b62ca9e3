from __future__ import annotations

import pytest

from model.text import fold, style_of


def test_ghosts_take_the_apostrophe_of_the_document() -> None:
    assert style_of("I can\u2019t")("don't ") == "don\u2019t "
    assert style_of("I can't")("don't ") == "don't "


@pytest.mark.parametrize(
    ("text", "added", "written"),
    [
        ("\u201cNo,\u201d he said. ", '"yes" ', "\u201cyes\u201d "),
        ("\u201cNo, he said, never", '," and ', ",\u201d and "),
        ("\u201cNo,\u201d he said", ' ("or', " (\u201cor"),
        ("\u201eNein\u201c, sagte er. ", '"ja" ', "\u201eja\u201c "),
        ('"No," he said. ', '"yes" ', '"yes" '),
        ('\u201cNo,\u201d "or" "not" ', '"yes" ', '"yes" '),
        ("", '"yes" ', '"yes" '),
        ("Well\u2026 ", "perhaps... ", "perhaps\u2026 "),
        ("Well... ", "perhaps... ", "perhaps... "),
        ("Vraiment\u00a0! Oui", " ? ", "\u00a0? "),
        ("Vraiment\u202f! Oui", " : non", "\u202f: non"),
        ("Vraiment ! Oui", " ? ", " ? "),
        ("Zoe\u0308 Mu\u0308", "llerov\u00e1 ", "llerova\u0301 "),
        ("Zo\u00eb, M\u00fc, Mu\u0308", "llerov\u00e1 ", "llerov\u00e1 "),
    ],
)
def test_ghosts_are_written_as_the_document_is(text: str, added: str, written: str) -> None:
    assert style_of(text)(added) == written
    assert fold(style_of(text)(added)) == fold(added)


def test_what_the_document_uses_more_often_counts() -> None:
    text = "He can't, she can't\u2026 they can\u2019t... who can\u2026"
    assert style_of(text)("don't...") == "don't\u2026"
