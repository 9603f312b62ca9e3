"""The ghost in pixels: it stands where its letters will stand, and moves nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette, QTextCursor
from PySide6.QtTest import QTest

from editor.rules.aids import Aids, Style
from editor.theme import writing_font
from editor.view import ghostlayer
from editor.view.textview import TextView

LONG = "many words stand here and fill the line up to the very place where "
HEBREW = "שלום לכל מי שקורא את השורות האלה "


@pytest.fixture
def ink(monkeypatch: pytest.MonkeyPatch, page: TextView) -> TextView:
    """A page whose ghosts are as dark as its text and whose caret is left out of pictures."""
    black = QColor(page.palette().color(QPalette.ColorRole.Text))
    monkeypatch.setattr(ghostlayer, "ghost_colour", lambda palette, readable: black)
    return page


def picture(page: TextView, scale: float = 1.0) -> QImage:
    size = page.viewport().size()
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(page.palette().color(QPalette.ColorRole.Base))
    page.setReadOnly(True)  # has no caret
    page.viewport().render(image, QPoint())
    page.setReadOnly(False)
    return image


def write(page: TextView, text: str) -> None:
    """Put the text on the page as if it had been typed in one go."""
    page.set_text(text)
    page.moveCursor(QTextCursor.MoveOperation.End)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("points", [0, 30])
@pytest.mark.parametrize(
    ("text", "ghost"),
    [
        ("the qu", "ick brown fox"),
        ("To V", "AT, a fine office"),
        ("\n\tthe ", "quick"),
        (LONG, "the ghost goes on in the next line"),
        (LONG + "it wr", "aps words that are long"),
        (LONG + LONG + "extra", "ordinarily long words"),
        (HEBREW, "וגם זה"),
        (HEBREW * 3 + "וג", "ם זה"),
        ("smile \U0001f600 ", "and go"),
    ],
)
def test_a_ghost_stands_where_its_letters_will_stand(
    ink: TextView, text: str, ghost: str, points: int, scale: float
) -> None:
    ink.set_writing_font(writing_font(points))
    write(ink, text)
    without = picture(ink, scale)
    ink.show_ghost(ghost)
    assert ink.ghost
    seen = picture(ink, scale)
    assert seen != without
    write(ink, text + ink.ghost)
    assert picture(ink, scale) == seen


def test_a_ghost_follows_another_size_of_letters_and_page(ink: TextView) -> None:
    text, ghost = LONG + "some more inf", "ormation"
    for points, width in ((12, 800), (20, 800), (7, 1200), (7, 300), (9, 2000)):
        write(ink, text)
        ink.show_ghost(ghost)
        ink.set_writing_font(writing_font(points))
        ink.resize(width, 600)
        assert ink.ghost == ghost
        seen = picture(ink)
        write(ink, text + ghost)
        assert picture(ink) == seen


def test_a_letter_that_the_font_would_join_to_the_last_one_is_seen(ink: TextView) -> None:
    write(ink, "a f")
    bare = picture(ink)
    ink.show_ghost("i")
    assert picture(ink) != bare


def ink_in(image: QImage, left: float, width: float) -> int:
    """How dark a strip of the picture is; both in logical pixels."""
    scale = image.devicePixelRatio()
    columns = range(round(left * scale), round((left + width) * scale))
    return sum(
        255 - image.pixelColor(x, y).lightness() for x in columns for y in range(image.height())
    )


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_caret_leaves_most_of_a_narrow_letter_to_be_seen(page: TextView, scale: float) -> None:
    page.set_writing_font(writing_font())
    write(page, "the qu")
    usual = page.cursorWidth()
    page.show_ghost("i")
    seen, left = picture(page, scale), page.cursorRect().left()
    letter = ink_in(seen, left, 4)
    assert ink_in(seen, left, page.cursorWidth()) < letter / 3
    page.hide_ghost()
    assert page.cursorWidth() == usual > 1


def test_it_stays_on_its_pixels_while_it_is_typed_through(ink: TextView) -> None:
    start, ghost = LONG + LONG, "extraordinarily long words go on and wrap"
    write(ink, start)
    ink.show_ghost(ghost)
    whole = picture(ink)
    shown = ink.ghost
    for size in range(1, len(shown)):
        QTest.keyClicks(ink, ghost[size - 1])
        ink.show_ghost(shown[size:])
        assert ink.ghost == shown[size:]
        assert picture(ink) == whole, f"after {ghost[:size]!r}"


def test_text_below_is_never_pushed_nor_covered(ink: TextView) -> None:
    for size in range(90):
        text = ("word " * 40)[:size]
        write(ink, text + "\nbelow\nlast")
        ink.moveCursor(QTextCursor.MoveOperation.Start)
        ink.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
        bare = picture(ink)
        place = ink.blockBoundingGeometry(ink.document().lastBlock()).top()
        ink.show_ghost("extraordinary words go on")
        assert ink.blockBoundingGeometry(ink.document().lastBlock()).top() == place
        seen = picture(ink)
        below = round(ink.blockBoundingGeometry(ink.document().firstBlock()).bottom()) + 4
        bottom = (0, below, seen.width(), seen.height() - below)
        assert seen.copy(*bottom) == bare.copy(*bottom)


def test_where_text_is_below_a_ghost_is_cut_to_its_line(ink: TextView) -> None:
    write(ink, "word " * 12 + "\nbelow")
    ink.moveCursor(QTextCursor.MoveOperation.Start)
    ink.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    ghost = "go on with many words and more words"
    ink.show_ghost(ghost)
    assert ink.ghost != ghost
    assert ghost.startswith(ink.ghost)
    assert ink.ghost.endswith(" ")
    ink.accept_all()
    assert ink.text().startswith("word " * 12 + "go on")
    assert ink.text().endswith("\nbelow")


def test_no_ghost_below_the_edge_of_the_window(ink: TextView) -> None:
    write(ink, "\n" * 200 + "word " * 13)
    ink.ensureCursorVisible()
    ink.show_ghost("go on with many words and more words")
    assert len(ink.ghost) < 30


def test_mixed_directions_are_left_alone(ink: TextView) -> None:
    write(ink, HEBREW)
    ink.show_ghost("english words")
    assert ink.ghost == ""
    write(ink, "he said " + HEBREW)
    ink.show_ghost("and went")
    assert ink.ghost == ""


def test_closing_signs_make_way_on_their_line(ink: TextView) -> None:
    write(ink, "(the qu)")
    QTest.keyClick(ink, Qt.Key.Key_Left)
    ink.show_ghost("ick")
    seen = picture(ink)
    write(ink, "(the quick)")
    assert picture(ink) == seen


def test_it_follows_the_window_and_the_font(ink: TextView) -> None:
    write(ink, LONG)
    ink.show_ghost("the ghost goes on")
    ink.resize(500, 400)
    assert ink.ghost == "the ghost goes on"
    ink.set_writing_font(writing_font(24))
    seen = picture(ink)
    write(ink, LONG + ink.ghost)
    assert picture(ink) == seen


def test_a_ghost_without_room_comes_back_with_the_room(ink: TextView) -> None:
    ghost = "extraordinarily long"
    write(ink, LONG + "\nbelow")
    ink.moveCursor(QTextCursor.MoveOperation.Start)
    ink.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    ink.resize(900, 400)
    ink.show_ghost(ghost)
    assert ink.ghost == ghost
    width = 900
    while ink.ghost and width > 200:
        width -= 20
        ink.resize(width, 400)
    assert ink.ghost == ""
    ink.resize(900, 400)
    assert ink.ghost == ghost
    ink.resize(width, 400)
    QTest.keyClick(ink, Qt.Key.Key_Left)
    QTest.keyClick(ink, Qt.Key.Key_Right)
    ink.resize(900, 400)
    assert ink.ghost == ""  # who went away from it wants it no more


@pytest.mark.parametrize("style", ["italic", "underline"])
def test_the_readable_mode_looks_different(page: TextView, style: Style) -> None:
    write(page, "the qu")
    page.show_ghost("ick")
    plain = picture(page)
    page.set_aids(Aids(readable=True, style=style))
    assert page.ghost == "ick"
    assert picture(page) != plain
