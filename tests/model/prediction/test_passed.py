from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base import BaseModel
from model.inference import Inference
from model.learning.counts import UserCounts
from model.messages import PassedGhost
from model.prediction.composer import Composer
from model.prediction.passed import AnsweredGhosts, Passed
from model.predictor import Predictor


@pytest.fixture(scope="module")
def composer(toy_base: BaseModel) -> Composer:
    inference = Inference(toy_base.config, toy_base.network().state_dict())
    return Composer(inference, toy_base, UserCounts(toy_base.tokens.size))


def test_what_was_not_passed_is_as_likely_as_before() -> None:
    passed = Passed(" lam", [PassedGhost("etter ", 2)])
    assert passed.share_left(" lamp") == passed.share_left(" lamp", " ") == 1.0
    assert not Passed(" lam")


def test_a_word_passed_with_its_space_may_be_meant_before_a_mark() -> None:
    passed = Passed(" lam", [PassedGhost("amp ", 2)])
    assert passed.share_left(" lamp", " ") < 0.5
    assert passed.share_left(" lamp") == passed.share_left(" lamp", ".") == 1.0


def test_a_word_passed_alone_is_doubted_before_whatever_follows() -> None:
    passed = Passed(" lam", [PassedGhost("amp", 2)])
    assert (
        passed.share_left(" lamp", " ")
        == passed.share_left(" lamp", ".")
        == passed.share_left(" lamp")
        < 0.5
    )


def test_a_mark_behind_the_word_makes_it_no_other_word() -> None:
    passed = Passed(" lam", [PassedGhost("amp, and ", 2)])
    assert passed.share_left(" lamp", " ") < 0.5
    assert not Passed(" lamp", [PassedGhost(", ", 1)])


def test_of_several_words_the_first_is_what_one_key_would_have_taken() -> None:
    passed = Passed(" lam", [PassedGhost("amp for the ships ", 2)])
    assert passed.share_left(" lamp", " ") < 0.5


def test_each_time_says_more_but_never_all() -> None:
    passes = [PassedGhost("amp ", 2), PassedGhost("mp ", 1)]
    once, twice = (Passed(" lam", passes[:n]).share_left(" lamp", " ") for n in (1, 2))
    often = Passed(" lam", passes * 50).share_left(" lamp", " ")
    assert 0.05 < often < twice < once < 1.0


def test_what_was_shown_before_the_word_began_counts_too() -> None:
    assert Passed(" l", [PassedGhost("lamp ", 1)]).share_left(" lamp", " ") < 1.0
    assert Passed(" ", [PassedGhost(" lamp ", 1)]).share_left(" lamp", " ") < 1.0


def test_what_was_shown_in_another_word_says_nothing() -> None:
    assert not Passed(" l", [PassedGhost("eeper of the lamp ", 9), PassedGhost("lamp ", 0)])


def test_a_ghost_in_curly_style_is_the_same_word() -> None:
    assert Passed(" didn'", [PassedGhost("dn\u2019t ", 3)]).share_left(" didn't", " ") < 1.0


def test_a_word_that_was_typed_past_gives_way_to_another(composer: Composer) -> None:
    (first, second) = composer.suggest("The sailors r", limit=2, eagerness="eager").candidates
    passed = [PassedGhost(f"r{first.insert} ", 1)]
    ghost = composer.suggest("The sailors r", eagerness="eager", passed=passed)
    assert ghost.inline.startswith(second.insert)
    assert ghost.certainty < first.probability + second.probability


def test_a_space_that_was_typed_past_is_left_out(composer: Composer) -> None:
    before = "The gulls waved at the sea. The sailors lit the lamp for the gul"
    passed = [PassedGhost("ulls ", 2), PassedGhost("lls ", 1)]
    assert composer.suggest(before, eagerness="eager").inline.startswith("ls ")
    assert composer.suggest(before, eagerness="eager", passed=passed).inline == "ls"


def test_the_list_of_words_stays_as_it_was(composer: Composer) -> None:
    passed = [PassedGhost("rail ", 1)]
    one = composer.suggest("The sailors r", passed=passed)
    assert one.candidates == composer.suggest("The sailors r").candidates


def test_what_was_answered_and_typed_past_is_remembered() -> None:
    answered = AnsweredGhosts()
    answered.note("The ke", "eper ")
    answered.note("The kee", "per ")
    assert answered.passed_at("The keep") == (PassedGhost("eper ", 2), PassedGhost("per ", 1))


def test_going_back_or_elsewhere_forgets_what_was_answered() -> None:
    answered = AnsweredGhosts()
    answered.note("The ke", "eper ")
    answered.note("The kee", "per ")
    assert answered.passed_at("The kee") == (PassedGhost("eper ", 1),)
    assert answered.passed_at("A ship") == ()
    assert answered.passed_at("The keep") == ()


def test_a_ghost_that_stands_there_in_full_may_have_been_taken() -> None:
    answered = AnsweredGhosts()
    answered.note("The kee", "per")
    assert answered.passed_at("The keep")
    assert answered.passed_at("The keeper") == ()


def test_a_predictor_takes_its_own_ghosts_for_passed_until_something_is_forgotten(
    toy_base_folder: Path,
) -> None:
    with Predictor.open(None, "eager", toy_base_folder) as predictor:
        alone = predictor.suggest("The gulls sa")
        assert predictor.suggest("The gulls s").inline.startswith("at ")
        assert predictor.suggest("The gulls sa").certainty < alone.certainty
        assert predictor.suggest("The gulls sa", passed=()) == alone
        predictor.suggest("The gulls s")
        predictor.learn("In the morning a letter came from the town.", "a")
        predictor.forget(document="a")
        assert predictor.suggest("The gulls sa") == alone


def test_silence_is_nothing_to_pass() -> None:
    answered = AnsweredGhosts()
    answered.note("The ke", "")
    assert answered.passed_at("The kee") == ()


ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_may_have_been_passed(begun: str, typed: str, rest: str) -> None:
    passed = Passed(begun + typed, [PassedGhost(typed + rest, len(typed))])
    assert 0.0 < passed.share_left(begun + typed, " ") <= 1.0
