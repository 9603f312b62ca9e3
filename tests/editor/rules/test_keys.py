from __future__ import annotations

import pytest

from editor.rules.keys import GhostKeys, Meaning
from tests.editor.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(clock: Clock) -> GhostKeys:
    keys = GhostKeys(clock, readable_ms=200)
    keys.wrote()
    return keys


def test_a_ghost_that_nobody_can_have_read_takes_no_tab(keys: GhostKeys, clock: Clock) -> None:
    keys.show("ick brown")
    clock.now += 0.19
    assert keys.meaning("accept") is Meaning.NOTHING
    clock.now += 0.02
    assert keys.meaning("accept") is Meaning.ACCEPT_ALL


def test_its_age_survives_typing_along_and_growing(keys: GhostKeys, clock: Clock) -> None:
    keys.show("ick brown")
    clock.now += 0.15
    keys.show("ck brown")
    keys.show("ck brown fox")
    clock.now += 0.15
    assert keys.meaning("accept") is Meaning.ACCEPT_ALL


@pytest.mark.parametrize("less", ["ick", "ick ", "ick brown "])
def test_its_age_survives_its_end_and_its_last_space(
    keys: GhostKeys, clock: Clock, less: str
) -> None:
    keys.show("ick brown")
    clock.now += 0.3
    keys.show(less)
    assert keys.is_readable()
    keys.show("")
    assert not keys.is_readable()


def test_another_ghost_is_as_old_as_itself(keys: GhostKeys, clock: Clock) -> None:
    keys.show("ick brown")
    clock.now += 1
    keys.show("iet ")
    assert keys.meaning("accept") is Meaning.NOTHING


def test_a_tab_aimed_at_a_ghost_that_has_just_gone_writes_nothing(
    keys: GhostKeys, clock: Clock
) -> None:
    keys.show("ick brown")
    clock.now += 1
    keys.show("")
    clock.now += 0.1
    assert keys.meaning("accept") is Meaning.NOTHING
    clock.now += 0.2
    assert keys.meaning("accept") is Meaning.OWN


def test_after_dismissing_tab_is_a_tab(keys: GhostKeys) -> None:
    keys.show("ick brown")
    assert keys.meaning("dismiss") is Meaning.DISMISS
    keys.dismissed()
    keys.show("")
    assert keys.meaning("accept") is Meaning.OWN
    assert keys.meaning("dismiss") is Meaning.OWN


def test_in_leading_white_space_tab_indents(keys: GhostKeys, clock: Clock) -> None:
    keys.show("The next")
    clock.now += 1
    assert keys.meaning("accept", indents=True) is Meaning.OWN
    assert keys.meaning("accept") is Meaning.ACCEPT_ALL


def test_a_held_tab_accepts_once(keys: GhostKeys, clock: Clock) -> None:
    keys.show("ick ")
    clock.now += 1
    assert keys.meaning("accept") is Meaning.ACCEPT_ALL
    keys.show("brown ")
    clock.now += 1
    assert keys.meaning("accept", repeated=True) is Meaning.NOTHING
    keys.show("")
    clock.now += 1
    assert keys.meaning("accept", repeated=True) is Meaning.NOTHING
    assert keys.meaning("accept") is Meaning.OWN
    assert keys.meaning("accept", repeated=True) is Meaning.OWN  # a held tab that began as one


def test_a_key_pressed_in_the_moment_of_its_release_is_held(keys: GhostKeys) -> None:
    assert not keys.is_repeat(auto=False, timestamp=5000)
    keys.released(5000)
    assert keys.is_repeat(auto=False, timestamp=5001)
    assert not keys.is_repeat(auto=False, timestamp=5100)
    assert keys.is_repeat(auto=True, timestamp=9000)


def test_ctrl_right_takes_a_word_only_right_after_writing(keys: GhostKeys, clock: Clock) -> None:
    keys.show("ick brown")
    assert keys.meaning("accept_word") is Meaning.OWN  # it came this very moment
    clock.now += 1
    assert keys.meaning("accept_word") is Meaning.ACCEPT_WORD
    keys.strayed()
    assert keys.meaning("accept_word") is Meaning.OWN
    keys.wrote()
    keys.show("")
    assert keys.meaning("accept_word") is Meaning.OWN
