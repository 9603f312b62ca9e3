from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.app import Editor, _list_reader
from editor.settings import Settings
from editor.spelling.dictionaries import Found
from editor.window import Window
from model.messages import Forgetting, Phase, Status, WordList
from model.profile.forgetting import list_word
from model.profile.store import Profile
from tests.editor.answers import Answers
from tests.editor.building import build
from tests.editor.fake_engine import FakeEngine
from tests.editor.spelling.fake_dictionary import FakeDictionary
from tests.editor.spelling.looking import underlined

ENGLISH = FakeDictionary("the heron waits tessaly's")
GERMAN = FakeDictionary("der reiher wartet")
NONE = Found(missing="libenchant-2-2")


class Finder:
    """Finds these dictionaries; `asked` are the languages that were wanted."""

    def __init__(self, **found: Found) -> None:
        self.found = found
        self.asked: list[str] = []
        self.threads: list[bool] = []

    def __call__(self, wanted: str, locale: str) -> Found:
        self.asked.append(wanted)
        self.threads.append(threading.current_thread() is threading.main_thread())
        return self.found[wanted or "en"]


def english_and_german() -> Finder:
    languages = ("de", "en")
    return Finder(en=Found(languages, "en", ENGLISH), de=Found(languages, "de", GERMAN))


def test_nothing_is_looked_for_before_the_beginning(qtbot: QtBot, window: Window) -> None:
    find = english_and_german()
    QTest.keyClicks(window.view, "the heron wats ")
    window.adopt(replace(window.settings, spelling_language="de"))
    assert not window.spelling.on
    window.spelling.begin(find)
    qtbot.waitUntil(lambda: window.spelling.on)
    assert (find.asked, find.threads) == (["de"], [False])
    qtbot.waitUntil(lambda: underlined(window.view) == ["the", "heron", "wats"])
    window.spelling.begin(find)
    assert find.asked == ["de"]


def test_another_language_is_another_dictionary(qtbot: QtBot, window: Window) -> None:
    window.spelling.begin(english_and_german())
    window.view.set_text("the reiher waits")
    qtbot.waitUntil(lambda: underlined(window.view) == ["reiher"])
    window.adopt(replace(window.settings, spelling_language="de"))
    qtbot.waitUntil(lambda: underlined(window.view) == ["the", "waits"])
    window.adopt(replace(window.settings, spelling=False))
    assert underlined(window.view) == []


def test_each_document_is_checked_and_ignores_its_own_words(qtbot: QtBot, window: Window) -> None:
    window.spelling.begin(english_and_german())
    first = window.sheets.current
    first.view.set_text("the hron")
    qtbot.waitUntil(lambda: underlined(first.view) == ["hron"])
    first.view.set_caret(5)
    found = window.spelling.of(first).at_caret()
    assert found is not None
    window.spelling.of(first).ignore(found.word)
    second = window.documents.new()
    second.view.set_text("the hron waits")
    qtbot.waitUntil(lambda: underlined(second.view) == ["hron"])
    window.sheets.step(1)
    assert underlined(first.view) == []
    window.documents.close(second)
    qtbot.waitUntil(lambda: len(window.spelling._underlines) == 1)


def test_what_is_missing_is_said_only_to_who_asks(qtbot: QtBot, window: Window) -> None:
    find = Finder(en=NONE)
    told: list[str] = []
    window.spelling.missing.connect(told.append)
    window.spelling.begin(find)
    qtbot.waitUntil(lambda: window.spelling.found is NONE)
    assert told == []
    window.choose_eagerness("quiet")
    window.spelling.ask()
    window.adopt(window.settings)
    qtbot.waitUntil(lambda: told == ["libenchant-2-2"])
    assert find.asked == ["", ""]
    find.found["en"] = Found(("en",), "en", ENGLISH)  # it was installed meanwhile
    window.spelling.ask()
    window.adopt(window.settings)
    qtbot.waitUntil(lambda: window.spelling.on)
    assert told == ["libenchant-2-2"]


def test_an_answer_for_a_language_that_is_not_wanted_any_more_is_dropped(window: Window) -> None:
    window.adopt(replace(window.settings, spelling_language="de"))
    window.spelling._on_found("", Found(("en",), "en", ENGLISH))
    assert window.spelling.found == Found()


def test_lists_of_words_are_followed_at_once(qtbot: QtBot, window: Window) -> None:
    window.spelling.begin(english_and_german())
    window.view.set_text("Tessaly Zorblax")
    qtbot.waitUntil(lambda: underlined(window.view) == ["Tessaly", "Zorblax"])
    window.word_listed.emit("Tessaly", "added")
    assert underlined(window.view) == ["Zorblax"]
    window.word_listed.emit("Tessaly", "blocked")
    assert underlined(window.view) == ["Tessaly", "Zorblax"]
    window.spelling.told({"zorblax": "added", "heron": "blocked"})
    assert underlined(window.view) == ["Tessaly"]
    window.forgetting_wanted.emit(Forgetting(delete="Zorblax"))
    assert underlined(window.view) == ["Tessaly", "Zorblax"]
    window.word_listed.emit("Tessaly", "added")
    window.word_listed.emit("Zorblax", "added")
    assert underlined(window.view) == []
    window.forgetting_wanted.emit(Forgetting(everything=True))
    assert underlined(window.view) == ["Tessaly", "Zorblax"]


