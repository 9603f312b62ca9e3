from __future__ import annotations

import textwrap
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.base import BaseModel
from model.inference import Inference
from model.learning.counts import UserCounts
from model.messages import EAGERNESS, Eagerness, Suggestion
from model.prediction.composer import Composer
from model.prediction.ghosts import MAX_GHOST
from tests.model.conftest import STORY

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text("the keper.,'\"\n\0\ud800 ")


@pytest.fixture(scope="module")
def composer(toy_base: BaseModel) -> Composer:
    inference = Inference(toy_base.config, toy_base.network().state_dict())
    return Composer(inference, toy_base, UserCounts(toy_base.tokens.size))


def test_who_writes_the_ghost_costs_no_look_at_other_words(toy_base: BaseModel) -> None:
    text = "The keeper of the lighthouse woke before"
    steps, ghosts = [], []
    for follows in (True, False):
        inference = Inference(toy_base.config, toy_base.network().state_dict())
        composer = Composer(inference, toy_base, UserCounts(toy_base.tokens.size))
        seen = []
        for end in range(len("The keeper of the l"), len(text)):
            if not follows:
                composer.suggest("")  # an answer of somewhere else is no ghost to follow
            seen.append(composer.suggest(text[:end], eagerness="eager").inline)
        steps.append(composer.reader.steps)
        ghosts.append(seen)
    assert ghosts[0] == ghosts[1]
    assert steps[0] < 0.7 * steps[1]


def test_completes_the_word_and_its_space(composer: Composer) -> None:
    suggestion = composer.suggest("The keeper of the li", eagerness="eager")
    assert suggestion.inline.startswith("ghthouse ")
    assert suggestion.candidates[0].word == "lighthouse"
    assert suggestion.candidates[0].insert == "ghthouse"


def test_offers_next_words_after_a_space(composer: Composer) -> None:
    suggestion = composer.suggest("The keeper made a pot of ", eagerness="eager")
    assert suggestion.candidates[0].word == "tea"
    assert suggestion.inline.startswith("tea")


def test_goes_on_with_several_words_where_they_are_likely(composer: Composer) -> None:
    suggestion = composer.suggest("The keeper of the lighthouse woke be", eagerness="eager")
    assert len(suggestion.inline.split()) > 1


def test_a_document_may_begin_with_nothing(composer: Composer) -> None:
    assert composer.suggest("", eagerness="eager").candidates


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_TEXT, st.sampled_from(EAGERNESS))
def test_any_text_gets_a_sound_answer(
    composer: Composer, before: str, eagerness: Eagerness
) -> None:
    suggestion = composer.suggest(before, eagerness=eagerness)
    assert len(suggestion.inline) <= MAX_GHOST
    assert "\n" not in suggestion.inline
    probabilities = [c.probability for c in suggestion.candidates]
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(c.insert and c.word.endswith(c.insert.strip()) for c in suggestion.candidates)


@pytest.mark.parametrize("before", ["a" * 100_000, "word " * 50_000, "\n" * 9999, "\ud800\0" * 99])
def test_long_and_odd_texts_are_answered(composer: Composer, before: str) -> None:
    composer.suggest(before)


def test_the_shyer_the_fewer(composer: Composer) -> None:
    text = "The sailors read a letter in the town, and the gulls lit the stove."
    shown = {
        eagerness: sum(
            bool(composer.suggest(text[:i], eagerness=eagerness).inline) for i in range(len(text))
        )
        for eagerness in EAGERNESS
    }
    assert shown["quiet"] <= shown["balanced"] <= shown["eager"]
    assert shown["quiet"] < shown["eager"]


def test_silent_inside_a_word(composer: Composer) -> None:
    assert composer.suggest("The keeper of the li", "ght", eagerness="eager").inline == ""
    assert composer.suggest("The keeper of the li", " burned", eagerness="eager").inline != ""


def test_letters_that_are_no_word_get_no_next_word(composer: Composer) -> None:
    assert not composer.suggest("The keeper lkjq", eagerness="eager").inline.startswith(" ")


