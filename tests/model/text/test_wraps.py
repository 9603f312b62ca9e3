"""Which line ends are soft: shown by wrapping prose, and by text whose line ends are meant."""

from __future__ import annotations

import textwrap

import pytest

from model.text.wraps import flowing, wraps

PROSE = (
    "We walked along the river until the path ended at a small gate, which somebody had left open. "
    "Behind it the grass was high, and the dog would not go on before I had gone first. Nobody had "
    "been there for a long time, or so it seemed to me; but under the trees stood a table with two "
    "cups, and one of them was still warm. I called out. A bird answered, then nothing at all. We "
    "sat down to wait, because there was no reason to hurry, and in the end we fell asleep."
)
POEM = """\
The fishing boats came home along the evening, slow and low,
With lanterns at the bow;
The women counted every light they knew, and row by row
Called out to them, and how
The wind took all their calling and the names of all the men
Away across the bay!
The tide went out. The tide came in. The tide went out again,
As it had yesterday."""
CHAT = """\
are you coming to the meeting this afternoon or shall I go on my own?
yes
I think we should bring the drawings, the new ones, if you have them
ok I'll print them, is there anything else that they asked for last time?
no
good, then I'll see you at half past two in front of the town hall, as always
don't be late"""
LIST = """\
What we still need before we can start, as far as I can see from here:
- a table that is large enough for six people and can stand outside, for
- two lamps, one of them with a switch that can be reached from the bed
- somebody who knows how to repair the door, and has the time to do so"""


def read(text: str) -> list[str]:
    """The lines that are left when soft line ends are spaces."""
    soft = wraps(text).soft
    return "".join(" " if i in soft else c for i, c in enumerate(text)).split("\n")


@pytest.mark.parametrize("columns", [60, 66, 72, 76, 80, 100])
def test_a_wrapped_paragraph_is_one_line(columns: int) -> None:
    assert read(textwrap.fill(PROSE, columns)) == [PROSE]


def test_paragraphs_stay_apart() -> None:
    paragraph = textwrap.fill(PROSE, 72)
    assert read(f"{paragraph}\n\n{paragraph}") == [PROSE, "", PROSE]


@pytest.mark.parametrize("text", [POEM, CHAT, LIST, PROSE + "\n" + PROSE, "\n" * 50, "a\nb\nc"])
def test_line_ends_that_are_meant_stay(text: str) -> None:
    assert read(text) == text.split("\n")


def test_a_list_in_wrapped_text_keeps_its_items() -> None:
    wrapped = textwrap.fill(PROSE, 72)
    items = "- the first of them, which is a rather long one and so goes on in a\n  second line"
    lines = read(f"{wrapped}\n\n{items}\n- the second\n# Heading\n> quoted")
    assert lines[2] == items.replace("\n", " ")
    assert lines[3:] == ["- the second", "# Heading", "> quoted"]


def test_quoted_text_is_wrapped_too() -> None:
    quoted = textwrap.indent(textwrap.fill(PROSE, 70), "> ", lambda line: True)
    assert len(read(quoted)) == 1


def test_a_signature_stays_below_the_text() -> None:
    wrapped = textwrap.fill(PROSE, 72)
    assert read(f"{wrapped}\n-- \nJane Roe\nThe Old Mill") == [
        PROSE,
        "-- ",
        "Jane Roe",
        "The Old Mill",
    ]


def test_the_line_behind_a_full_one_goes_on_before_its_first_word_is_there() -> None:
    lines = textwrap.fill(PROSE, 72).split("\n")
    text = "\n".join(lines[:4]) + "\n"
    assert wraps(text).soft >= {len(text) - 1}
    assert len(text) not in wraps(text + "\n").soft


def test_tells_the_width_where_text_is_wrapped() -> None:
    wrapped = textwrap.fill(PROSE, 72)
    assert 66 <= wraps(wrapped).width <= 72
    assert wraps(POEM).width == wraps(PROSE).width == wraps(f"{wrapped}\n\n{PROSE}").width == 0


def test_tells_what_a_line_goes_on_with() -> None:
    assert flowing("we need it as soon", "as possible.") == "as possible."
    assert flowing("> as soon", "> as possible") == "as possible"
    ends = [("as soon", ""), ("", "as possible"), ("as soon", "- as"), ("> as soon", "as possible")]
    assert not any(flowing(line, below) for line, below in ends)
