from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QColor, QPageRanges, QPalette, QTextCursor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QProgressDialog, QWidget

from editor import printing
from editor.documents.places import working_folder
from editor.theme import writing_font
from editor.window import Window
from tests.editor.actions import trigger
from tests.editor.answers import Answers
from tests.editor.pdf import contents, pages

ROOT = Path(__file__).resolve().parents[2]
LINES = "\n".join(f"This is line {number}." for number in range(150))


class Printer(QPrinter):
    """One that prints into a file, and does not say so."""

    def __init__(self, file: Path) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.file = file
        self.aborted = False
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(file))

    def outputFileName(self) -> str:
        return ""

    def printerName(self) -> str:
        return "the printer"

    def abort(self) -> bool:
        self.aborted = True
        return super().abort()


def read(path: Path) -> list[str]:
    """The text of each page."""
    return [" ".join(" ".join(page).split()) for page in pages(path.read_bytes())]


def said(window: Window) -> str:
    return window.statusBar().currentMessage()


def test_a_pdf_is_called_like_the_document_and_holds_its_text(
    window: Window, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text(LINES)
    window.documents.open(tmp_path / "letter.txt")
    answers.to_export = tmp_path / "b.pdf"
    trigger(window, "export-pdf")
    assert answers.suggested == tmp_path / "letter.pdf"
    found = read(tmp_path / "b.pdf")
    assert len(found) == 3
    assert found[0].startswith("This is line 0. This is line 1.")
    assert found[2].endswith("This is line 149. letter.txt3")
    assert said(window) == f"Exported to {tmp_path / 'b.pdf'}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.pdf", "letter.txt"]
    trigger(window, "new")
    answers.to_export = None
    trigger(window, "export-pdf")
    assert answers.suggested == working_folder() / "Untitled.pdf"


@pytest.mark.parametrize("text", ["the qu", "שלום לכל "])
def test_neither_the_ghost_nor_dark_colours_are_printed(
    window: Window, answers: Answers, tmp_path: Path, text: str
) -> None:
    window.setPalette(QPalette(QColor("#2b2d30")))
    window.view.set_text(text)
    window.view.moveCursor(QTextCursor.MoveOperation.End)
    answers.to_export = tmp_path / "bare.pdf"
    trigger(window, "export-pdf")
    window.view.show_ghost("ick brown" if text.isascii() else "וגם זה")
    assert window.view.ghost
    answers.to_export = tmp_path / "ghost.pdf"
    trigger(window, "export-pdf")
    bare, ghost = ((tmp_path / name).read_bytes() for name in ("bare.pdf", "ghost.pdf"))
    assert contents(bare) == contents(ghost)
    assert b"0 0 0 scn" in contents(bare)[0]


def test_letters_on_paper_follow_those_on_the_screen(window: Window) -> None:
    assert printing._font(window).pointSizeF() == 11
    for _ in range(3):
        trigger(window, "zoom-in")
    usual = writing_font().pointSizeF()
    assert printing._font(window).pointSizeF() == pytest.approx(11 * (usual + 3) / usual, abs=0.1)
    assert printing._font(window).family() == window.view.font().family()


def test_what_cannot_be_written_is_said_and_what_was_there_stays(
    window: Window, answers: Answers, tmp_path: Path
) -> None:
    window.view.set_text("text")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "kept.pdf").write_bytes(b"kept")
    (tmp_path / "kept.pdf").chmod(0o444)
    for name, why in (("folder.pdf", "folder"), ("kept.pdf", "read-only"), ("no/a.pdf", "no such")):
        answers.to_export = tmp_path / name
        trigger(window, "export-pdf")
        assert said(window).startswith(f"Cannot save {tmp_path / name}: ")
        assert why in said(window)
        assert said(window).endswith("Choose another name or folder.")
    assert (tmp_path / "kept.pdf").read_bytes() == b"kept"
    assert window.view.text() == "text"


