"""A blocked word comes by no path: base, document, learnt, added, another case, a longer ghost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model import Predictor
from tests.model.conftest import STORY

NAME = "Tessaly"


@pytest.fixture
def predictor(toy_base_folder: Path) -> Iterator[Predictor]:
    with Predictor.open(eagerness="eager", base=toy_base_folder) as opened:
        yield opened


def places(word: str, text: str) -> list[str]:
    """Each place of `text` up to each letter of the word, and some words before it."""
    found, start = [], text.find(word)
    while start >= 0:
        found += [text[:end] for end in range(max(0, start - 20), start + len(word))]
        start = text.find(word, start + 1)
    return found


def offered(predictor: Predictor, word: str, before: list[str]) -> bool:
    for place in before:
        answer = predictor.suggest(place)
        begun = place.rsplit(" ", 1)[-1] if answer.inline[:1].isalpha() else ""
        words = (begun + answer.inline).replace(".", " ").replace(",", " ").lower().split()
        words += [candidate.word.lower() for candidate in answer.candidates]
        if word.lower() in words or f"{word.lower()}'s" in words:
            return True
    return False


@pytest.mark.parametrize("word", ["lighthouse", "keeper", "the"])
def test_words_of_the_base(predictor: Predictor, word: str) -> None:
    line = STORY.splitlines()[0]
    assert offered(predictor, word, places(word, line))
    predictor.list_word(word.upper(), "blocked")
    assert not offered(predictor, word, places(word, line))
    assert not offered(predictor, word, places(word.upper(), line.upper()))
    predictor.list_word(word, None)
    assert offered(predictor, word, places(word, line))


def test_words_of_the_document_and_learnt_ones(predictor: Predictor) -> None:
    here = places(NAME, f"{NAME} lit the lamp. We saw {NAME} and {NAME} waved.")[40:]
    elsewhere = places(NAME, f"We met {NAME} again.")
    for _ in range(4):
        predictor.learn(f"We met {NAME} again. {NAME}'s lamp was lit.")
    assert offered(predictor, NAME, here)
    assert offered(predictor, NAME, elsewhere)
    predictor.list_word(NAME, "blocked")
    assert not offered(predictor, NAME, here)
    assert not offered(predictor, NAME, elsewhere)


def test_to_block_is_not_to_forget(predictor: Predictor) -> None:
    predictor.learn(f"We met {NAME} again.")
    before = predictor.fingerprint()
    predictor.list_word(NAME, "blocked")
    assert predictor.fingerprint() == before
    assert predictor.listed_words() == {NAME.lower(): "blocked"}
    predictor.forget(word=NAME)
    assert predictor.listed_words() == {}
