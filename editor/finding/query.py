"""What is looked for in a text, and all places where it stands: pure code, no Qt.

An expression can be written that would take years (`(a+)+$`): every search has a time after which
it ends, lets other threads go on meanwhile, and can be told to stop.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

import regex

# Seconds of the whole process, for an expression; plain text cannot take years to find.
PATIENCE = 5.0


class QueryError(Exception):
    """What is looked for cannot be; the text says why and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and what takes its place if that is wished."""

    sought: str
    is_regex: bool = False
    whole_words: bool = False
    case: bool = False
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """All matches in a text, by their starts and ends, and what replaces each if that was asked."""

    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    replacements: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.starts)

    def next_from(self, place: int) -> int | None:
        """The number of the first match at a place or behind it; behind the last, of the first."""
        if not self.starts:
            return None
        return bisect_left(self.starts, place) % len(self.starts)

    def last_before(self, place: int) -> int | None:
        """The number of the last match before a place; before the first, of the last."""
        if not self.starts:
            return None
        return (bisect_left(self.starts, place) - 1) % len(self.starts)


def find(
    text: str,
    query: Query,
    start: int = 0,
    end: int | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
    seconds: float = PATIENCE,
    most: int | None = None,
) -> Found:
    """All matches between two places of a text, or the first few; none once it is cancelled.

    Raises QueryError where an expression is none, or takes more than so many `seconds`.
    """
    if not query.sought:
        return Found()
    patience = seconds if query.is_regex else None
    starts, ends, others = array("q"), array("q"), list[str]()
    end = len(text) if end is None else end
    try:
        pattern = _pattern(query)
        for match in pattern.finditer(text, start, end, timeout=patience, concurrent=True):
            if is_cancelled():
                return Found()
            starts.append(match.start())
            ends.append(match.end())
            if query.replacement is not None:
                others.append(_instead(match, query))
            if len(starts) == most:
                break
    except TimeoutError:
        raise QueryError(
            "This expression takes too long here. Make it simpler, or look in a selection."
        ) from None
    except (regex.error, IndexError, RecursionError, OverflowError, MemoryError) as error:
        raise QueryError(f"This is no regular expression: {error}. Turn Regex off?") from None
    return Found(starts, ends, tuple(others))


def _pattern(query: Query) -> regex.Pattern[str]:
    flags = regex.MULTILINE if query.case else regex.MULTILINE | regex.IGNORECASE
    sought = query.sought if query.is_regex else regex.escape(query.sought, special_only=True)
    if query.whole_words:
        sought = rf"(?<!\w)(?:{sought})(?!\w)"
    return regex.compile(sought, flags)


def _instead(match: regex.Match[str], query: Query) -> str:
    assert query.replacement is not None
    return match.expand(query.replacement) if query.is_regex else query.replacement
