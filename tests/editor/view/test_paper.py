from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QFont, QPageRanges, QPageSize, QPdfWriter
from PySide6.QtWidgets import QApplication

from editor.theme import writing_font
from editor.view.paper import Paper, PaperError, set_margins
from tests.editor.pdf import contents, pages

SENTENCE = "The harbour lay still. "


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    font = writing_font()
    font.setPointSize(11)
    return font


def put(font: QFont, text: str, name: str = "a.txt", only: str = "") -> bytes:
    """The text as PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    set_margins(writer)
    writer.setPageRanges(QPageRanges.fromString(only))
    for _ in Paper(writer, font, name).put(text):
        pass
    return bytes(buffer.data().data())


def words(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_the_whole_text_is_there_and_each_page_has_its_foot(font: QFont) -> None:
    text = "\n".join(f"This is line {number}." for number in range(150))
    found = pages(put(font, text, "Letter to Anna.txt"))
    assert len(found) == 3
    assert [page[-1] for page in found] == [f"Letter to Anna.txt{n}" for n in (1, 2, 3)]
    body = words([line for page in found for line in page[:-1]])
    assert body == words(text.split("\n"))


def test_long_lines_are_wrapped_within_the_margins(font: QFont) -> None:
    found = pages(put(font, SENTENCE * 20 + "\n" + "x" * 300))
    lines = found[0][:-1]
    assert words(lines).startswith(words([SENTENCE * 20]))
    assert "".join(lines).count("x") == 300
    assert max(map(len, lines)) < 100


def test_a_line_that_is_laid_out_in_stretches_reads_like_one(font: QFont) -> None:
    text = "𝄞" * 9 + " " + SENTENCE * 1000  # what Qt counts as two comes first
    lines = [line for page in pages(put(font, text)) for line in page[:-1]]
    assert len(lines) > 200
    assert words(lines).partition(" ")[2] == words([SENTENCE * 1000])
    assert all(len(line) > 50 for line in lines[:-1])  # none ends where a stretch does


def test_empty_lines_have_their_room_and_no_text_is_one_page(font: QFont) -> None:
    assert len(pages(put(font, "\n" * 120))) == 3
    assert [words(page) for page in pages(put(font, ""))] == ["a.txt1"]


def test_it_is_black_and_nothing_else_is_painted(font: QFont) -> None:
    for page in contents(put(font, SENTENCE * 100)):
        assert set(re.findall(rb"([\d. ]+) scn", page)) == {b"0 0 0"}
        assert not re.findall(rb" re\n", page)


def left(font: QFont, text: str) -> float:
    """Where the first thing that is painted stands, in the units of the paper."""
    place = re.search(rb"Tm\n([\d.-]+) [\d.-]+ Td", contents(put(font, text))[0])
    assert place
    return float(place[1])


def test_lines_written_leftwards_begin_at_the_right(font: QFont) -> None:
    assert left(font, "harbour") < 100
    assert left(font, "שלום לכל") > 1000
    assert left(font, "… 1 שלום") > 1000


def test_a_tab_is_as_wide_as_on_the_screen(font: QFont) -> None:
    page = contents(put(font, "    harbour"))[0]
    blank = re.search(rb"<0001> Tj\n([\d.]+) 0 Td <0001>", page)
    assert blank
    assert left(font, "\tharbour") == pytest.approx(4 * float(blank[1]), rel=0.1)


def test_only_the_pages_that_are_wanted(font: QFont) -> None:
    text = "\n".join(f"line {number}" for number in range(250))
    every = pages(put(font, text))
    assert len(every) == 5
    assert pages(put(font, text, only="2,4-5")) == [every[1], *every[3:]]


def test_a_long_name_leaves_the_number_its_room(font: QFont) -> None:
    foot = pages(put(font, "text", "&long <b>name</b> " * 30 + ".txt"))[0][-1]
    assert foot.startswith("&long <b>")
    assert "..." in foot
    assert foot.endswith(".txt1")
    assert len(foot) < 150


def test_it_says_how_far_it_is_and_can_be_stopped(font: QFont, tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    text = SENTENCE * 2000
    done = Paper(writer, font, "a").put(text)
    first, second = next(done), next(done)
    assert 0 <= first < second < len(text)
    done.close()
    assert len(pages((tmp_path / "a.pdf").read_bytes())) == 3


@pytest.mark.qt_log_ignore("QPainter::begin", "QPdf")
def test_a_paper_that_cannot_be_written_on_is_an_error(font: QFont, tmp_path: Path) -> None:
    with pytest.raises(PaperError):
        list(Paper(QPdfWriter(str(tmp_path / "no" / "a.pdf")), font, "a").put("text"))