def test_an_open_document_is_not_written_over(
    window: Window, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("text")
    window.documents.open(tmp_path / "a.txt")
    answers.to_export = tmp_path / "a.txt"
    trigger(window, "export-pdf")
    assert (tmp_path / "a.txt").read_text() == "text"
    assert answers.warned == ["a.txt is open in a tab. Choose a new name."]


def test_what_was_on_top_is_printed_though_another_file_comes_while_the_user_is_asked(
    window: Window, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.txt").write_text("Another text.")
    window.view.set_text("The text.")

    def printer(_parent: QWidget, _name: str) -> QPrinter:
        window.documents.open(tmp_path / "other.txt")
        return Printer(tmp_path / "printed.pdf")

    def export_path(_parent: QWidget, _suggested: Path) -> Path:
        window.documents.open(tmp_path / "other.txt")
        return tmp_path / "exported.pdf"

    monkeypatch.setattr(answers, "printer", printer)
    monkeypatch.setattr(answers, "export_path", export_path)
    for command, name in (("print", "printed.pdf"), ("export-pdf", "exported.pdf")):
        window.sheets.setCurrentIndex(0)
        trigger(window, command)
        assert window.view.text() == "Another text."
        assert read(tmp_path / name) == ["The text. Untitled1"]


def test_a_long_text_can_be_called_off(
    window: Window, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_PATIENCE_MS", 0)
    window.view.set_text(LINES * 20)
    (tmp_path / "a.pdf").write_bytes(b"kept")
    answers.to_export = tmp_path / "a.pdf"
    seen = []

    def call_off() -> None:
        progress = window.findChildren(QProgressDialog)[-1]
        seen.append((progress.isVisible(), progress.isModal()))
        progress.cancel()

    QTimer.singleShot(0, call_off)
    trigger(window, "export-pdf")
    assert seen == [(True, True)]
    assert (tmp_path / "a.pdf").read_bytes() == b"kept"
    assert said(window) == "Nothing was written."
    printer = answers.on_printer = Printer(tmp_path / "b.pdf")
    QTimer.singleShot(0, call_off)
    trigger(window, "print")
    assert printer.aborted
    assert said(window) == "Printing was called off."


def test_printing(window: Window, answers: Answers, tmp_path: Path) -> None:
    window.view.set_text(LINES)
    trigger(window, "print")  # the question is answered with no
    assert answers.printed == ["Untitled"]
    assert said(window) == ""
    answers.on_printer = Printer(tmp_path / "a.pdf")
    trigger(window, "print")
    assert said(window) == "Sent to the printer"
    assert " ".join(read(tmp_path / "a.pdf")).count("This is line") == 150


@pytest.mark.qt_log_ignore("QPainter::begin", "QPdf")
def test_a_printer_that_takes_nothing_is_said(
    window: Window, answers: Answers, tmp_path: Path
) -> None:
    window.view.set_text("text")
    answers.on_printer = Printer(tmp_path / "no" / "a.pdf")
    trigger(window, "print")
    assert said(window).startswith("Cannot print: ")
    assert "choose another" in said(window)


def test_printing_into_a_file_leaves_it_whole(
    window: Window, answers: Answers, tmp_path: Path
) -> None:
    window.view.set_text(LINES)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    printer.setPageRanges(QPageRanges.fromString("2"))
    answers.on_printer = printer
    trigger(window, "print")
    assert len(read(tmp_path / "a.pdf")) == 1
    assert said(window) == f"Exported to {tmp_path / 'a.pdf'}"
    printer.setOutputFileName(str(tmp_path / "no" / "a.pdf"))
    trigger(window, "print")
    assert said(window).startswith(f"Cannot save {tmp_path / 'no' / 'a.pdf'}: ")


def test_of_a_private_document_nothing_is_left_but_the_pdf(
    window: Window, answers: Answers, tmp_path: Path, home: Path
) -> None:
    trigger(window, "private")
    window.view.set_text("A harbour that nobody knows.")
    before = set(home.rglob("*"))
    answers.to_export = tmp_path / "a.pdf"
    for _ in range(2):
        trigger(window, "export-pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert set(home.rglob("*")) == before


@pytest.mark.parametrize(("locale", "width"), [("en_US", b"612"), ("en_GB", b"595")])
def test_the_paper_is_that_of_the_country(
    window: Window, answers: Answers, tmp_path: Path, locale: str, width: bytes
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    answers.to_export = tmp_path / "a.pdf"
    trigger(window, "export-pdf")
    QLocale.setDefault(before)
    assert b"/MediaBox [0 0 " + width in (tmp_path / "a.pdf").read_bytes()


def test_whoever_does_not_print_waits_for_no_library_of_it() -> None:
    look = "import sys, editor.app; assert 'PySide6.QtWidgets' in sys.modules; "
    look += "assert 'PySide6.QtPrintSupport' not in sys.modules"
    subprocess.run([sys.executable, "-c", look], cwd=ROOT, env=os.environ, check=True)
