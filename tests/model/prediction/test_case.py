from __future__ import annotations

import pytest
import torch

from model.base import BaseModel
from model.inference import Inference
from model.learning.counts import UserCounts
from model.prediction.case import plain_form, with_plain
from model.prediction.composer import Composer
from model.prediction.reader import Place
from model.prediction.search import Found, Path, Word


@pytest.fixture
def composer(toy_base: BaseModel) -> Composer:
    inference = Inference(toy_base.config, toy_base.network().state_dict())
    return Composer(inference, toy_base, UserCounts(toy_base.tokens.size))


@pytest.mark.parametrize(
    ("typed", "plain"),
    [(" Tom", " tom"), (" TOM", " tom"), (" T", " t"), (" tom", None), (" iPh", None), (" ", None)],
)
def test_letters_have_a_plain_form_where_their_case_is_a_usual_one(
    typed: str, plain: str | None
) -> None:
    assert plain_form(typed) == plain


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("The keeper of the ligh", "lighthouse"),
        ("The keeper of the Ligh", "Lighthouse"),
        ("The keeper of the LIGH", "LIGHTHOUSE"),
    ],
)
def test_words_follow_the_case_of_what_was_typed(
    composer: Composer, before: str, word: str
) -> None:
    suggestion = composer.suggest(before, eagerness="eager")

    assert suggestion.candidates[0].word == word
    assert suggestion.inline.rstrip().startswith(word[4:])


def word(insert: str, probability: float) -> Word:
    return Word(insert, probability, Path((), insert, probability, Place((), torch.zeros(0))))


def test_in_their_case_words_have_what_is_left_and_are_asked_about_again() -> None:
    found = Found((word("rrow", 0.4),), complete=0.5)
    plain = Found((word("morrow", 0.6), word("mato", 0.3)))

    both = with_plain(found, plain, " To", lambda text: text != " Tomato", 5)

    assert [(w.insert, round(w.probability, 3)) for w in both.words] == [
        ("rrow", 0.4),
        ("morrow", 0.06),
    ]
