"""What was counted of the lines of a text, kept while the text changes: only what changed is
counted anew, and only when there is time.
"""

from __future__ import annotations

from functools import lru_cache

from editor.rules.counting import Count, together


class Tally:
    """The counts of all lines, None where one is not known.

    State: total is of the lines that are counted; _missing is how many are not, and none of these
    stands above _first.
    """

    def __init__(self) -> None:
        self._lines: list[Count | None] = [None]
        self._missing = 1
        self._first = 0
        self.total = Count()

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def complete(self) -> bool:
        """Whether all lines are counted."""
        return not self._missing

    def replace(self, first: int, old: int, new: int) -> None:
        """From line `first` on, `new` lines stand where `old` ones stood."""
        gone = [one for one in self._lines[first : first + old] if one is not None]
        self._lines[first : first + old] = [None] * new
        self._missing += new - (old - len(gone))
        self._first = min(self._first, first)
        lost = together(gone)
        self.total = Count(*(all_of - part for all_of, part in zip(self.total, lost, strict=True)))

    def next(self) -> int:
        """The first line that is not counted, where there is one."""
        self._first = self._lines.index(None, self._first)
        return self._first

    def put(self, line: int, count: Count) -> None:
        """So much there is of a line that was not counted."""
        self._lines[line] = _shared(count)
        self._missing -= 1
        self.total = together((self.total, count))

    def between(self, first: int, end: int) -> Count:
        """What there is of the lines from `first` to the one before `end`, as far as counted."""
        return together(one for one in self._lines[first:end] if one is not None)


@lru_cache(maxsize=10_000)
def _shared(count: Count) -> Count:
    """One object for equal counts: short lines are alike, and there may be a million of them."""
    return count
