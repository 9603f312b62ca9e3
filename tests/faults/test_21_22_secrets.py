"""Faults 21 and 22: what is secret or private is typed, and nothing that is kept holds it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.app import Editor
from editor.documents.places import Places
from editor.settings import Settings
from model.engine import Engine
from model.messages import Answer, Eagerness, Status
from model.profile.exchange import export_profile
from model.profile.journal import Journal
from model.profile.store import Profile
from tests.editor.answers import Answers
from tests.faults.profiles import open_on, raw
from tests.faults.secret_texts import planted
from tests.faults.writers import Start


@pytest.fixture
def unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is kept can be found in the files, so that these tests can fail."""
    opened = Profile.open

    def open_plain(folder: Path | None, writable: bool = True, **_: bool) -> Profile:
        return opened(folder, writable, encrypted=False)

    monkeypatch.setattr(Profile, "open", open_plain)


def editor_on(folder: Path, qtbot: QtBot) -> Editor:
    """The whole editor and its engine, without a base: what is typed is kept for later."""

    def start(
        eagerness: Eagerness,
        on_answer: Callable[[Answer], None],
        on_status: Callable[[Status], None],
    ) -> Engine:
        engine = Engine(folder, folder / "no base", eagerness, on_answer, on_status)
        engine.start()
        return engine

    editor = Editor(Settings(), Answers(), start, Places(folder / "documents"))
    qtbot.addWidget(editor.window, before_close_func=lambda w: w.view.document().setModified(False))
    editor.window.show()
    qtbot.waitUntil(lambda: editor._engine is not None)
    return editor


def type_all(editor: Editor, lines: list[str]) -> None:
    for line in "\n".join(lines).split("\n"):
        QTest.keyClicks(editor.window.view, line)
        QTest.keyClick(editor.window.view, Qt.Key.Key_Return)


@pytest.mark.usefixtures("unencrypted")
def test_21_of_200_planted_secrets_none_is_kept_anywhere(
    qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    lines, secrets, ordinary = planted(200, seed=7)
    folder = home / "profile"
    editor = editor_on(folder, qtbot)
    editor.window.documents.open(tmp_path / "a.txt")
    type_all(editor, lines)
    editor.window.documents.save()
    editor.window.close()
    editor.window.documents.memory.keeper.close()
    editor.close()
    with Profile.open(folder) as profile:
        export_profile(profile, folder / "export", None)
        texts = {record.text for record in Journal(profile).records()}
    kept = raw(home)  # the profile, drafts, settings, logs, keys and the export
    assert sum(line in texts for line in ordinary) >= 0.99 * len(ordinary)
    assert [secret for secret in secrets if _found(secret, kept)] == []
    assert [secret for secret in secrets if any(secret in text for text in texts)] == []
    with open_on(Profile.open(folder)) as predictor:
        for secret in secrets[::9]:
            half = secret[: len(secret) // 2]
            for candidate in predictor.suggest(f"It is {half}").candidates:
                assert not (
                    len(candidate.insert) > 1 and secret.startswith(half + candidate.insert)
                )


def _found(secret: str, kept: bytes) -> bool:
    lines = secret.split("\n")
    return any(line.encode() in kept for line in lines if len(line) > 4 and "-----" not in line)


def test_21_the_search_can_fail() -> None:
    assert _found("hunter22", b"the password is hunter22.")
    assert not _found("hunter22", b"the password is safe.")


@pytest.mark.usefixtures("unencrypted")
def test_22_what_is_typed_in_private_is_kept_nowhere(
    qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    folder = home / "profile"
    editor = editor_on(folder, qtbot)
    documents = editor.window.documents
    documents.open(tmp_path / "a.txt")
    type_all(editor, ["Zorblax came home and told us of the sea."])
    documents.set_private(private=True)  # what it taught before goes as well
    type_all(editor, ["Quoronda came home and told us of the sea."])
    documents.save()
    documents.new()
    type_all(editor, ["Tarethia came home and told us of the sea."])
    documents.current.view.document().setModified(False)
    editor.window.close()
    documents.memory.keeper.close()
    editor.close()
    kept = raw(home)
    assert b"Tarethia came home" in kept  # so this can fail
    assert b"Quoronda" not in kept
    assert b"Zorblax" not in kept
    with open_on(Profile.open(folder)) as predictor:
        for begun in ("Then Quo", "Then Zor"):
            words = [one.word for one in predictor.suggest(begun).candidates]
            assert not {"Quoronda", "Zorblax"} & set(words)


@pytest.mark.skipif(os.name != "posix", reason="SIGTERM")
@pytest.mark.parametrize("private", [True, False])
def test_22_what_is_discarded_is_no_lesson(start: Start, tmp_path: Path, private: bool) -> None:
    profile = tmp_path / "learning"
    profile.mkdir(mode=0o700)
    (profile / "settings.json").write_text('{"welcomed": true}')
    writer = start(at=profile)
    if private:
        writer.tell("do", "private")
    writer.tell("type", "Zorblax came home. He was late. ")
    writer.tell("do", "close")
    writer.wait_until(lambda found: found["box"])
    writer.tell("press", "Discard")
    writer.wait_until(lambda found: found["tabs"][0]["text"] == "")
    writer.tell("type", "Then it rained. ")
    os.kill(writer.process.pid, signal.SIGTERM)
    assert writer.process.wait(timeout=60) == 0
    with Profile.open(profile) as opened:
        assert [record.text for record in Journal(opened).records()] == ["Then it rained."]
