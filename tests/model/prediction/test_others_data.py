from __future__ import annotations

from pathlib import Path

import pytest

from model.errors import BaseModelError
from model.prediction import others_data
from model.prediction.others_data import OthersData, load_known_names

WORDS = {word: rank for rank, word in enumerate("plan by the new secretary will said mark".split())}
WORDS |= {"Secretary": 90, "Plan": 80, "Marta": 900, "marta": 9000, "Mason": 500, "mason": 800}
PAIRS = {("Zara", "Known"), ("Tallinn", "University")}


@pytest.fixture
def data() -> OthersData:
    return OthersData(WORDS, PAIRS)


@pytest.mark.parametrize(
    "before",
    [
        *(
            "I met Tamsin ",
            "Tamsin ",
            "Marta ",
            "marta ",
            "tell Anne-Marie ",
            "TAMSIN ",
            "I met Tamsin R. ",
            "by J. ",
        ),
        *("J. K. ", "and Mark ", "Will ", "Dr. Tamsin J. R. ", "a Tallinn "),
    ],
)
def test_no_surname_behind_a_given_name(data: OthersData, before: str) -> None:
    assert not data.allows(before, "QUILLAM" if before.isupper() else "Quillam")


@pytest.mark.parametrize(
    ("before", "word"),
    [
        *(
            ("the New ", "York"),
            ("Secretary ", "Quillam"),
            ("Tamsin. ", "The"),
            ("Plan B. ", "The"),
        ),
        *(("Tamsin, ", "Quillam"), ("Tamsin\n ", "Quillam"), ("Tamsin and ", "Quillam")),
        *(
            ("Tamsin's ", "Mum"),
            ("with Zara ", "Known"),
            ("with Zara ", "Known's"),
            ("", "Quillam"),
        ),
        *(("Tamsin ", "I'm"), ("Tamsin ", "I"), ("Tamsin ", "said"), ("the US ", "President")),
        *(("a GitHub ", "Action"), ("at Tallinn ", "University"), ("So do I. ", "Quillam")),
    ],
)
def test_other_capitals_may_follow(data: OthersData, before: str, word: str) -> None:
    assert data.allows(before, word)


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("", "10000"),
        ("+44 20 79", "46"),
        ("(020) 7", "94"),
        ("555-10", "10"),
        ("0301.22", "0"),
        ("A ", "B12345"),
    ],
)
def test_no_long_numbers(data: OthersData, before: str, word: str) -> None:
    assert not data.allows(before, word)


@pytest.mark.parametrize(
    ("before", "word"), [("in ", "2024"), ("about 1,000,", "000"), ("at 10:", "30"), ("No. ", "7")]
)
def test_short_numbers_are_nobodys(data: OthersData, before: str, word: str) -> None:
    assert data.allows(before, word)


def test_the_pairs_that_ship_are_places_and_public_persons() -> None:
    known = load_known_names()
    for pair in ("New York", "San Francisco", "Barack Obama", "Mark Twain", "Visual Studio"):
        assert tuple(pair.split()) in known
    assert all(first and second for first, second in known)


def test_missing_pairs_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others_data, "_NAMES", tmp_path / "names")
    load_known_names.cache_clear()
    with pytest.raises(BaseModelError, match="Reinstall"):
        load_known_names()
