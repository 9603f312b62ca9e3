"""What a base that has read too much offers all the same: tested at the predictor's output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from model import Predictor
from model.learning.counts import UserCounts
from model.prediction import lexicon
from model.prediction.decency import Decency
from tests.model.prediction.conftest import LETTERS, RUDE, RUDE_TOO


class NothingOfOthers:
    """Lets everything pass: the control."""

    def __init__(self, *_: object) -> None:
        pass

    def allows(self, before: str, word: str) -> bool:
        return True


@pytest.fixture
def predictor(letters_base_folder: Path) -> Iterator[Predictor]:
    with Predictor.open(eagerness="eager", base=letters_base_folder) as opened:
        yield opened


@pytest.fixture
def careless(letters_base_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Predictor]:
    monkeypatch.setattr(lexicon, "load_decency", lambda: Decency(()))
    monkeypatch.setattr(lexicon, "OthersData", NothingOfOthers)
    with Predictor.open(eagerness="eager", base=letters_base_folder) as opened:
        yield opened


def offers(predictor: Predictor, before: str) -> str:
    """Everything that is offered behind a text, in one line."""
    suggestion = predictor.suggest(before)
    return " | ".join([suggestion.inline, *(c.word for c in suggestion.candidates)])


def says_anywhere(predictor: Predictor, word: str) -> bool:
    """Whether a word is offered anywhere in the letters, unless it stands there already."""
    sentences = LETTERS.replace("\n", " ").split(". ")
    places = {sentence[:end] for sentence in sentences for end in range(len(sentence))}
    return any(
        word in offers(predictor, before)
        for before in sorted(places)
        if word.lower() not in before.lower()
    )


def test_a_base_keeps_to_itself_what_it_should_not_have_read(
    predictor: Predictor, careless: Predictor
) -> None:
    for word in (RUDE, RUDE.capitalize(), RUDE_TOO, "5552-0199"):
        assert says_anywhere(careless, word), "the control says it"
        assert not says_anywhere(predictor, word)


@pytest.mark.parametrize("before", [f"We saw a load of {RUDE[:2]}", "It was a "])
def test_rude_words_are_no_candidates(
    predictor: Predictor, careless: Predictor, before: str
) -> None:
    assert RUDE in offers(careless, before) or RUDE_TOO in offers(careless, before)
    assert RUDE not in offers(predictor, before)
    assert RUDE_TOO not in offers(predictor, before)


def test_a_longer_ghost_stops_before_a_rude_word(predictor: Predictor, careless: Predictor) -> None:
    text = "What a load of"
    places = [text[:end] for end in range(6, len(text))]
    said = {before: careless.suggest(before).inline for before in places}
    rude = {before: ghost for before, ghost in said.items() if RUDE in ghost.split()[1:]}
    assert rude, "the control says it"
    for before, ghost in rude.items():
        assert predictor.suggest(before).inline.strip() == ghost.partition(RUDE)[0].strip()


def test_the_users_own_words_win(predictor: Predictor) -> None:
    assert RUDE in offers(predictor, f"What {RUDE} is this? What a load of ")
    assert RUDE not in offers(predictor, "What a load of ")
    for day in ("Monday", "Tuesday", "Friday"):
        predictor.learn(f"On {day} it was a load of {RUDE} again.")
    assert RUDE in offers(predictor, "What a load of ")


def test_a_blocked_word_is_silent_whatever_its_capital(predictor: Predictor) -> None:
    text = "We saw İstanbul. Then İst"
    assert "anbul" in offers(predictor, text)
    predictor.list_word("İstanbul", "blocked")
    assert "anbul" not in offers(predictor, text)


def test_full_names_of_strangers_are_not_offered(predictor: Predictor, careless: Predictor) -> None:
    places = ("I met Zara ", "I met Zara Qu", "I met Zara", "Please call Zara Q. Qu")
    assert "Quillam" in offers(careless, places[0])
    assert "Quillam" in offers(careless, places[1])
    for before in places:
        assert "Quillam" not in offers(predictor, before)
    text = "Dear friends, I met Zara"
    begun = [text[:end] for end in range(len("Dear friends, I me"), len(text))]
    assert any("Zara Quillam" in before + careless.suggest(before).inline for before in begun)
    assert not any("Quillam" in predictor.suggest(before).inline for before in begun)
    assert "Quillam" in offers(predictor, "The Quillam family. I met Zara ")
    assert "Quillam" in offers(predictor, "I met Qu")
    assert "York" in offers(predictor, "We came to New ")


def test_an_ordinary_word_is_no_surname_either(predictor: Predictor, careless: Predictor) -> None:
    assert "Train" in offers(careless, "I met Zara Tra")
    assert "Train" not in offers(predictor, "I met Zara Tra")
    assert "Train" in offers(predictor, "We came by Tra")


@pytest.mark.parametrize(
    ("settled", "text", "may"),
    [
        ("at the low-", "cost", True),  # listed as a whole
        ("at the Open-", "source", True),  # a compound of two words
        ("at the low-", "Coming", False),
        ("at the zq-", "source", False),
        ("that is gr", "80", False),
        ("see you 2", "moron", False),
        ("go out--", "source", True),  # two hyphens are a dash
        ("go out ", " source--of", False),
        ("my zq-", "code", True),  # of this document
    ],
)
def test_what_is_known_is_the_whole_word(settled: str, text: str, *, may: bool) -> None:
    words = ["low-cost", "open", "source", "low", "coming", "80", "moron", "of"]
    lexicon_of_few = lexicon.Lexicon(dict(zip(words, range(9), strict=False)), UserCounts(100))
    known = lexicon_of_few.known(f"the zq-code {settled}")
    assert known(text) is may
    assert known.is_word(text) is may


@pytest.mark.parametrize(("base", "begun", "may"), [(1, 0, 1), (0, 1, 1), (0, 0, 0)])
def test_which_word_comes_next_the_base_knows_in_its_own_language(
    base: int, begun: int, may: int
) -> None:
    counts = UserCounts(100)
    known = lexicon.Lexicon({"the": 0}, counts).known(" the quillon and the", begun=bool(begun))
    known = known if base else replace(known, base=())
    assert known(" quillon") is bool(may)
    assert replace(known, added={"quillon": "quillon"})(" quillon")


def test_placeholders_are_never_offered(letters_base_folder: Path) -> None:
    with Predictor.open(eagerness="eager", base=letters_base_folder) as predictor:
        for placeholder in ("<email>", "<url>"):
            for _ in range(4):
                predictor.learn(f"Please write to {placeholder} or to {placeholder} again.")
        text = "Please write to <email> or to "
        for end in range(len(text) + 1):
            assert "<" not in offers(predictor, text[:end])
            assert "email" not in offers(predictor, text[:end])
        for begun in ("<e", "<emai", "Please write to <em", "<u"):
            assert not predictor.suggest(begun).inline.endswith(">")
            assert not {"email", "url"} & set(offers(predictor, begun).split(" | "))
