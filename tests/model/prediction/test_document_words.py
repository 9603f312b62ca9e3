from __future__ import annotations

import pytest

from model.base import BaseModel
from model.prediction.document_words import FAR, DocumentWords, far_part
from model.text.language import Language


@pytest.fixture
def words(toy_base: BaseModel) -> DocumentWords:
    return DocumentWords(Language(toy_base.words))


def test_words_are_counted_near_and_far(words: DocumentWords) -> None:
    words.show(" The lamp", "The tea and the tea\nand \u00dc")
    assert words.near == {"The": 1, "lamp": 1}
    assert words.far == {"The": 1, "tea": 2, "and": 2, "the": 1, "\u00dc": 1}
    assert words.here == {"the", "lamp", "tea", "and", "\u00fc"}
    words.show(" A lamp", "The tea")
    assert words.here == {"a", "lamp", "the", "tea"}
    words.show("")
    assert not words.here


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("He didn\u2019t", {"He", "didn't"}),
        ("re\u00adach it", {"reach", "it"}),
        ("to jane.quill@example.org", {"to"}),
        ("see www.example.org now", {"see", "now"}),
        ("see https://example.org/lamp", {"see"}),
    ],
)
def test_far_lines_are_read_as_near_ones_are(
    words: DocumentWords, line: str, read: set[str]
) -> None:
    words.show("", line)
    assert set(words.far) == read


def test_a_line_is_read_once(words: DocumentWords, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def words_of(folded: str) -> list[str]:
        read.append(folded)
        return folded.split()

    monkeypatch.setattr("model.prediction.document_words.words_of", words_of)
    for far in ("one two\nthree", "one two\nthree four\nfive", "three four\nfive six"):
        words.show("", far)
    assert [line for line in read if line] == [
        "one two", "three", "three four", "five", "five six"
    ]  # fmt: skip
    assert words.far == {"three": 1, "four": 1, "five": 1, "six": 1}


def test_the_far_part_is_bounded_and_begins_with_a_line_or_a_word() -> None:
    text = "The keeper lit the lamp.\n" * 20_000
    ends = range(len(text) - 3000, len(text), 500)
    parts = [far_part(text, end) for end in ends]
    assert all(FAR - 100 <= len(part) <= FAR + 4000 for part in parts)
    assert all(part.startswith("The keeper") for part in parts)
    assert len({end - len(part) for part, end in zip(parts, ends, strict=True)}) <= 2
    assert far_part("lamp " * 20_000, 90_000).startswith("lamp ")
    assert far_part("e" * 200_000, 90_000)
    assert far_part("The lamp", 4) == "The "
