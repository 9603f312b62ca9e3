from __future__ import annotations

import pytest

from model.base import BaseModel
from model.inference import Inference
from model.learning.counts import UserCounts
from model.learning.reading import Reading, read
from model.prediction.composer import Composer
from model.prediction.own_words import OwnWords
from model.prediction.search import Found
from model.text import small

STRANGE = "\u0159eka"  # its first letter is no piece of the toy base, as in most English ones


@pytest.fixture
def counts(toy_base: BaseModel) -> UserCounts:
    return UserCounts(toy_base.tokens.size)


@pytest.fixture
def composer(toy_base: BaseModel, counts: UserCounts) -> Composer:
    inference = Inference(toy_base.config, toy_base.network().state_dict())
    return Composer(inference, toy_base, counts)


def learn(counts: UserCounts, base: BaseModel, text: str) -> Reading:
    reading = read(base.tokens, text, ())
    counts.add(reading)
    return reading


def offered(composer: Composer, before: str) -> list[str]:
    return [candidate.word for candidate in composer.suggest(before, eagerness="eager").candidates]


def test_words_of_the_document_are_found_by_any_letter(composer: Composer) -> None:
    before = f"The {STRANGE} was calm. The keeper looked at the \u0159"
    suggestion = composer.suggest(before, eagerness="eager")
    assert suggestion.inline.startswith("eka")
    assert suggestion.candidates[0].word == STRANGE
    assert suggestion.candidates[0].insert == "eka"
    assert not offered(composer, "The keeper looked at the \u0159")


def test_the_case_of_the_document_is_kept(composer: Composer) -> None:
    text = f"{STRANGE.upper()} and {STRANGE.upper()} and {STRANGE}. Then \u0159"
    assert offered(composer, text) == ["\u0159EKA", STRANGE]


ENGLISH = "The keeper of the lighthouse woke before the sun, and the gulls sat on the rail.\n\n"
GERMAN = "Heute morgen bin ich sehr fr\u00fch aufgestanden und zum Bahnhof gefahren. Am Bahnhof "


def test_words_of_an_english_paragraph_are_not_meant_in_another_language(
    composer: Composer,
) -> None:
    typed = f"{GERMAN}war niemand, und ich habe den lig"
    assert not offered(composer, ENGLISH + typed)
    assert offered(
        composer, f"{ENGLISH}Das ligurische Meer ist heute nicht besonders warm. {typed}"
    ) == ["ligurische"]


def test_what_english_does_not_know_is_meant_in_another_language_too(composer: Composer) -> None:
    typed = f"{GERMAN}war niemand, und ich habe dann Bol"
    assert offered(composer, ENGLISH.replace("keeper", "Bolinda") + typed) == ["Bolinda"]


@pytest.mark.parametrize(
    ("typed", "probability"),
    [("g", 0.0), ("ge", 0.29), ("gef", 0.45), ("gefah", 0.53), ("Bah", 0.75)],
)
def test_in_another_language_words_are_as_likely_as_they_were_found_to_be(
    composer: Composer, typed: str, probability: float
) -> None:
    before = f"{GERMAN}war niemand, und wir sind weiter {typed}"
    candidates = composer.suggest(before, eagerness="eager").candidates
    assert sum(one.probability for one in candidates) == pytest.approx(probability)


def test_of_several_words_each_has_less_than_its_share(composer: Composer) -> None:
    before = f"{GERMAN}war niemand, und gefunden habe ich in Leipzig auch nichts, und gef"
    found = composer.suggest(before, eagerness="eager").candidates
    assert {one.word: one.probability for one in found} == pytest.approx(
        {"gefahren": 0.85 * 0.225, "gefunden": 0.85 * 0.225}
    )


def test_what_was_learnt_of_english_is_not_meant_in_another_language(
    composer: Composer, counts: UserCounts, toy_base: BaseModel
) -> None:
    for _ in range(3):
        learn(counts, toy_base, "The gulls met Bolinda at the lighthouse.")
    before = f"{GERMAN}war niemand, und ich habe dann "
    assert not offered(composer, f"{before}lig")
    assert offered(composer, f"{before}bol") == ["bolinda"]
    composer.lexicon.added = {"lighthouse": "lighthouse"}
    assert offered(composer, f"{before}lig") == ["lighthouse"]


