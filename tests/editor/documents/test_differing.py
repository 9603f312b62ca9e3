from __future__ import annotations

from editor.documents.differing import differing_lines


def test_lines_are_marked_by_whose_they_are() -> None:
    mine, theirs = "a\nb\nc\nd\ne\nmine\ng", "a\nb\nc\nd\ne\ntheirs\ng\nh"
    assert list(differing_lines(mine, theirs)) == [
        ("…", ""),
        (" ", "d"),
        (" ", "e"),
        ("-", "mine"),
        ("+", "theirs"),
        (" ", "g"),
        ("+", "h"),
    ]
    assert list(differing_lines("same", "same")) == []


def test_long_texts_are_compared_coarsely() -> None:
    lines = [str(number) for number in range(3000)]
    changed = [*lines[:100], "x", *lines[101:]]
    found = list(differing_lines("\n".join(lines), "\n".join(changed)))
    assert found == [("…", ""), ("-", "100"), ("+", "x")]
