"""Follows a page and counts its words: a line at a time, when somebody has time for it.

While a key is handled it only notes which lines have changed. It refuses to know who shows the
figures and when there is time. The ghost stands in no line, so it is never counted.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QObject

from editor.rules.counting import Count, count, together
from editor.rules.tally import Tally
from editor.view.longlines import goes_on
from editor.view.page import Page


class Counter(QObject):
    """The count of one page.

    State: _tally is what is known of its lines; _begun how many words there were when the document
    was opened, None until they were counted once.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._tally = Tally()
        self._tally.replace(0, 1, page.document().blockCount())
        self._begun: int | None = None
        page.document().contentsChange.connect(self._on_contents_change)

    @property
    def total(self) -> Count:
        """What there is of the text, as far as it is counted."""
        return self._tally.total

    @property
    def complete(self) -> bool:
        """Whether all of it is counted."""
        return self._tally.complete

    @property
    def gained(self) -> int:
        """How many words more than when the document was opened, below zero for fewer."""
        return self.total.words - (self._begun or 0)

    def begin(self) -> None:
        """The page holds another document from now on."""
        self._begun = None

    def go_on(self, seconds: float) -> None:
        """Count what is not counted yet, for so long."""
        end = time.monotonic() + seconds
        while not self.complete and time.monotonic() < end:
            number = self._tally.next()
            line = self._page.document().findBlockByNumber(number)
            begins = not (self._page.has_pieces() and goes_on(line))
            self._tally.put(number, count(line.text(), begins=begins))
        if self.complete and self._begun is None:
            self._begun = self.total.words

    def between(self, start: int, end: int) -> Count:
        """What there is between two places of the document; whole lines are not counted anew."""
        if self.complete and end - start == self._page.length():
            return self.total  # a selection of all is the commonest large one
        first, last = (self._page.document().findBlock(place) for place in (start, end))
        if first == last:
            return count(self._page.stretch(start, end))
        head = count(self._page.stretch(start, first.position() + first.length() - 1))
        tail = count(self._page.stretch(last.position(), end))
        whole = self._tally.between(first.blockNumber() + 1, last.blockNumber())
        return together((head, whole, tail))

    def _on_contents_change(self, position: int, _removed: int, added: int) -> None:
        document = self._page.document()
        first = document.findBlock(position).blockNumber()
        last = document.findBlock(position + added)
        # Qt counts the end of the document where a change reaches it.
        end = last.blockNumber() + 1 if last.isValid() else document.blockCount()
        grown = document.blockCount() - len(self._tally)
        self._tally.replace(first, end - first - grown, end - first)