def test_the_users_words_are_known_before_anything_is_underlined(qtbot: QtBot) -> None:
    started: list[FakeEngine] = []
    find = english_and_german()

    class Knowing(FakeEngine):
        def listed_words(self) -> dict[str, str]:
            return {"tessaly": "added"}

    def start(*_: object) -> FakeEngine:
        started.append(Knowing(lambda _: ""))
        return started[-1]

    editor = Editor(Settings(), Answers(), start, find_dictionary=find)
    qtbot.addWidget(editor.window)
    editor.window.show()
    qtbot.waitUntil(lambda: bool(started))
    editor.post.status.emit(Status(Phase.LOADING))
    assert find.asked == []
    editor.post.status.emit(Status(Phase.READY))
    editor.window.view.set_text("the Tessaly wats")
    qtbot.waitUntil(lambda: underlined(editor.window.view) == ["wats"])
    editor.close()


@pytest.mark.parametrize("fails", [True, False])
def test_without_an_engine_words_are_checked_all_the_same(qtbot: QtBot, fails: bool) -> None:
    def start(*_: object) -> FakeEngine:
        raise OSError("no model")

    find = english_and_german()
    chosen = Settings(learn=fails)
    chosen = chosen if fails else replace(chosen, control=replace(chosen.control, mode="off"))
    editor = Editor(chosen, Answers(), start, find_dictionary=find)
    qtbot.addWidget(editor.window)
    editor.window.show()
    qtbot.waitUntil(lambda: editor.window.spelling.on)


@pytest.mark.parametrize("loads", [True, False])
def test_without_an_engine_the_users_words_are_read(qtbot: QtBot, loads: bool) -> None:
    readers: list[threading.Thread] = []

    def read_lists() -> dict[str, WordList]:
        readers.append(threading.current_thread())
        return {"Tessaly": "added", "the": "blocked"}

    chosen = Settings(learn=False)
    chosen = replace(chosen, control=replace(chosen.control, mode="on" if loads else "off"))
    started: list[FakeEngine] = []
    answers = Answers()

    def start(*_: object) -> FakeEngine:
        started.append(FakeEngine(lambda _: ""))
        return started[-1]

    editor = Editor(
        chosen, answers, start, find_dictionary=english_and_german(), read_lists=read_lists
    )
    qtbot.addWidget(editor.window)
    editor.window.show()
    if loads:
        qtbot.waitUntil(lambda: bool(started))
        editor.post.status.emit(Status(Phase.FAILED))
    editor.window.view.set_text("the Tessaly wats")
    qtbot.waitUntil(lambda: underlined(editor.window.view) == ["wats"])
    assert len(readers) == 1
    assert readers[0] is not threading.main_thread()
    if not loads:
        editor.window.words_wanted.emit()
        assert answers.shown_words == {"Tessaly": "added", "the": "blocked"}
    editor.window.word_listed.emit("tessaly", None)
    assert underlined(editor.window.view) == ["Tessaly", "wats"]
    editor.close()


def test_lists_are_read_from_the_profile_and_no_profile_is_made(tmp_path: Path) -> None:
    read_lists = _list_reader(tmp_path)
    assert read_lists() == {}
    assert list(tmp_path.iterdir()) == []
    with Profile.open(tmp_path) as profile:
        list_word(profile, "Tessaly", "added")
    assert read_lists() == {"Tessaly": "added"}
    (tmp_path / "profile.db").write_bytes(b"damaged" * 1000)
    assert read_lists() == {}


def test_a_correction_is_learnt_as_the_users_own(qtbot: QtBot) -> None:
    started: list[FakeEngine] = []
    editor = build(qtbot, Settings(), started)
    qtbot.waitUntil(lambda: bool(started))
    editor.window.spelling.begin(english_and_german())
    qtbot.waitUntil(lambda: editor.window.spelling.on)
    view = editor.window.view
    QTest.keyClicks(view, "We met the hron again. It was late. ")
    editor.companion.teacher.on_left()
    assert "We met the hron again." in started[0].learnt
    view.set_caret(13)
    underlines = editor.window.spelling.of(editor.window.sheets.current)
    found = underlines.at_caret()
    assert found is not None
    underlines.replace(found, "heron")
    editor.companion.teacher.on_left()
    assert sorted(started[0].learnt) == ["It was late.", "We met the heron again."]
    editor.close()
