from __future__ import annotations

import contextlib
import re
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.finding.query import Found, Query, QueryError, find

TEXT = "One thousand ones, one.\none, Ones and zwei; (a+b)"


def spans(query: Query, text: str = TEXT, *borders: int) -> list[str]:
    found = find(text, query, *borders)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


def test_case_whole_words_and_expressions() -> None:
    assert spans(Query("one")) == ["One", "one", "one", "one", "One"]
    assert spans(Query("one", case=True)) == ["one", "one", "one"]
    assert spans(Query("one", whole_words=True)) == ["One", "one", "one"]
    assert spans(Query("(a+b)", whole_words=True)) == ["(a+b)"]
    assert spans(Query(r"^\w+", is_regex=True)) == ["One", "one"]
    assert spans(Query("one"), TEXT) != spans(Query("one"), TEXT, 5, 20) == ["one"]
    assert spans(Query("")) == []


def test_what_replaces_a_match() -> None:
    swap = Query(r"(\w+) (\w+)", is_regex=True, replacement=r"\2 \1")
    assert find("one two", swap).replacements == ("two one",)
    assert find("one two", Query("one", replacement=r"\1")).replacements == (r"\1",)


@pytest.mark.parametrize("sought", ["(", "a{2,1}", "[", "(?P<a>b)(?P=c)", "\\"])
def test_what_is_no_expression_is_said_in_one_line(sought: str) -> None:
    with pytest.raises(QueryError, match=r"^[^\n]+$"):
        find(TEXT, Query(sought, is_regex=True))
    assert find(TEXT, Query(sought)) is not None


def test_a_wrong_replacement_is_said() -> None:
    with pytest.raises(QueryError):
        find(TEXT, Query("one", is_regex=True, replacement=r"\7"))


@pytest.mark.parametrize("sought", [r"(a+)+$", r"(a|a)*$", r"(.*a){20}x", r"(a|aa)+$"])
def test_an_endless_expression_ends(sought: str) -> None:
    began = time.process_time()
    with contextlib.suppress(QueryError):
        find("a" * 3000 + "b", Query(sought, is_regex=True), seconds=0.3)
    assert time.process_time() - began < 30


def test_others_go_on_while_an_expression_hangs() -> None:
    query = Query(r"(a|a)*$", is_regex=True)
    ticks, over = 0, threading.Event()

    def search() -> None:
        with pytest.raises(QueryError, match="too long"):
            find("a" * 5000 + "b", query, seconds=0.5)
        over.set()

    thread = threading.Thread(target=search)
    thread.start()
    while not over.is_set():
        ticks += 1
        time.sleep(0.001)
    thread.join()
    assert ticks > 20


def test_a_search_can_be_called_off() -> None:
    assert len(find("a" * 100, Query("a"), 0, None, lambda: True)) == 0


@given(st.text("ab \n"), st.text("ab", min_size=1, max_size=2))
def test_words_are_found_as_by_the_standard_library(text: str, sought: str) -> None:
    found = find(text, Query(sought, case=True))
    assert list(found.starts) == [match.start() for match in re.finditer(sought, text)]


def test_around_the_end_the_top_comes_next() -> None:
    found = find("a b a b a", Query("a"))
    assert [found.next_from(place) for place in (0, 1, 4, 5, 9)] == [0, 1, 1, 2, 0]
    assert [found.last_before(place) for place in (0, 1, 9)] == [2, 0, 2]
    assert Found().next_from(0) is None
    assert Found().last_before(0) is None


def test_plain_text_has_all_the_time_it_needs() -> None:
    assert len(find("after word " * 50_000, Query("after"), seconds=1e-9)) == 50_000
    with pytest.raises(QueryError, match="too long"):
        find("a" * 5000 + "b", Query("(a|a)*$", is_regex=True), seconds=0.05)
