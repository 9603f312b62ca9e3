from __future__ import annotations

import pytest

from editor.spelling import spelling as module
from editor.spelling.spelling import Spelling
from editor.spelling.words import words
from tests.editor.spelling.fake_dictionary import FakeDictionary


@pytest.fixture
def spelling() -> Spelling:
    spelling = Spelling()
    spelling.use(FakeDictionary("the heron well", {"hron": ["heron"]}))
    return spelling


def wrong(spelling: Spelling, text: str) -> list[str]:
    return [word.form for word in words(text) if not spelling.look_up(word)]


def test_a_word_is_looked_up_once(spelling: Spelling) -> None:
    (word,) = words("hron")
    assert spelling.is_known(word) is None
    assert not spelling.look_up(word)
    assert spelling.is_known(word) is False
    assert spelling.proposals(word) == ["heron"]
    assert wrong(spelling, "the hron, the heron") == ["hron"]
    dictionary = spelling.dictionary
    assert isinstance(dictionary, FakeDictionary)
    assert dictionary.asked == ["hron", "the", "heron"]


def test_another_dictionary_judges_anew_and_without_one_all_is_right(spelling: Spelling) -> None:
    assert wrong(spelling, "hron reiher") == ["hron", "reiher"]
    spelling.use(FakeDictionary("reiher"))
    assert wrong(spelling, "hron reiher") == ["hron"]
    spelling.use(None)
    assert wrong(spelling, "hron reiher") == []
    (word,) = words("hron")
    assert spelling.is_known(word)
    assert spelling.proposals(word) == []


def test_the_users_own_words_are_right(spelling: Spelling) -> None:
    text = "The Tessaly, Tessaly’s and a well-knwn zorblax"
    assert wrong(spelling, text) == ["Tessaly", "Tessaly's", "and", "knwn", "zorblax"]
    spelling.listed = frozenset(["tessaly", "well-knwn"])
    assert wrong(spelling, text) == ["and", "zorblax"]
    spelling.list_word("Zorblax", own=True)
    assert wrong(spelling, text) == ["and"]
    spelling.list_word("tessaly", own=False)
    assert wrong(spelling, text) == ["Tessaly", "Tessaly's", "and"]
    spelling.forget()
    assert wrong(spelling, text) == ["Tessaly", "Tessaly's", "and", "knwn", "zorblax"]


def test_it_does_not_remember_without_end(
    spelling: Spelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_REMEMBERED", 3)
    for text in ("aa", "bb", "cc", "dd", "aa"):
        assert wrong(spelling, text) == [text]
    assert len(spelling._verdicts) <= 3
