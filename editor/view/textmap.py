"""Places of a text, in Python's characters, as places of the document that Qt holds.

Qt counts an emoji as two, and shows a very long line in pieces with a seam between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_LAST_SINGLE = "\uffff"


class TextMap:
    """The way from a text to its document, and back.

    State: _wide are the characters that Qt counts twice; _seams are the places, in Qt's units but
    without seams, where a piece begins.
    """

    def __init__(self, text: str, seams: Sequence[int] = ()) -> None:
        self._wide: list[int] = []
        if not text.isascii() and max(text) > _LAST_SINGLE:
            self._wide = [place for place, sign in enumerate(text) if sign > _LAST_SINGLE]
        self._seams = [seam - number for number, seam in enumerate(seams)]
        self._length = len(text)

    def start(self, index: int) -> int:
        """Where in the document what begins with the character `index` begins."""
        place = index + bisect_left(self._wide, index)
        return place + bisect_right(self._seams, place)

    def end(self, index: int) -> int:
        """Where in the document what ends before the character `index` ends."""
        place = index + bisect_left(self._wide, index)
        return place + bisect_left(self._seams, place)

    def index(self, position: int) -> int:
        """The character that stands at a place of the document, or behind it."""
        return bisect_left(range(self._length), position, key=self.start)
