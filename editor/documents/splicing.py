"""Changes of a text as splices: what stands at a place gives way to something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


def difference(old: str, new: str) -> tuple[int, int, str]:
    """The one splice that makes `new` of `old`: where, how many characters go, what comes."""
    start = _common(len(old), len(new), lambda n: old[:n] == new[:n])
    rest = min(len(old), len(new)) - start
    end = _common(rest, rest, lambda n: n == 0 or old[-n:] == new[-n:])
    return start, len(old) - start - end, new[start : len(new) - end]


def _common(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The greatest number up to both limits that fits, where every smaller one does."""
    least, most = 0, min(low, high)
    while least < most:
        middle = (least + most + 1) // 2
        if fits(middle):
            least = middle
        else:
            most = middle - 1
    return least


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that changed: what had `removed` units there has `added` now."""

    position: int
    removed: int
    added: int

    def followed_by(self, position: int, removed: int, added: int) -> Span:
        """One stretch that holds this change and a later one."""
        start = min(self.position, position)
        end = self.position + self.added
        reach = max(end, position + removed)
        before = self.removed + (self.position - start) + (reach - end)
        return Span(start, before, reach - start + added - removed)


@dataclass(frozen=True, slots=True)
class Splice:
    """What stood in `removed` units from `position` on gave way to `text` (in Qt's units)."""

    position: int
    removed: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> tuple[str, int]:
    """The text after these splices, up to the first that has no place; and how many had one."""
    raw, done = bytearray(text.encode("utf-16-le", "surrogatepass")), 0
    for splice in splices:
        start, end = 2 * splice.position, 2 * (splice.position + splice.removed)
        if not 0 <= start <= end <= len(raw):
            break
        raw[start:end] = splice.text.encode("utf-16-le", "surrogatepass")
        done += 1
    return raw.decode("utf-16-le", "surrogatepass"), done
