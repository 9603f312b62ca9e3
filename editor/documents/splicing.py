"""Changes of a text as splices: what stands at a place gives way to something else."""

from __future__ import annotations

from collections.abc import Callable


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
