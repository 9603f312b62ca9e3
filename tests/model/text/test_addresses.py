from __future__ import annotations

import pytest

from model.text.addresses import addresses, ends_in_address
from model.text.edits import apply


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Write to jane.roe+x@mail.example.co.uk.", "Write to <email>."),
        ("(see https://example.org/a?b=c#d), or www.example.org!", "(see <url>), or <url>!"),
        ("Docs: example.org/start and ftp://example.org", "Docs: <url> and <url>"),
        ("mailto://a@b.org is one", "<url> is one"),
        ("and/or, 3/4, e.g. this. That @home", "and/or, 3/4, e.g. this. That @home"),
    ],
)
def test_addresses_become_placeholders(text: str, read: str) -> None:
    assert apply(text, addresses(text)) == read


@pytest.mark.parametrize(
    "text",
    [
        "to jane@",
        "to jane.roe@exam",
        "at https:",
        "https://exa",
        "www.",
        "see www.exa",
        "exa.org/st",
        "htt",
        "go to htt",
        "the https",
        "see ww",
        "(see Http",
        "[link](www",
    ],
)
def test_an_address_may_go_on(text: str) -> None:
    assert ends_in_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "to jane@example.org ", "see www.x.org\n", "@jane", "and/or", "a.b", "the https "],
)
def test_no_address_goes_on(text: str) -> None:
    assert not ends_in_address(text)


@pytest.mark.parametrize("text", ["ht", "since WW", "xwww", "shtt", "the-http", "in html", "httr"])
def test_other_words_begin_no_link(text: str) -> None:
    assert not ends_in_address(text)