def test_ghosts_take_the_style_of_the_document(composer: Composer) -> None:
    plain = composer.suggest("The ships didn't. I do", eagerness="eager").inline
    curly = composer.suggest("The ships didn\u2019t. I do", eagerness="eager").inline
    assert curly == plain.replace("'", "\u2019")


def test_accents_of_their_own_are_part_of_the_word(composer: Composer) -> None:
    text = "Zo\u00eb M\u00fcllerov\u00e1 read the letter. Then Zo\u00eb M\u00fc"
    parted = unicodedata.normalize("NFD", text)
    for before, end in ((text, "llerov\u00e1"), (parted, "llerova\u0301")):
        found = composer.suggest(before, eagerness="eager")
        assert found.inline.startswith(end)
        assert found.candidates[0].insert == end
        assert found.candidates[0].word == before.rpartition(" ")[2] + end
    assert not composer.suggest(unicodedata.normalize("NFD", "zo\u00e9")).inline


def test_a_ghost_is_never_too_long_for_its_accents(composer: Composer) -> None:
    long = "N" + "\u00fc\u00e1" * 17
    text = f"Then {long} and {long} and {long}. We met N\u00fc\u00e1"
    assert len(composer.suggest(text).inline) > MAX_GHOST // 2
    assert len(composer.suggest(unicodedata.normalize("NFD", text)).inline) <= MAX_GHOST


def test_no_second_space_before_what_follows(composer: Composer) -> None:
    assert composer.suggest("The keeper of the li", eagerness="eager").inline[-1] == " "
    for after in (" burned", ". Then"):
        ghost = composer.suggest("The keeper of the li", after, eagerness="eager").inline
        assert ghost
        assert not ghost.endswith(" ")


def test_a_curly_word_is_one_word(composer: Composer) -> None:
    candidates = composer.suggest(
        "The ships didn\u2019t. I don\u2019", eagerness="eager"
    ).candidates
    assert candidates[0].word == "don\u2019t"


def test_as_many_candidates_as_are_asked_for(composer: Composer) -> None:
    assert len(composer.suggest("the ", limit=12).candidates) > 5


@pytest.mark.parametrize("before", ["Write to the.keeper@light", "See https://example.org/the"])
def test_an_address_is_not_completed(composer: Composer, before: str) -> None:
    assert composer.suggest(before, eagerness="eager") == Suggestion()
    assert composer.suggest(f"{before}. The keeper of the li", eagerness="eager").inline


def test_wrapped_text_is_completed_like_any_other(composer: Composer) -> None:
    text = " ".join(STORY.split()[:60])
    wrapped = textwrap.fill(text, 72)
    assert composer.suggest(wrapped).candidates == composer.suggest(text).candidates
    cut = wrapped.rindex("\n") + 1
    assert (
        composer.suggest(wrapped[:cut]).candidates
        == composer.suggest(text[: cut - 1] + " ").candidates
    )


def test_in_another_language_only_the_users_own_words_are_offered(composer: Composer) -> None:
    german = "Gestern haben wir lange auf den Bus gewartet, weil er wegen des Schnees nicht kam. "
    assert composer.suggest("Gestern. The keeper of the li", eagerness="eager").inline
    assert composer.suggest(f"{german}Der li", eagerness="eager") == Suggestion()
    own = composer.suggest(
        f"{german}Der Lichthof lag lange im Dunkel, und der Li", eagerness="eager"
    )
    assert [candidate.word for candidate in own.candidates] == ["Lichthof"]
    assert own.inline.startswith("chthof")
    back = f"{german}\n\nThe keeper looked at the sea. He lit the st"
    assert composer.suggest(back, eagerness="eager").inline.startswith("ove")


@pytest.mark.parametrize("before", ["The keeper of hte", "The keeper made a potx", "The lihgt"])
def test_a_misspelt_word_is_met_with_silence(composer: Composer, before: str) -> None:
    assert composer.suggest(before, eagerness="eager") == Suggestion()


def test_in_code_what_code_has_taught_is_asked(composer: Composer) -> None:
    code = "lamp = {'lit': 1}; keepers = [read(x) for x in lamps]; "
    composer.suggest(f"{code}lit = lamp[")
    assert not composer.search.prose
    composer.suggest("The keeper of the li")
    assert composer.search.prose