FAR = " The keeper climbed the stairs and lit the lamp for the ships on the water." * 50


@pytest.mark.parametrize(("typed", "probability"), [("Bo", 0.14), ("Bol", 0.33), ("Boli", 0.46)])
def test_a_name_of_this_document_is_known_however_far_before_the_caret(
    composer: Composer, typed: str, probability: float
) -> None:
    before = f"We met Bolinda.{FAR} Then {typed}"
    found = {one.word: one.probability for one in composer.suggest(before).candidates}
    assert found["Bolinda"] >= probability
    assert "Bolinda" not in offered(composer, f"We met nobody.{FAR} Then {typed}")


def test_far_before_the_caret_a_name_is_no_less_known_than_it_was_learnt(
    composer: Composer, counts: UserCounts, toy_base: BaseModel
) -> None:
    for _ in range(6):
        learn(counts, toy_base, "Bolinda climbed the stairs.")
    before = f"We met Bolinda.{FAR} The keeper looked at the sea with Bo"
    assert composer.suggest(before).candidates[0].probability == pytest.approx(0.45)


def test_words_far_before_the_caret_are_found_by_any_letter(composer: Composer) -> None:
    assert offered(composer, f"The {STRANGE} was calm.{FAR} Then \u0159e") == [STRANGE]


def test_learnt_words_are_found_after_two_sightings(
    composer: Composer, counts: UserCounts, toy_base: BaseModel
) -> None:
    text = f"The keeper looked at the {STRANGE[:2]}"
    learn(counts, toy_base, f"We swam in the {STRANGE}.")
    assert not offered(composer, text)
    second = learn(counts, toy_base, f"And the {STRANGE} was warm.")
    assert offered(composer, text) == [STRANGE]
    counts.remove(second)
    assert not offered(composer, text)


@pytest.mark.parametrize("sign", ["\U0001f600", "\u0301", "\u5b57", "\u0627", "\ud800", "\0"])
def test_signs_that_are_no_pieces_break_nothing(composer: Composer, sign: str) -> None:
    for before in (sign, f"The keeper {sign}", f"{sign}{sign} The keeper of the li"):
        composer.suggest(before, eagerness="eager")
    assert "lighthouse" in offered(composer, f"{sign} The keeper of the li")


def test_a_word_that_is_complete_still_gets_the_next_one(composer: Composer) -> None:
    suggestion = composer.suggest("The keeper of the lighthouse", eagerness="eager")
    assert not suggestion.candidates
    assert suggestion.inline.startswith(" ")


@pytest.mark.parametrize("typed", ["Bo", "Bol", "Bolin"])
def test_a_name_is_meant_by_its_first_letters_once_it_stands_here(
    composer: Composer, typed: str
) -> None:
    before = "Bolinda climbed the stairs. The keeper looked at the sea with "

    suggestion = composer.suggest(before + typed)

    assert suggestion.candidates[0].word == "Bolinda"
    assert suggestion.inline.startswith("Bolinda"[len(typed) :])
    assert sum(candidate.probability for candidate in suggestion.candidates) <= 1.0


def test_what_a_name_is_meant_by_is_less_likely_complete(
    composer: Composer, toy_base: BaseModel
) -> None:
    settled = " Bolinda climbed the stairs. We met"
    words = OwnWords(toy_base.tokens, toy_base.words, composer.lexicon.document)
    ids = toy_base.tokens.encode(settled)
    known = composer.lexicon.known(settled, begun=True)
    given = Found((), complete=0.6, spaced=0.5)
    found = words.with_name(given, composer.reader, ids, "Bol", " Bol", known)
    left = 1 - found.words[0].probability
    assert (found.complete, found.spaced) == pytest.approx((0.6 * left, 0.5 * left))


def test_small_letters_and_common_words_name_nobody(composer: Composer) -> None:
    before = "Bolinda climbed the stairs. The keeper looked at the sea with "
    found = composer.suggest(before + "bo").candidates
    assert all(candidate.probability != pytest.approx(0.44) for candidate in found)
    assert "Thekeeper" not in [c.word for c in composer.suggest(before + "The").candidates]


