"""Wavy lines under the words of one page that are not right.

They are painted over the page, from the text as it is when it is painted. The other two ways
disturb more: formats in the layouts of lines break the text anew where they begin and end, and
the layouts belong to the ghost; extra selections belong to the search, are looked through for each
line that is painted, and stand elsewhere where a ghost is laid into the line. So nothing here
follows edits, undo, zoom or themes, no place is kept, and nothing of it is in the document.

Between a key and its paint no dictionary is asked: only what is known to be wrong is underlined.
What is not known is looked up after a pause, on the visible page, a few milliseconds at a time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QTimer, Slot
from PySide6.QtGui import QPainter, QTextBlock

from editor.spelling.spelling import Spelling
from editor.spelling.waves import paint_waves, places_between, waves_under
from editor.spelling.words import Word, as_listed, words
from editor.theme import misspelt_colour
from editor.view.longlines import LONGEST_LINE, is_long
from editor.view.provenance import Edit, Origin
from editor.view.textview import TextView
from editor.view.units import unit_offsets, units

_PAUSE_MS = 300
_SLICE_SECONDS = 0.004


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word that is not right, from `start` to `end` of the document, in Qt's units."""

    start: int
    end: int
    word: Word


class Underlines(QObject):
    """Underlines what is misspelt on a page, and says what is at the caret.

    State: on, whether it does; ignored are words that are right in this document;
    _written_at is where the user's last edit ended, until the caret leaves the word there.
    """

    def __init__(self, page: TextView, spelling: Spelling) -> None:
        super().__init__(page)
        self._page = page
        self._spelling = spelling
        self._written_at: int | None = None
        self.on = False
        self.ignored: set[str] = set()
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._look_up)
        page.painted.connect(self._paint)
        page.edited.connect(self._on_edited)
        page.cursorPositionChanged.connect(self._on_moved)

    def turn(self, *, on: bool) -> None:
        """Underline from now on, or not; other words may be right than before."""
        self.on = on
        self._page.viewport().update()

    def begin_anew(self) -> None:
        """The page holds another document."""
        self.ignored, self._written_at = set(), None

    def ignore(self, word: Word) -> None:
        """Take it for right in this document, until that is closed."""
        self.ignored.add(word.form)
        self._page.viewport().update()

    def at_caret(self) -> Misspelling | None:
        """The misspelt word that holds the caret and what is selected."""
        cursor = self._page.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        block = self._page.document().findBlock(first)
        if not self.on or self._is_left_alone(block):
            return None
        for start, end, word in _placed(block.text(), block.position()):
            holds = start <= first and last <= end
            if holds and word.form not in self.ignored and not self._spelling.look_up(word):
                return Misspelling(start, end, word)
        return None

    def proposals(self, found: Misspelling) -> list[str]:
        """What may be meant by it, with apostrophes like those around it."""
        curly = "’" in self._page.document().findBlock(found.start).text()
        proposed = self._spelling.proposals(found.word)
        return [one.replace("'", "’") for one in proposed] if curly else proposed

    def replace(self, found: Misspelling, text: str) -> None:
        """Write this instead, as the user's own deed and one step of undo."""
        if as_listed(self._page.stretch(found.start, found.end)) != found.word.form:
            return  # the text has changed while the menu was open
        self._page.exchange([(found.start, found.end, text)], Origin.TYPED)
        self._page.set_caret(found.start + units(text))

    # What is underlined

    def _is_left_alone(self, block: QTextBlock) -> bool:
        if block.length() > LONGEST_LINE:
            return True
        return self._page.has_pieces() and is_long(block)

    def _in_work(self) -> int | None:
        """Where the word begins that is being written: it holds the caret and the last edit."""
        if self._written_at is None:
            return None
        cursor = self._page.textCursor()
        places = sorted((cursor.position(), self._written_at))
        for start, end, _ in _placed(cursor.block().text(), cursor.block().position()):
            if start <= places[0] and places[1] <= end:
                return start
        return None

    @Slot(object)
    def _on_edited(self, edit: Edit) -> None:
        by_hand = edit.origin in (Origin.TYPED, Origin.ACCEPTED)
        self._written_at = edit.position + edit.added if by_hand else None
        if self._pause.isActive():
            self._pause.start(_PAUSE_MS)  # whoever writes is not disturbed

    @Slot()
    def _on_moved(self) -> None:
        if self._written_at not in (None, self._page.caret()) and self._in_work() is None:
            self._written_at = None
            self._wait()

    # Painting and looking up

    def _wait(self) -> None:
        if not self._pause.isActive():  # else who paints all the time would put it off for ever
            self._pause.start(_PAUSE_MS)

    def _seen(self, area: QRect) -> Iterator[tuple[QTextBlock, QPointF, int, int, Word]]:
        """The words on the rows of text there, but for the one in work: the line of the document
        that each is in, where that begins on the viewport, and the word's places in it.
        """
        # Qt's own way from a point to a place in the text goes wrong where a ghost is laid in.
        page, in_work = self._page, self._in_work()
        block = page.firstVisibleBlock()
        corner = page.blockBoundingGeometry(block).translated(page.contentOffset()).topLeft()
        while block.isValid() and corner.y() <= area.bottom():
            height = page.blockBoundingRect(block).height()
            if corner.y() + height >= area.top() and not self._is_left_alone(block):
                begin, layout = block.position(), block.layout()
                rows = places_between(layout, area.top() - corner.y(), area.bottom() - corner.y())
                for start, end, word in _placed(block.text()):
                    if rows[0] <= end and start <= rows[1] and begin + start != in_work:
                        yield block, corner, start, end, word
            corner += QPointF(0, height)
            block = block.next()

    @Slot(object)
    def _paint(self, area: QRect) -> None:
        if not self.on:
            return
        rooms: list[QRect] = []
        for block, corner, start, end, word in self._seen(area):
            known = self._spelling.is_known(word)
            if known is None:
                self._wait()
            elif not known and word.form not in self.ignored:
                rooms += waves_under(block.layout(), corner, start, end)
        if rooms:
            painter = QPainter(self._page.viewport())
            paint_waves(painter, rooms, misspelt_colour(self._page.palette()))
            painter.end()

    @Slot()
    def _look_up(self) -> None:
        if not self.on:
            return
        viewport, until = self._page.viewport(), time.perf_counter() + _SLICE_SECONDS
        for *_, word in self._seen(viewport.rect()):
            if self._spelling.is_known(word) is None:
                if time.perf_counter() > until:
                    self._pause.start(0)
                    return
                self._spelling.look_up(word)
        viewport.update()


def _placed(text: str, begin: int = 0) -> Iterator[tuple[int, int, Word]]:
    """The words of a line that begins there, with their places in Qt's units."""
    offsets = unit_offsets(text)
    return ((begin + offsets[word.start], begin + offsets[word.end], word) for word in words(text))
