"""Fault 40: an expression that would take years, and replacing everywhere in 10 MB."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from editor.finding import query
from editor.finding.bar import FindBar
from editor.finding.finder import Finder
from editor.view.textview import TextView


@pytest.fixture
def finder(page: TextView) -> Finder:
    finder = Finder(FindBar(page), page)
    finder.open()
    return finder


def bar_of(finder: Finder) -> FindBar:
    bar = finder.parent()
    assert isinstance(bar, FindBar)
    return bar


@pytest.mark.parametrize("sought", [r"(a+)+$", r"(a|a)*$", r"(a|aa)+$"])
def test_the_window_lives_and_the_search_is_called_off(
    finder: Finder, page: TextView, qtbot: QtBot, sought: str
) -> None:
    page.set_text("a" * 5000 + "b\nneedle")
    bar, ticks = bar_of(finder), []
    timer = QTimer(finder, interval=5)
    timer.timeout.connect(lambda: ticks.append(time.thread_time()))
    timer.start()
    bar.regex.setChecked(True)
    bar.sought.setText(sought)
    qtbot.waitUntil(lambda: bar.count.text() != "", timeout=30_000)
    before = len(ticks)
    qtbot.waitUntil(lambda: len(ticks) > before + 20, timeout=30_000)
    # Another search does not wait for the one that hangs.
    bar.regex.setChecked(False)
    bar.sought.setText("needle")
    qtbot.waitUntil(lambda: bar.count.text() == "1 match", timeout=30_000)
    bar.closed.emit()
    assert bar.isHidden()


def test_one_that_nobody_calls_off_says_why_it_ended(
    finder: Finder, page: TextView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "PATIENCE", 0.3)
    monkeypatch.setattr(query.find, "__defaults__", (0, None, lambda: False, 0.3, None))
    page.set_text("a" * 5000 + "b")
    bar = bar_of(finder)
    bar.regex.setChecked(True)
    bar.sought.setText(r"(a|a)*$")
    qtbot.waitUntil(lambda: "too long" in bar.count.text(), timeout=60_000)


@pytest.mark.parametrize("line", [80, 10_000_000])
def test_replacing_everywhere_in_ten_megabytes_is_one_step(
    finder: Finder, page: TextView, qtbot: QtBot, line: int
) -> None:
    words = "word after word " * (min(line, 10_000_000) // 16)
    text = (words + "\n") * (10_000_000 // len(words))
    page.set_text(text)
    bar = bar_of(finder)
    bar.sought.setText("after")
    bar.instead.setText("before")
    finder.replace_all()
    qtbot.waitUntil(lambda: "replaced" in bar.count.text(), timeout=120_000)
    assert page.text() == text.replace("after", "before")
    page.undo()
    assert page.text() == text
