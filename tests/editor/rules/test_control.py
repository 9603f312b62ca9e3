from __future__ import annotations

import pytest

from editor.rules.control import SNOOZE_SECONDS, Control, after_choice, mark

HERE, THERE, NAMELESS = "/home/me/diary.txt", "/home/me/letter.txt", "untitled-1"


def test_on_is_on_and_off_is_off() -> None:
    assert Control().suggests(HERE, 0)
    assert Control("quieter").suggests(NAMELESS, 0)
    assert not Control("off").suggests(HERE, 0)


def test_a_snooze_ends_by_itself_and_by_choosing() -> None:
    control = Control("quieter").snoozed(1000)
    assert not control.suggests(HERE, 1000 + SNOOZE_SECONDS - 1)
    assert control.suggests(HERE, 1000 + SNOOZE_SECONDS)
    assert control.chosen("on", HERE).suggests(HERE, 1000)
    assert control.suggests(HERE, 0)  # the clock was set back


def test_off_in_one_document_is_on_in_others() -> None:
    control = Control().off_here(HERE)
    assert not control.suggests(HERE, 0)
    assert control.suggests(THERE, 0)
    assert control.suggests(NAMELESS, 0)
    assert control.chosen("on", HERE).suggests(HERE, 0)


def test_a_document_without_a_name_stays_off_when_it_is_saved() -> None:
    control = Control().off_here(NAMELESS)
    assert not control.suggests(NAMELESS, 0)
    assert not control.moved(NAMELESS, HERE).suggests(HERE, 0)
    assert Control().moved(NAMELESS, HERE) == Control()


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("suggest-on", Control("on")),
        ("suggest-quieter", Control("quieter")),
        ("suggest-snooze", Control("quieter").snoozed(1000)),
        ("suggest-off-here", Control("quieter").off_here(HERE)),
        ("suggest-off", Control("off")),
    ],
)
def test_each_choice_is_what_its_action_says(name: str, chosen: Control) -> None:
    assert after_choice(name, Control("quieter").off_here(HERE), HERE, 1000) == chosen


def test_whoever_pauses_what_was_off_has_it_back_afterwards() -> None:
    assert after_choice("suggest-snooze", Control("off"), HERE, 0).suggests(HERE, SNOOZE_SECONDS)
    assert after_choice("suggest-off-here", Control("off"), HERE, 0).suggests(THERE, 0)


def test_a_mark_names_no_document() -> None:
    assert "diary" not in mark(HERE)
    assert mark(HERE) != mark(THERE)
