"""Finds and replaces on the page that is on top, as the bar asks.

The text is searched as it was when the search began; what changes meanwhile begins a new one, and
nothing is replaced in a text that is not the one that was searched.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QPalette, QTextCursor
from PySide6.QtWidgets import QTextEdit

from editor.finding.bar import FindBar
from editor.finding.query import Found, Query, QueryError, find
from editor.finding.searcher import Search, Searcher
from editor.view.provenance import Origin
from editor.view.textmap import TextMap
from editor.view.textview import TextView

_PAUSE_MS = 150
_MOST_MARKED = 500
# One match was found quickly; to find it again for its replacement must not take longer.
_ONE_MATCH_SECONDS = 0.5


class Finder(QObject):
    """Joins the bar, the searcher and one page at a time.

    State: _page is searched; _text is what it held at _revision and _places where that stands;
    _found are its matches; _within is the selection that is searched, as it moves with the text;
    _step is which way to go once an answer is there, _replaces whether it is for replacing all.
    """

    def __init__(self, bar: FindBar, page: TextView) -> None:
        super().__init__(bar)
        self._bar = bar
        self._page = page
        self._text = ""
        self._revision = -1
        self._places = TextMap("")
        self._found = Found()
        self._within: QTextCursor | None = None
        self._step = 0
        self._replaces = False
        self._searcher = Searcher(self)
        self._searcher.found.connect(self._on_found)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._seek)
        bar.changed.connect(self._on_changed)
        bar.selection.toggled.connect(self._hold_selection)
        bar.stepped.connect(self.step)
        bar.replace_one.connect(self.replace_one)
        bar.replace_all.connect(self.replace_all)
        bar.closed.connect(self.close)

    def follow(self, page: TextView) -> None:
        """Another page is on top."""
        if self._is_open():
            self._leave()
        self._page, self._revision, self._within = page, -1, None
        if self._is_open():
            self._join()

    @Slot()
    def open(self) -> None:
        """Bring the bar up, with what is selected if that is a word or two."""
        was_open, cursor = self._is_open(), self._page.textCursor()
        chosen = self._page.text_between(cursor.selectionStart(), cursor.selectionEnd())
        self._bar.ask("" if "\n" in chosen or len(chosen) > 200 else chosen)
        if was_open:
            self._on_changed()
        else:
            self._join()

    @Slot()
    def close(self) -> None:
        """Send the bar away and go back to writing."""
        if self._is_open():
            self._leave()
            self._bar.hide()
            self._page.setFocus()

    @Slot(int)
    def step(self, way: int) -> None:
        """Go to the next match, or to the previous one; 0: only ask what to look for."""
        if not way or not self._is_open():
            self.open()
        if not way:
            return
        if self._is_stale() or self._searcher.searching:
            self._step = way
            self._seek()
        else:
            self._go(way)

    @Slot()
    def replace_one(self) -> None:
        """Replace the match that is selected, and go to the next one."""
        number = self._chosen()
        if self._is_stale() or number is None:
            self.step(1)
            return
        start, end = self._found.starts[number], self._found.ends[number]
        query = replace(self._bar.query, replacement=self._bar.instead.text())
        try:
            found = find(self._text, query, start, seconds=_ONE_MATCH_SECONDS, most=1)
        except QueryError as error:
            self._bar.say(str(error), amiss=True)
            return
        if found.replacements and (found.starts[0], found.ends[0]) == (start, end):
            self._page.exchange([self._change(start, end, found.replacements[0])], Origin.TYPED)
        self.step(1)

    @Slot()
    def replace_all(self) -> None:
        """Replace all matches, as one step of undo."""
        self._replaces = True
        self._seek()

    def _join(self) -> None:
        self._page.edited.connect(self._on_edited)
        self._page.verticalScrollBar().valueChanged.connect(self._mark)
        self._on_changed()

    def _leave(self) -> None:
        self._searcher.call_off()
        self._pause.stop()
        self._page.edited.disconnect(self._on_edited)
        self._page.verticalScrollBar().valueChanged.disconnect(self._mark)
        self._page.setExtraSelections([])

    def _is_open(self) -> bool:
        return not self._bar.isHidden()

    def _is_stale(self) -> bool:
        return self._revision != self._page.document().revision() or self._pause.isActive()

    @Slot()
    def _on_changed(self) -> None:
        self._searcher.call_off()
        self._step, self._replaces = 0, False
        self._pause.start()

    @Slot(object)
    def _on_edited(self, _edit: object) -> None:
        self._page.setExtraSelections([])
        self._on_changed()

    def _hold_selection(self, held: bool) -> None:
        cursor = self._page.textCursor()
        self._within = cursor if held and cursor.hasSelection() else None

    def _seek(self) -> None:
        self._pause.stop()
        if self._revision != self._page.document().revision():
            self._text = self._page.text()
            self._places = self._page.text_map(self._text)
            self._revision = self._page.document().revision()
        query: Query = self._bar.query
        if self._replaces:
            query = replace(query, replacement=self._bar.instead.text())
        borders = (0, len(self._text))
        if self._within is not None:
            ends = (self._within.selectionStart(), self._within.selectionEnd())
            borders = (self._places.index(ends[0]), self._places.index(ends[1]))
        self._bar.say(self.tr("Searching…") if query.sought else "")
        self._searcher.seek(query, self._text, *borders)

    @Slot(object, object, str)
    def _on_found(self, search: Search, found: Found, wrong: str) -> None:
        if not self._searcher.is_newest(search) or self._is_stale():
            return
        self._found = found
        if wrong:
            self._bar.say(wrong, amiss=True)
        elif search.query.replacement is not None and self._replaces:
            self._exchange_all(found)
        elif self._step:
            self._go(self._step)
        else:
            self._tell()
        self._step, self._replaces = 0, False
        self._mark()

    def _exchange_all(self, found: Found) -> None:
        spans = zip(found.starts, found.ends, found.replacements, strict=True)
        changes = [self._change(start, end, text) for start, end, text in spans]
        if changes:
            self._page.exchange(changes, Origin.TYPED)
        self._pause.stop()
        self._found = Found()
        self._bar.say(self.tr("%1 replaced").replace("%1", str(len(changes))))

    def _change(self, start: int, end: int, text: str) -> tuple[int, int, str]:
        first = self._places.start(start)
        return first, max(first, self._places.end(end)), text

    def _go(self, way: int) -> None:
        cursor = self._page.textCursor()
        if way > 0:
            number = self._found.next_from(self._places.index(self._behind(cursor)))
        else:
            number = self._found.last_before(self._places.index(cursor.selectionStart()))
        if number is not None:
            start, end, _ = self._change(self._found.starts[number], self._found.ends[number], "")
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self._page.setTextCursor(cursor)
            self._page.ensureCursorVisible()
        self._tell()
        self._mark()

    def _behind(self, cursor: QTextCursor) -> int:
        """Where the search goes on: an empty match must not be found for ever."""
        on_empty = self._chosen() is not None and not cursor.hasSelection()
        return cursor.selectionEnd() + on_empty

    def _chosen(self) -> int | None:
        """The number of the match that is selected."""
        cursor = self._page.textCursor()
        number = self._found.next_from(self._places.index(cursor.selectionStart()))
        if number is None:
            return None
        start, end, _ = self._change(self._found.starts[number], self._found.ends[number], "")
        here = (cursor.selectionStart(), cursor.selectionEnd())
        return number if here == (start, end) else None

    def _tell(self) -> None:
        if not self._bar.sought.text():
            self._bar.say("")
            return
        if not len(self._found):
            self._bar.say(self.tr("No match"), amiss=True)
            return
        number, count = self._chosen(), f"{len(self._found):,}"
        words = self.tr("1 match") if count == "1" else self.tr("%1 matches")
        if number is not None:
            words = self.tr("%2 of %1")
        self._bar.say(words.replace("%1", count).replace("%2", f"{(number or 0) + 1:,}"))

    def _mark(self) -> None:
        """Mark the matches that can be seen."""
        page, marks = self._page, []
        if self._is_stale():
            return
        top = page.cursorForPosition(page.viewport().rect().topLeft()).position()
        bottom = page.cursorForPosition(page.viewport().rect().bottomRight()).position()
        number = self._found.next_from(self._places.index(top)) or 0
        for one in range(number, min(len(self._found), number + _MOST_MARKED)):
            start, end, _ = self._change(self._found.starts[one], self._found.ends[one], "")
            if start > bottom:
                break
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(page.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            colour = page.palette().color(QPalette.ColorRole.Highlight)
            colour.setAlpha(70)
            mark.format.setBackground(colour)
            marks.append(mark)
        page.setExtraSelections(marks)
