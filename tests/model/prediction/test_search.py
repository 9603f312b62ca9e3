"""The search against brute force: every way to spell a word, summed."""

from __future__ import annotations

import pytest

from model.base import BaseModel
from model.inference import Inference, floats
from model.learning.counts import UserCounts
from model.prediction.pieces import Pieces
from model.prediction.reader import Place, Reader
from model.prediction.search import Search
from model.text import fold
from model.tokens import Tokens


@pytest.fixture
def search(toy_base: BaseModel) -> Search:
    # In floats: int8 rounds a batch by its largest value, which brute force knows nothing of.
    reader = Reader(Inference(toy_base.config, toy_base.network().state_dict(), linear=floats))
    counts = UserCounts(toy_base.tokens.size)
    return Search(reader, Pieces(toy_base.tokens), counts)


def place_after(search: Search, toy: BaseModel, before: str) -> Place:
    return search._reader.read([toy.tokens.document, *toy.tokens.encode(fold(before))])


def spellings(tokens: Tokens, text: str) -> list[list[int]]:
    """Every sequence of pieces that spells `text`."""
    if not text:
        return [[]]
    return [
        [i, *rest]
        for i, surface in enumerate(tokens.surfaces)
        if surface and text.startswith(surface)
        for rest in spellings(tokens, text[len(surface) :])
    ]


def brute_force(search: Search, toy: BaseModel, place: Place, text: str) -> float:
    """P(the word `text` and no longer one) by adding up every spelling of it."""
    pieces = Pieces(toy.tokens)
    total = 0.0
    for ids in spellings(toy.tokens, text):
        at, probability = place, 1.0
        for token in ids:
            probability *= float(search.distribution(at)[token])
            at = search.follow(at, token)
        goes_on = float(search.distribution(at)[pieces.continuing].sum())
        total += probability * (1.0 - goes_on)
    return total


@pytest.mark.parametrize(
    ("before", "typed", "word"),
    [
        ("The keeper of the", " li", " lighthouse"),
        ("The keeper of", " ", " the"),
        ("Every morning he climbed the", " st", " stairs"),
        ("The keeper made a pot of", " te", " tea"),
    ],
)
def test_agrees_with_brute_force(
    search: Search, toy_base: BaseModel, before: str, typed: str, word: str
) -> None:
    place = place_after(search, toy_base, before)
    found = search.words(place, typed, lambda text: True, 5)
    by_text = {typed + w.insert: w.probability for w in found.words}
    assert word in by_text
    competitors = {word} | set(by_text)
    exact = {text: brute_force(search, toy_base, place, text) for text in competitors}
    ratio = by_text[word] / exact[word]
    for text, probability in by_text.items():
        if exact[text] > 1e-4:
            assert probability / exact[text] == pytest.approx(ratio, rel=0.02)
    assert max(exact, key=lambda text: exact[text]) == typed + found.words[0].insert


def test_a_key_inside_a_word_needs_no_new_boundary(search: Search, toy_base: BaseModel) -> None:
    place = place_after(search, toy_base, "The keeper of the")
    search.words(place, " light", lambda text: True, 5)
    steps = search._reader.steps
    search.words(place, " lightho", lambda text: True, 5)
    assert search._reader.steps - steps <= 4


def test_only_known_words_are_found(search: Search, toy_base: BaseModel) -> None:
    place = place_after(search, toy_base, "The keeper of the")
    assert not search.words(place, " li", lambda text: False, 5).words


def test_a_word_that_is_complete_says_so(search: Search, toy_base: BaseModel) -> None:
    place = place_after(search, toy_base, "The keeper of the")
    found = search.words(place, " lighthouse", lambda text: True, 5)
    assert found.here is not None
    assert found.complete > 0.5
