from __future__ import annotations

from pathlib import Path

import pytest

from model.prediction.calibration import Calibration
from model.predictor import Predictor


def test_nothing_noted_leaves_the_bar_where_it_is() -> None:
    assert Calibration().bar(0.35) == pytest.approx(0.35)
    assert Calibration(shift=1.0).bar(0.0) == 0.0


def test_a_user_who_takes_what_is_shown_is_shown_a_little_more_and_no_more_than_that() -> None:
    calibration = Calibration()
    for _ in range(365 * 200):
        calibration.note(0.5, "accepted")
    assert 0.15 < calibration.bar(0.35) < 0.35


def test_a_user_who_types_on_is_shown_less() -> None:
    calibration = Calibration()
    for _ in range(500):
        calibration.note(0.5, "rejected")
    assert 0.35 < calibration.bar(0.35) < 0.65


def test_who_finds_it_right_as_often_as_it_says_moves_nothing() -> None:
    calibration = Calibration()
    for _ in range(300):
        calibration.note(0.5, "accepted")
        calibration.note(0.5, "rejected")
    assert abs(calibration.shift) < 0.05


def test_an_acceptance_undone_weighs_as_a_rejection() -> None:
    one, other = Calibration(), Calibration()
    one.note(0.5, "accepted")
    one.note(0.5, "undone")
    other.note(0.5, "rejected")
    assert one.shift < 0
    assert one.shift == pytest.approx(other.shift, abs=0.003)


@pytest.mark.parametrize("content", [None, b"", b"[1]", b"[9, 20]", b"[0, NaN]", b"{}", b"\xff"])
def test_what_is_not_sound_is_the_prior(content: bytes | None) -> None:
    assert Calibration.from_bytes(content).shift == 0.0


def test_it_is_kept() -> None:
    calibration = Calibration()
    calibration.note(0.5, "accepted")
    assert Calibration.from_bytes(calibration.to_bytes()).shift == calibration.shift


def test_the_profile_keeps_it_apart_from_what_is_learnt(
    toy_base_folder: Path, tmp_path: Path
) -> None:
    with Predictor.open(tmp_path, "eager", toy_base_folder) as predictor:
        before = predictor.fingerprint()
        shown = predictor.suggest("The keeper of the li")
        for _ in range(20):
            predictor.feedback(shown, "rejected")
        moved = predictor.composer.calibration.shift
        assert predictor.suggest("The keeper of the li") == shown
        assert predictor.fingerprint() == before
    with Predictor.open(tmp_path, "eager", toy_base_folder) as again:
        assert again.composer.calibration.shift == moved < 0
        again.learn("The gulls stayed for tea.", "a")
        again.forget(document="a")
        assert again.journal.state_load("calibration") is not None
