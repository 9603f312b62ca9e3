from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.dialogs.questions import Choice
from editor.documents.claims import Claims
from editor.documents.places import Places, runtime_folder
from editor.tabs.documents import Documents
from tests.editor.answers import Answers


def test_an_untouched_document_makes_room(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    assert documents.open(tmp_path / "a")
    assert documents.open(tmp_path / "b")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert documents.open(tmp_path / "link")  # it is open already
    assert documents.sheets.count() == 2
    assert documents.current.view.text() == "a"


def test_a_name_that_is_too_long_for_the_system_is_said(
    documents: Documents, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(
        documents.said, check_params_cb=lambda words, stays: "too long" in words and stays
    ):
        assert not documents.open(tmp_path / ("x" * 300))
    assert documents.current.is_blank()


def test_new_documents_are_numbered(documents: Documents) -> None:
    documents.new()
    third = documents.new()
    assert third.name == "Untitled 3"
    documents.close(next(documents.sheets.sheets()))
    assert documents.new().name == "Untitled"


def test_closed_files_come_back_one_by_one(documents: Documents, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
        documents.open(tmp_path / name)
        documents.close(documents.current)
    assert documents.current.is_blank()
    documents.reopen()
    documents.reopen()
    documents.reopen()
    assert [sheet.name for sheet in documents.sheets.sheets()] == ["b", "a"]


def test_the_last_tab_leaves_an_empty_document(documents: Documents, answers: Answers) -> None:
    QTest.keyClicks(documents.current.view, "x")
    assert not documents.close(documents.current)
    answers.choice = Choice.DISCARD
    assert documents.close(documents.current)
    assert documents.sheets.count() == 1
    assert documents.current.is_blank()
    assert documents.current.name == "Untitled"
    QTest.keyClicks(documents.current.view, "y")
    documents.reopen()
    assert [sheet.name for sheet in documents.sheets.sheets()] == ["Untitled", "Untitled 2"]


def test_a_character_that_the_encoding_lacks_is_asked_about(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Zażółć gęślą jaźń".encode("iso8859_2"))
    documents.open(path)
    before = path.read_bytes()
    documents.current.view.insertPlainText("€")
    assert not documents.save()
    assert path.read_bytes() == before
    assert documents.current.modified
    answers.utf8 = True
    assert documents.save()
    assert path.read_text(encoding="utf-8").startswith("€Za")
    assert "“€” cannot be written in" in answers.asked[0]


def test_saving_says_under_which_name(
    documents: Documents, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    before = documents.current.identity
    answers.to_save = tmp_path / "a.txt"
    with qtbot.waitSignal(documents.saved_as) as saved:
        documents.save()
    assert saved.args == [before, str(tmp_path / "a.txt")]


def drafts(documents: Documents) -> list[str]:
    documents.memory.keeper.wait()
    return [draft.text for draft in documents.memory.keeper.drafts.all()]


def test_what_has_no_file_is_kept_without_a_question(
    documents: Documents, answers: Answers
) -> None:
    QTest.keyClicks(documents.current.view, "x")
    assert documents.close_all()
    assert answers.asked == []
    assert drafts(documents) == ["x"]


def test_changes_of_a_file_are_asked_about_and_can_be_kept(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    documents.open(tmp_path / "a.txt")
    QTest.keyClicks(documents.current.view, "x")
    assert not documents.close_all()
    answers.choice = Choice.KEEP
    assert documents.close_all()
    assert answers.asked == ["a.txt", "a.txt"]
    assert not (tmp_path / "a.txt").exists()
    assert drafts(documents) == ["x"]


def test_a_private_document_leaves_nothing(
    documents: Documents, answers: Answers, tmp_path: Path, kept: Places
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("open ")
    documents.open(path)
    QTest.keyClicks(documents.current.view, "x")
    documents.save()
    assert documents.versions.of(path)
    documents.set_private(private=True)
    assert documents.current.private_bar.isVisible()
    QTest.keyClicks(documents.current.view, "zorblax ")
    documents.memory.keeper.flush()
    documents.memory.keeper.flush()
    assert len(drafts(documents)) == 1  # as long as it is open and not saved
    documents.save()
    assert drafts(documents) == []
    QTest.keyClicks(documents.current.view, "zorblax ")
    documents.memory.keeper.flush()
    answers.choice = Choice.DISCARD
    assert documents.close(documents.current)
    assert answers.lost
    documents.memory.keeper.keeps_session = True
    documents.leave()
    left = [file.read_bytes() for file in kept.folder.rglob("*") if file.is_file()]
    assert len(left) == 1  # the session
    assert not any(b"zorblax" in raw or b"a.txt" in raw for raw in left)


def test_a_secret_file_is_private_from_the_start(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("KEY=1")
    documents.open(tmp_path / ".env")
    assert documents.current.private
    assert documents.memory.recent == ()


def test_what_is_saved_under_a_secret_name_is_private_from_then_on(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "id_rsa"
    path.write_text("an older key")
    QTest.keyClicks(documents.current.view, "a key")
    answers.to_save = path
    documents.save()
    assert documents.current.private
    assert path.read_text() == "a key"
    assert documents.versions.of(path) == []
    assert documents.memory.recent == ()
    documents.set_private(private=False)  # the user knows better
    documents.save()
    assert not documents.current.private


def test_turning_private_erases_what_was_discarded_of_the_file(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
        documents.open(tmp_path / name)
        QTest.keyClicks(documents.current.view, "not wanted ")
        answers.choice = Choice.DISCARD
        documents.close(documents.current)
    assert len(documents.memory.discarded()) == 2
    documents.open(tmp_path / "a.txt")
    documents.set_private(private=True)
    assert [draft.text for _, draft in documents.memory.discarded()] == ["not wanted b.txt"]
    documents.reopen()
    assert documents.current.view.text() == "not wanted b.txt"
    documents.reopen()
    assert documents.current.view.text() == "not wanted b.txt"


def test_a_closed_file_is_reopened_where_its_user_was(documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("first\nsecond\n")
    documents.open(tmp_path / "a.txt")
    documents.current.view.set_caret(8)
    documents.close(documents.current)
    documents.reopen()
    assert documents.current.view.caret() == 8


def test_discarded_text_comes_back(documents: Documents, answers: Answers) -> None:
    QTest.keyClicks(documents.current.view, "hello again")
    answers.choice = Choice.DISCARD
    documents.close(documents.current)
    assert not answers.lost
    assert drafts(documents) == []
    answers.row = 0
    documents.choose_discarded()
    assert answers.rows[0].endswith("hello again")
    assert documents.current.view.text() == "hello again"
    assert documents.current.modified
    assert drafts(documents) == ["hello again"]
    documents.close(documents.current)
    documents.reopen()
    assert documents.current.view.text() == "hello again"


def test_what_was_discarded_comes_back_into_the_tab_of_its_file(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text")
    answers.choice = Choice.DISCARD
    for letters in ("other ", "mine "):
        documents.open(path)
        QTest.keyClicks(documents.current.view, letters)
        documents.close(documents.current)
    documents.open(path)
    documents.new()
    documents.reopen()
    assert [sheet.name for sheet in documents.sheets.sheets()] == ["a.txt", "Untitled"]
    assert (documents.current.view.text(), documents.current.modified) == ("mine text", True)
    documents.reopen()
    named, _, beside = documents.sheets.sheets()
    assert (named.path, named.view.text()) == (path, "mine text")
    assert (beside.path, beside.view.text(), beside.modified) == (None, "other text", True)
    documents.memory.keeper.flush()
    documents.memory.keeper.wait()
    kept = {draft.text: draft.path for draft in documents.memory.keeper.drafts.all()}
    assert kept == {"mine text": str(path), "other text": None}


def test_a_discarded_text_comes_back_once(documents: Documents, answers: Answers) -> None:
    QTest.keyClicks(documents.current.view, "hello")
    answers.choice, answers.row = Choice.DISCARD, 0
    documents.close(documents.current)
    documents.choose_discarded()
    documents.new()
    documents.reopen()
    assert [sheet.view.text() for sheet in documents.sheets.sheets()] == ["hello", ""]
    assert documents.current.view.text() == "hello"


def test_an_earlier_version_opens_beside(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    documents.open(path)
    documents.current.view.setPlainText("after")
    documents.save()
    answers.row = 0
    documents.choose_version()
    assert (documents.current.view.text(), documents.current.path) == ("before", None)
    assert path.read_text() == "after"


def test_an_earlier_version_is_read_in_the_encoding_of_its_file(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Привет, как дела сегодня утром?\n".encode("koi8-r"))
    documents.open(path)
    documents.reread("cp1251")
    wrong = documents.current.view.text()
    documents.current.view.insertPlainText("x")
    documents.save()
    answers.row = 0
    documents.choose_version()
    assert documents.current.view.text() == wrong


def test_the_form_can_be_changed_and_read_again(documents: Documents, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Привет, как дела сегодня утром?\n".encode("koi8-r"))
    documents.open(path)
    documents.reread("cp1251")
    assert documents.current.view.text().startswith("рТЙЧЕФ")
    documents.reread("utf-8")
    assert documents.current.form.encoding == "cp1251"
    documents.reread("koi8_r")
    sheet = documents.current
    assert not sheet.modified
    assert sheet.has_last_line_end()
    sheet.set_last_line_end(ends=False)
    sheet.write_as(sheet.form.with_encoding("utf-8", marked=True).with_line_end("\r\n"))
    assert sheet.modified
    documents.save()
    assert path.read_bytes() == "\ufeffПривет, как дела сегодня утром?".encode()


def test_reading_again_asks_about_what_is_not_saved(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9 au lait\n")
    documents.open(path)
    QTest.keyClicks(documents.current.view, "mine ")
    documents.reread("iso8859_15")
    assert answers.asked == ["a.txt"]
    assert documents.current.view.text() == "mine café au lait\n"
    answers.choice = Choice.DISCARD
    documents.reread("iso8859_15")
    assert documents.current.view.text() == "café au lait\n"
    assert not documents.current.modified
    documents.current.view.undo()
    QTest.keyClicks(documents.current.view, "all ")
    documents.memory.keeper.flush()
    assert drafts(documents) == [documents.current.view.text()]
    assert [text.text for _, text in documents.memory.discarded()] == ["mine café au lait\n"]
    answers.choice = Choice.SAVE
    documents.reread("iso8859_15")
    assert path.read_bytes() == documents.current.view.text().encode("iso8859_15")
    assert documents.current.form.encoding == "iso8859_15"
    assert drafts(documents) == []


def test_where_there_is_nothing_to_choose_from_no_empty_box_appears(
    documents: Documents, answers: Answers, qtbot: QtBot
) -> None:
    answers.rows = ["no box"]
    for choose in (documents.choose_discarded, documents.choose_version):
        with qtbot.waitSignal(documents.said):
            choose()
    assert answers.rows == ["no box"]


def test_what_another_program_has_open_is_said(
    documents: Documents, qtbot: QtBot, tmp_path: Path
) -> None:
    others = Claims(runtime_folder() / "open")
    others.take(tmp_path / "a.txt")
    with qtbot.waitSignal(documents.said, check_params_cb=lambda words, _: "too" in words):
        documents.open(tmp_path / "a.txt")


def test_a_file_that_another_tab_shows_is_not_saved_over(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("theirs")
    documents.open(path)
    QTest.keyClicks(documents.current.view, "more of ")
    documents.new()
    QTest.keyClicks(documents.current.view, "mine")
    (tmp_path / "link.txt").symlink_to(path)
    answers.to_save = tmp_path / "link.txt"
    assert not documents.save_as()
    assert "open in another tab" in answers.warned[0]
    assert path.read_text() == "theirs"
    assert [sheet.view.text() for sheet in documents.sheets.sheets()] == ["more of theirs", "mine"]
    documents.open(path)
    answers.to_save = path  # itself
    assert documents.save_as()
    assert path.read_text() == "more of theirs"


def test_a_working_folder_that_is_gone_costs_no_text(
    documents: Documents, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path / "folder")
    (tmp_path / "folder").rmdir()
    QTest.keyClicks(documents.current.view, "mine")
    answers.to_save = tmp_path / "a.txt"
    assert documents.save_as()
    assert (tmp_path / "a.txt").read_text() == "mine"
    documents.new()
    answers.to_open = [tmp_path / "a.txt"]
    documents.choose_and_open()
    assert documents.current.path == tmp_path / "a.txt"


def test_a_private_text_outlives_a_quit_that_is_called_off(
    documents: Documents, answers: Answers, tmp_path: Path
) -> None:
    documents.set_private(private=True)
    QTest.keyClicks(documents.current.view, "secret ")
    documents.open(tmp_path / "a.txt")
    QTest.keyClicks(documents.current.view, "x")
    documents.memory.keeper.flush()
    answers.choices = [Choice.DISCARD, Choice.CANCEL]
    assert not documents.close_all()
    documents.memory.keeper.wait()
    assert drafts(documents) == ["secret ", "x"]
