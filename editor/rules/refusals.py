"""Words that a writer did not want at a place, so that they are not offered there again.

A place is known by the text that leads up to the word. It forgets with the document.
"""

from __future__ import annotations

import re
from collections import deque

from editor.rules.ghost import Ghost, take_word

_REMEMBERED = 200
# Enough to tell one place from another, and short enough to survive edits further up.
_CONTEXT = 40
_LAST_WORD = re.compile(r"(?:[^\W_]|['’\-\u0300-\u036f])*\Z")
# How far back a removal is looked for, and where a word begins.
_REACH = 400


class Refusals:
    """Remembers the newest refused words, each with its place."""

    def __init__(self) -> None:
        self._places: deque[tuple[str, str]] = deque(maxlen=_REMEMBERED)

    def refuse(self, before: str, text: str) -> None:
        """The word that begins `text` is not wanted behind `before`."""
        place = _place(before, text)
        if place[1] and place not in self._places:
            self._places.append(place)

    def refuse_removed(self, was: str, now: str) -> None:
        """What stood before the caret and was taken away is not wanted there."""
        kept = now[-_REACH:]
        for size in range(1, min(len(was), _REACH) + 1):
            if was[:-size].endswith(kept):
                self.refuse(was[:-size], was[-size:])
                return

    def hold(self, before: str, text: str) -> bool:
        """Whether the word that begins `text` was refused behind `before`."""
        return bool(self._places) and _place(before, text) in self._places

    def clear(self) -> None:
        """Another document begins."""
        self._places.clear()


def word_of(before: str, text: str) -> str:
    """The word that `text` begins or completes behind `before`, in small letters."""
    return _place(before, text)[1]


def _place(before: str, text: str) -> tuple[str, str]:
    """What leads up to the word that `text` makes of `before`, and that word in small letters."""
    whole = (before[-_REACH:] + take_word(Ghost(text))).rstrip()
    word = _LAST_WORD.search(whole)
    start = word.start() if word else len(whole)
    return whole[max(0, start - _CONTEXT) : start], whole[start:].lower()
