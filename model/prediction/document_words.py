"""The words of the document up to the caret, counted once and not anew at each key.

What stands near the caret is read by the network too; what stands before that is known here by
its words alone, line by line, so that a line is read once however often the caret moves.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

from model.text import small, view, words_of
from model.text.language import Language

FAR = 40_000  # characters before the near ones whose words are known
_JUMP = 4_000  # characters by which their beginning moves
# What makes other words of a line than its characters by themselves.
_ODD = re.compile("[@/\u00ad\u200b\ufeff\u2018\u2019\u201b\u02bc\u0300-\u036f]|www\\.")


class DocumentWords:
    """Counts of words; one thread at a time.

    `near` and `far` are the words in their letters with how often they stand there, `here` all
    of them in small letters.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._far_text = self._settled = ""
        self._lines: dict[str, list[str]] = {"": []}  # the words of the far ones
        self._strange: Counter[str] | None = None
        self._far_small: frozenset[str] = frozenset()
        self.near: Counter[str] = Counter()
        self.far: Counter[str] = Counter()
        self.here: frozenset[str] = frozenset()

    def show(self, settled: str, far: str = "") -> None:
        """Have it know the words of the settled text, which is folded, and of what is before it."""
        if (settled, far) == (self._settled, self._far_text):  # as for every key of a word
            return
        if far != self._far_text:
            self._far_text = far
            lines = far.split("\n")
            had, self._lines = self._lines, {}
            for line in lines:
                self._lines[line] = had[line] if line in had else _words(line)
            self.far = Counter(chain.from_iterable(map(self._lines.__getitem__, lines)))
            self._far_small = frozenset(map(small, self.far))
        if settled != self._settled:
            self._settled, self._strange = settled, None
            self.near = Counter(words_of(settled))
        self.here = self._far_small.union(map(small, self.near))

    @property
    def strange(self) -> Counter[str]:
        """The near words of what is in the language of the caret, where that is not the base's."""
        if self._strange is None:
            self._strange = Counter(words_of(self._language.strange_part(self._settled)))
        return self._strange


def far_part(text: str, end: int) -> str:
    """What of a text's characters up to `end` is far from a caret that is behind them."""
    start = max(0, (end - FAR) // _JUMP * _JUMP)
    if start:  # whole lines, or else whole words, so that nothing is read that is half a word
        line = text.find("\n", start, start + _JUMP)
        start = line + 1 or text.find(" ", start, start + _JUMP) + 1 or start
    return text[start:end]


def _words(line: str) -> list[str]:
    return words_of(view(line + "\n").text if _ODD.search(line) else line)
