"""How soon a new word is offered, from every source of words: tested at the predictor's output."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model import Predictor
from model.messages import Ladder, Lesson, Teaching

WORD = "Tessaly"
SENTENCES = (
    "We met Tessaly at the rail.",
    "Then we met Tessaly again.",
    "We met Tessaly by the sea.",
)
BEGUN = (
    "We met Tes",
    "We met Tessa",
    "The keeper saw Tess",
    "Then came tes",
    "A letter came from Tes",
)
NEXT = ("We met ", "Then we met ")


@pytest.fixture
def predictor(toy_base_folder: Path) -> Iterator[Predictor]:
    with Predictor.open(eagerness="eager", base=toy_base_folder) as opened:
        yield opened


def offered(predictor: Predictor, places: tuple[str, ...]) -> bool:
    """Whether the word is offered at any of these places, by ghost or as a candidate."""
    answers = [predictor.suggest(before) for before in places]
    texts = [place + a.inline for place, a in zip(places, answers, strict=True)]
    words = [candidate.word for answer in answers for candidate in answer.candidates]
    return any(WORD.lower() in text.lower() for text in (*texts, *words))


def typed(predictor: Predictor, number: int, accepted: bool = False) -> None:
    """As the editor teaches a sentence."""
    text = SENTENCES[number]
    start = text.index(WORD)
    spans = ((start, start + len(WORD)),) if accepted else ()
    predictor.teach(Teaching("notes", (Lesson(text, "notes", spans),)))
    predictor.catch_up()


def test_nobody_else_knows_the_word(predictor: Predictor) -> None:
    assert not offered(predictor, (*BEGUN, *NEXT))


@pytest.mark.parametrize("source", ["typed", "given"])
def test_rung_by_rung(predictor: Predictor, source: str) -> None:
    for number, sentence in enumerate(SENTENCES):
        assert offered(predictor, BEGUN) == (number >= 2)
        assert not offered(predictor, NEXT)
        if source == "typed":
            typed(predictor, number)
        else:
            predictor.learn(sentence)
    assert offered(predictor, BEGUN)
    assert offered(predictor, NEXT)


def test_in_its_own_document_once_is_enough(predictor: Predictor) -> None:
    assert offered(predictor, (f"{SENTENCES[0]} We met Tes", f"{SENTENCES[0]} We met Tessa"))


def test_what_was_accepted_is_no_sighting(predictor: Predictor) -> None:
    typed(predictor, 0)
    for number in (1, 2, 1, 2):
        typed(predictor, number, accepted=True)
    assert not offered(predictor, (*BEGUN, *NEXT))


def test_the_user_sets_the_numbers(predictor: Predictor) -> None:
    typed(predictor, 0)
    predictor.set_ladder(Ladder(offered=1, known=1))
    assert offered(predictor, BEGUN)
    typed(predictor, 1)
    typed(predictor, 2)
    predictor.set_ladder(Ladder(offered=2, known=4))
    assert offered(predictor, BEGUN)
    assert not offered(predictor, NEXT)
    predictor.set_ladder(Ladder(offered=4, known=5))
    assert not offered(predictor, (*BEGUN, *NEXT))


def test_what_is_taken_back_goes_down_again(predictor: Predictor) -> None:
    typed(predictor, 0)
    typed(predictor, 1)
    assert offered(predictor, BEGUN)
    predictor.teach(Teaching("notes", retract=(SENTENCES[0],)))
    assert not offered(predictor, (*BEGUN, *NEXT))


def test_an_added_word_is_known_at_once_and_until_it_is_forgotten(
    toy_base_folder: Path, tmp_path: Path
) -> None:
    with Predictor.open(tmp_path, "eager", toy_base_folder) as predictor:
        predictor.teach(Teaching("notes", listed=((WORD, "added"),)))
        assert offered(predictor, BEGUN)
    with Predictor.open(tmp_path, "eager", toy_base_folder) as predictor:
        assert offered(predictor, BEGUN)
        with pytest.raises(ValueError, match="not one word"):
            predictor.list_word("two words", "added")
        predictor.forget(word=WORD)
        assert not offered(predictor, BEGUN)
