from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.text import fold
from model.text.addresses import addresses
from model.text.view import view
from tests.model.text.test_wraps import PROSE

# As the corpus has it: sentences with single spaces, a paragraph a line.
WORDS = st.text("abcdefghijklmnopqrstuvwxyzAEIOU'", min_size=1, max_size=9)
LINE = st.lists(WORDS | st.sampled_from(["<email>", "<url>", "1,000", "so,", "end.", '"Well', "-"]))
PARAGRAPH = LINE.map(lambda words: " ".join(["The", *words, "end."]))
PLAIN = st.lists(PARAGRAPH | st.just(""), min_size=1).map("\n".join)
# Anything, with much of what the view reads otherwise.
MARKS = ["> ", "# ", "**", "*", "_", "`", "- ", "well-", "."]
BLANKS = [" ", "  ", "\n", "\n\n", "\r\n", "\u00a0", "\u00ad", "\u201c", "\u2026"]
ADDRESSES = ["a@b.org", "https://a.org/b", "www.a.org"]
ODD = st.lists(st.sampled_from([*BLANKS, *MARKS, *ADDRESSES]) | WORDS | st.text(max_size=3)).map(
    "".join
)


@given(PLAIN)
def test_text_as_the_corpus_has_it_is_only_folded(text: str) -> None:
    assert view(text).text == fold(text)


def test_letters_with_accents_of_their_own_are_read_as_one_character() -> None:
    text = "I asked *Zoe\u0308* Mu\u0308ller."
    read = view(text)
    assert read.text == " I asked Zo\u00eb M\u00fcller."
    for word in ("asked", "Zo", "M", "ller"):
        assert read.text[read.place(text.index(word)) :].startswith(word)


@pytest.mark.parametrize(
    "text", ["", "\n", PROSE, f"{PROSE}\n{PROSE}", "\u201cHi\u2026\u201d \u00a0he"]
)
def test_what_has_no_marks_is_only_folded(text: str) -> None:
    assert view(text).text == fold(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("# The **big** house\n\nis _not_ `old`", " The big house\n is not old"),
        ("snake_case, 2*3*4, a ** b, *, __init__", " snake_case, 2*3*4, a ** b, *, __init__"),
        ("> one\n> two\n>\n> > three\nfour", " one\n two\n three\n four"),
        ("to jane@example.org or www.example.org, now", " to <email> or <url>, now"),
        ("- an item\n- another", " - an item\n - another"),
        ("**bo", " bo"),
    ],
)
def test_marks_and_addresses_are_read_as_the_corpus_has_them(text: str, read: str) -> None:
    assert view(text).text == read


def test_wrapped_text_is_read_as_one_paragraph() -> None:
    assert view(textwrap.fill(PROSE, 72)).text == " " + PROSE


def test_a_word_may_be_broken_behind_its_hyphen() -> None:
    wrapped = textwrap.fill(PROSE, 72)
    last = wrapped.split("\n")[-1]
    text = wrapped + " " + "x" * (66 - len(last)) + " well-\nknown to"
    assert view(text).text.endswith(" well-known to")


@given(ODD)
def test_the_view_is_folded_text(text: str) -> None:
    read = view(text).text
    assert read.startswith(" ")
    assert "  " not in read
    assert not set(read) & set("\u201c\u2026\u00a0\u00ad\t\r")


@given(ODD)
def test_positions_keep_their_order_and_their_text(text: str) -> None:
    read = view(text)
    places = [read.place(position) for position in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(read.text)
    if not addresses(text):
        for position, character in enumerate(text):
            if character.isascii() and character.isalnum():
                assert read.text[places[position]] == character


def test_positions_around_what_is_read_otherwise() -> None:
    text = "say \u2026 to jane@example.org now"
    read = view(text)
    for word in ("say", "to", "now"):
        assert read.text[read.place(text.index(word)) :].startswith(word)
    assert read.place(text.index("example")) == read.text.index("<email>")


@given(st.lists(PLAIN | ODD).map("\n".join), ODD)
def test_more_text_changes_only_the_end(text: str, more: str) -> None:
    """All but the last three lines and the last stretch without a blank stays as it was."""
    lines = [position for position, character in enumerate(text) if character == "\n"]
    third_last = lines[-3] if lines[2:] else 0
    stretch = len(text) - len(text.rstrip().rpartition(" ")[2])
    first = view(text)
    kept = first.place(max(0, min(third_last, stretch, len(text) - 210))) - 1
    assert view(text + more).text.startswith(first.text[: max(0, kept)])


@pytest.mark.parametrize("columns", [66, 80])
def test_typing_wrapped_text_settles_within_three_lines(columns: int) -> None:
    text = textwrap.fill(f"{PROSE} {PROSE}", columns)
    final = view(text).text
    for end in range(0, len(text), 7):
        read = view(text[:end])
        settled = read.place(max(0, end - 3 * columns))
        assert final.startswith(read.text[:settled])


@pytest.mark.parametrize("unit", [" ", "*", "_a", "\n", "a@", "a.", ">", "a./", "# ", "'\u2019"])
def test_odd_texts_take_no_time(unit: str) -> None:
    view(unit * 20_000)
