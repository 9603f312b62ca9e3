from __future__ import annotations

from pathlib import Path

from editor.rules.control import SNOOZE_SECONDS, Control, mark

HERE, THERE = Path("/home/me/diary.txt"), Path("/home/me/letter.txt")


def test_on_is_on_and_off_is_off() -> None:
    assert Control().suggests(HERE, 0)
    assert Control("quieter").suggests(None, 0)
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
    assert control.suggests(None, 0)
    assert control.chosen("on", HERE).suggests(HERE, 0)


def test_a_document_without_a_name_is_off_until_the_next_start_and_keeps_it_when_saved() -> None:
    control = Control().off_here(None)
    assert not control.suggests(None, 0)
    assert not control.moved(None, HERE).suggests(HERE, 0)
    assert control.begun().suggests(None, 0)
    assert Control().moved(None, HERE) == Control()


def test_a_mark_names_no_document() -> None:
    assert "diary" not in mark(HERE)
    assert mark(HERE) != mark(THERE)
