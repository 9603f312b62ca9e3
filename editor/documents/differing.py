"""How two texts differ, line by line, for a person to read."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

_MOST_LINES = 2000  # comparing more takes longer than anyone waits
_AROUND = 2


def differing_lines(mine: str, theirs: str) -> Iterator[tuple[str, str]]:
    """The lines that differ with some around them: ("-", mine), ("+", theirs), (" ", both).

    ("…", "") stands for lines that are left out because they are the same.
    """
    before, after = mine.split("\n"), theirs.split("\n")
    if max(len(before), len(after)) > _MOST_LINES:
        yield from _coarsely(before, after)
        return
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for number, group in enumerate(matcher.get_grouped_opcodes(_AROUND)):
        if number or group[0][1]:
            yield "…", ""
        for kind, low, high, other_low, other_high in group:
            if kind == "equal":
                yield from ((" ", line) for line in before[low:high])
            else:
                yield from (("-", line) for line in before[low:high])
                yield from (("+", line) for line in after[other_low:other_high])


def _coarsely(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Everything from the first line that differs to the last, without looking between."""
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    yield "…", ""
    yield from (("-", line) for line in before[head : len(before) - tail][:_MOST_LINES])
    yield from (("+", line) for line in after[head : len(after) - tail][:_MOST_LINES])