@pytest.mark.parametrize(("typed", "probability"), [("Bo", 0.12), ("Bol", 0.34), ("Bolin", 0.5)])
def test_a_learnt_name_is_meant_too_the_surer_the_more_letters(
    composer: Composer, counts: UserCounts, toy_base: BaseModel, typed: str, probability: float
) -> None:
    learn(counts, toy_base, "Bolinda climbed the stairs.")
    before = "The keeper looked at the sea with "
    assert "Bolinda" not in offered(composer, before + typed)
    learn(counts, toy_base, "Bolinda climbed the stairs again.")
    found = {c.word: c.probability for c in composer.suggest(before + typed).candidates}
    assert found["Bolinda"] >= probability
    assert sum(found.values()) <= 1.0


def test_what_is_a_word_by_itself_begins_no_learnt_name(
    composer: Composer, counts: UserCounts, toy_base: BaseModel
) -> None:
    for _ in range(2):
        learn(counts, toy_base, "Theresina climbed the stairs.")
    before = "The keeper looked at the sea with "
    assert "Theresina" in offered(composer, before + "Ther")
    found = composer.suggest(before + "The").candidates
    assert all(candidate.probability != pytest.approx(0.34) for candidate in found)


@pytest.mark.parametrize(
    ("typed", "right", "wrong"),
    [("Bo", "BoLinda", "Bolinda"), ("BoL", "BoLinda", "BoLINDA"), ("ZX", "ZXQF", "ZXqf")],
)
def test_a_learnt_name_goes_on_as_it_is_written(
    composer: Composer,
    counts: UserCounts,
    toy_base: BaseModel,
    typed: str,
    right: str,
    wrong: str,
) -> None:
    for _ in range(3):
        learn(counts, toy_base, "BoLinda climbed the stairs to the ZXQF.")
    found = offered(composer, f"The keeper looked at the sea with {typed}")
    assert right in found
    assert wrong not in found


def test_a_name_is_not_offered_behind_capitals_it_was_never_written_with(
    composer: Composer, counts: UserCounts, toy_base: BaseModel
) -> None:
    for _ in range(3):
        learn(counts, toy_base, "We climbed the stairs to the ZXQF.")
    assert "Zxqf" not in offered(composer, "The keeper looked at the Zx")


def test_of_two_ways_to_write_a_name_the_one_that_was_begun_is_meant(
    composer: Composer, counts: UserCounts, toy_base: BaseModel
) -> None:
    for name in ("BOLINDA", "BOLINDA", "BOLINDA", "Bolinda", "Bolinda"):
        learn(counts, toy_base, f"Then {name} climbed the stairs.")
    before = "The keeper looked at the sea with "
    assert offered(composer, before + "Bol")[0] == "Bolinda"
    assert offered(composer, before + "BOL")[0] == "BOLINDA"


def test_words_that_only_the_user_knows_go_on_as_they_are_written(
    composer: Composer, counts: UserCounts, toy_base: BaseModel
) -> None:
    for _ in range(2):
        learn(counts, toy_base, f"We swam in the {STRANGE[:2]}{STRANGE[2:].upper()}.")
    before = "The keeper looked at the "
    assert offered(composer, before + STRANGE[:1]) == [STRANGE[:2] + STRANGE[2:].upper()]


@pytest.mark.parametrize(
    ("added", "typed", "right"),
    [
        ("BoLinda", "Bo", "BoLinda"),
        ("Bolinda", "Bol", "Bolinda"),
        ("zxQF", "zx", "zxQF"),
        (STRANGE.capitalize(), STRANGE[:2], STRANGE),
    ],
)
def test_a_word_that_was_added_by_hand_goes_on_as_it_was_added(
    composer: Composer, added: str, typed: str, right: str
) -> None:
    before = f"The keeper looked at the sea with {typed}"
    assert right not in offered(composer, before)
    composer.lexicon.added = {small(added): added}
    assert right in offered(composer, before)
    assert typed + right[len(typed) :].swapcase() not in offered(composer, before)
