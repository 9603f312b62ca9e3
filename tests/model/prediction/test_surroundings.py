from __future__ import annotations

import textwrap
from dataclasses import dataclass

import pytest

from model.prediction.surroundings import Surroundings
from model.text import view
from tests.model.text.test_wraps import PROSE


@dataclass(frozen=True)
class Found:
    insert: str
    probability: float = 0.5


def around(before: str, after: str = "") -> Surroundings:
    return Surroundings.of(before, after, view(before))


def words(before: str, after: str, *inserts: str, limit: int = 5) -> list[str]:
    found = around(before, after).candidates(map(Found, inserts), limit)
    return [candidate.word for candidate in found]


@pytest.mark.parametrize(
    ("before", "after", "ghost", "shown"),
    [
        ("See you tom", "", "orrow morning ", "orrow morning "),
        ("See you\n", "", "tomorrow ", "tomorrow "),
        ("See you tom", "\nNext line", "orrow ", "orrow "),
        ("See you tom", ".", "orrow ", "orrow"),
        ("See you tom", "row.", "orrow ", ""),
        ("See you tom", " tomorrow.", "orrow ", ""),
        ("See you", " tomorrow.", " tomorrow ", ""),
        ("See you", " Tomorrow.", " tomorrow at noon", ""),
        ("See you", "\u00a0\u00a0tomorrow.", " tomorrow at noon", ""),
        ("See you ", " tomorrow.", "soon, or tomorrow ", "soon"),
        ("See you ", ". Then", "tomorrow. ", "tomorrow"),
        ("See you ", "\ntomorrow.", "tomorrow ", "tomorrow "),
        ("I don", " don\u2019t.", "'t", ""),
        ("We saw ", ") the end", "the house (the", "the"),
        ("I hope you are", " doing well.", " well", ""),
        ("I hope you are we", " doing well.", "ll", ""),
        ("I hope you are", " doing well.", " all", " all"),
        ("I saw the do", ". The dog slept.", "g ", "g"),
        ("He put", " book on the table.", " the ", " the"),
        ("We left", " by a quiet road that leads home.", " home ", " home"),
    ],
)
def test_a_ghost_does_not_repeat_what_follows(
    before: str, after: str, ghost: str, shown: str
) -> None:
    assert around(before, after).ghost(ghost) == shown


@pytest.mark.parametrize(
    ("before", "after", "ghost", "shown"),
    [
        ("I don", "'t know", "'t know", ""),
        ("I don", "\u2019t know", "'t know", ""),
        ("see y", "\u2019all", "ou ", ""),
        ("It took 3", ".5 hours", " hours", ""),
        ("\u2018I kn", "\u2019 he said", "ow ", "ow"),
        ("the boys", "' room", " new", " new"),
    ],
)
def test_a_sign_inside_a_word_does_not_end_it(
    before: str, after: str, ghost: str, shown: str
) -> None:
    assert around(before, after).ghost(ghost) == shown


@pytest.mark.parametrize(
    ("before", "after", "ghost", "shown"),
    [
        ("The United St", " of America", "ates has", "ates"),
        ("I don\u2019t kn", "\u201d", "ow if", "ow"),
        ("It isn", " here", "'t all", "'t"),
        ("See you", " of course", ", and then ", ", and"),
        ("See you ", " of course", "soon, and ", "soon"),
        ("See you ", "  ", "soon and then ", "soon and then"),
        ("See you ", " \nof course", "soon and then ", "soon and then"),
    ],
)
def test_before_other_text_a_ghost_is_one_word(
    before: str, after: str, ghost: str, shown: str
) -> None:
    assert around(before, after).ghost(ghost) == shown


def test_candidates_do_not_repeat_what_follows() -> None:
    inserts = ("orrow", "atoes", "row", "rowed")
    assert words("See you tom", "", *inserts) == ["tomorrow", "tomatoes", "tomrow", "tomrowed"]
    assert words("See you tom", "row.", *inserts) == ["tomatoes"]
    assert words("See you ", "tomorrow.", "soon", "tomorrow") == ["soon"]
    assert words("See you ", " Tomorrow.", "soon", "tomorrow") == ["soon"]
    assert words("I am ", " doing well.", "well", "all") == ["all"]
    assert words("I don", "'t know", "'t", "t") == []
    assert words("See you ", ".", "soon", "later", "then", limit=2) == ["soon", "later"]


def test_a_word_is_listed_once_with_both_its_chances() -> None:
    found = [Found("and", 0.4), Found(" I", 0.3), Found("I", 0.2), Found("we", 0.1)]
    listed = around("Well...").candidates(found, 3)
    assert [one.word for one in listed] == ["I", "and", "we"]
    assert listed[0].insert == " I"
    assert listed[0].probability == pytest.approx(0.5)


def test_candidates_begin_as_the_document_does() -> None:
    (candidate,) = around("It isn\u2019t. I DON\u2019").candidates([Found("T")], 5)
    assert (candidate.word, candidate.insert) == ("DON\u2019T", "T")
    assert words("a\u00adb", "", "c") == ["abc"]


def test_a_ghost_ends_where_the_line_is_full() -> None:
    lines = textwrap.fill(PROSE, 72).split("\n")
    before = "\n".join(lines[:3]) + "\n" + "x" * 60
    ghost = "yz and more of it "
    assert view(before).width == 71
    assert around(before).ghost(ghost) == "yz and more"
    assert around(before + "x" * 9).ghost(ghost) == "yz"
    assert around(before + " " + "x" * 8 + " ").ghost(ghost) == ""
    assert around(before + "x" * 30).ghost(ghost) == ghost
    assert around(PROSE).ghost(ghost) == ghost


def test_a_ghost_does_not_repeat_the_next_line_of_wrapped_text() -> None:
    before = "\n".join(textwrap.fill(PROSE, 72).split("\n")[:3]) + "\nNevertheless I came as soon"
    assert around(before, "\nas possible.").ghost(" as possible") == ""
    assert around(before, "\nas it is possible.").ghost(" and possible") == " and"
    assert around(before, "\nwe can.").ghost(" as possible and ") == " as possible and "
    assert around(before, "\n\nas possible.").ghost(" as possible") == " as possible"
    assert around("We need it as soon", "\nas possible.").ghost(" as") == " as"


def test_a_ghost_is_written_in_the_style_of_the_document() -> None:
    assert around("\u201cNo\u2026\u201d she said. ").ghost('"yes..." ') == "\u201cyes\u2026\u201d "
