from __future__ import annotations

from editor.rules.aids import Aids, eagerness_with, rules_with
from editor.rules.silence import Rules


def test_motor_mode_offers_more_and_sooner() -> None:
    motor = Aids(motor=True)
    rules = rules_with(motor, Rules(100, 3, space=False), "balanced")
    assert (rules.delay_ms, rules.least_saved, rules.space) == (50, 1, False)
    assert eagerness_with(motor, "balanced", quieter=False) == "eager"
    assert eagerness_with(motor, "balanced", quieter=True) == "quiet"


def test_without_aids_all_is_as_chosen() -> None:
    assert rules_with(Aids(), Rules(300, 5), "quiet") == Rules(300, 5)
    assert eagerness_with(Aids(), "balanced", quieter=False) == "balanced"


def test_who_is_eager_is_offered_words_from_the_first_sentence_on() -> None:
    assert rules_with(Aids(), Rules(), "eager") == Rules(first_sentence=True)
