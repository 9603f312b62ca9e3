"""Where each character of the document came from: typed here, an accepted ghost, or foreign.

Foreign is what was opened, pasted or dropped, or came by a way this editor does not know.
Only text from here may become a lesson, so every doubt counts as foreign. Text that undo or
redo brings back has the origin it had: each undo step keeps the map that belonged to it, and
a step that is not remembered brings back foreign text.

Positions are Qt's (UTF-16 units). It never sees the text itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum

# Undo steps whose maps are kept; what is undone beyond them comes back as foreign.
REMEMBERED_STEPS = 500


class Origin(Enum):
    """Who wrote a character."""

    TYPED = "typed"
    ACCEPTED = "accepted"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the document: `removed` units at `position` gave way to `added`.

    `origin` is None for undo and redo. `step` is the depth of the undo stack after the change.
    """

    position: int
    removed: int
    added: int
    origin: Origin | None
    step: int = 0

    def moved(self, position: int) -> int:
        """Where a place in the old text is in the new one; inside the cut it is its start."""
        if position <= self.position:
            return position
        if position < self.position + self.removed:
            return self.position
        return position + self.added - self.removed


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one origin."""

    start: int
    end: int
    origin: Origin


class Provenance:
    """A map from every position of one document to its origin, as sorted stretches."""

    def __init__(self, length: int = 0) -> None:
        self.length = length
        self._starts: list[int] = []
        self._origins: list[Origin] = []
        self._step = 0
        self._steps: dict[int, tuple[int, list[int], list[Origin]]] = {}
        self._has_redo = False
        self.disown()

    def apply(self, edit: Edit) -> None:
        """Follow one change of the document."""
        if edit.step != self._step:
            self._keep_step()
        if edit.origin is None:
            self._go_to(edit)
        else:
            if self._has_redo:  # a new change ends what could have been redone
                self._steps = {k: v for k, v in self._steps.items() if k <= self._step}
                self._has_redo = False
            self._replace(edit.position, edit.removed, edit.added, edit.origin)
        self._step = edit.step

    def spans(self, start: int, end: int) -> list[Span]:
        """The stretches between two positions, in order."""
        start, end = max(0, start), min(end, self.length)
        found: list[Span] = []
        index = max(0, bisect_right(self._starts, start) - 1)
        while start < end:
            stop = min(self._end(index), end)
            found.append(Span(start, stop, self._origins[index]))
            start, index = stop, index + 1
        return found

    def disown(self) -> None:
        """Count all that stands in the document as foreign, also what undo may bring back."""
        self._starts = [0] if self.length else []
        self._origins = [Origin.FOREIGN] if self.length else []
        self._steps = {}

    def forget_steps(self) -> None:
        """Nothing can be undone or redone any more."""
        self._step, self._steps, self._has_redo = 0, {}, False

    def _end(self, index: int) -> int:
        return self._starts[index + 1] if index + 1 < len(self._starts) else self.length

    def _keep_step(self) -> None:
        self._steps[self._step] = (self.length, self._starts[:], self._origins[:])
        if len(self._steps) > REMEMBERED_STEPS:
            del self._steps[min(self._steps)]

    def _go_to(self, edit: Edit) -> None:
        self._has_redo = True
        length = self.length - edit.removed + edit.added
        kept = self._steps.get(edit.step)
        if kept is not None and kept[0] == length:
            self.length, self._starts, self._origins = kept[0], kept[1][:], kept[2][:]
        else:
            self._replace(edit.position, edit.removed, edit.added, Origin.FOREIGN)

    def _replace(self, position: int, removed: int, added: int, origin: Origin) -> None:
        """Cut [position, position + removed) out and put `added` units of `origin` there."""
        cut_end = position + removed
        first = bisect_left(self._starts, position)
        last = bisect_left(self._starts, cut_end)
        before = self._origins[first - 1] if first else None
        # The stretch that holds the end of the cut goes on behind it.
        behind = self._origins[last - 1] if last else None
        goes_on = cut_end < (self._starts[last] if last < len(self._starts) else self.length)

        starts: list[int] = []
        origins: list[Origin] = []
        if added and origin is not before:
            starts.append(position)
            origins.append(origin)
        latest = origin if added else before
        shift = added - removed
        if goes_on and behind is not None and behind is not latest:
            starts.append(cut_end + shift)
            origins.append(behind)
        elif not goes_on and last < len(self._starts) and self._origins[last] is latest:
            last += 1
        tail = self._starts[last:]
        if shift:
            tail = [start + shift for start in tail]
        self._starts[first:] = starts + tail
        self._origins[first:last] = origins
        self.length += shift
