"""Soft wraps: line ends that stand there only because the line was full.

Mails, Markdown and plain text are often wrapped at 60 to 100 columns. Such a line ends where
the next word would not have fitted, line after line; lines that end for another reason (in
lists, poems, chats) soon give themselves away by ending too early. What is decided about a line
end depends on the lines before it and on two behind it at most, so that text which is typed
further down never changes how it is read.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

# Columns: a full line has at least so many characters, the width at least so many, at most.
_LEAST_FULL, _LEAST_WIDTH, _MOST = 48, 55, 104
_MEMORY = 8  # lines that tell the width
# What a line end adds to the evidence: a full line behind which the sentence goes on in lower
# case or otherwise, a full one that ends a sentence, and a line that ends early.
_GOES_ON, _MAY_GO_ON, _ENDS, _EARLY = 2, 1, 0, -2
_ENOUGH, _FLOOR, _CEILING = 3, -4, 5
_BEHIND = 2  # line ends that became plausible just before and are soft in hindsight
_SENTENCE_ENDS = '.!?:;"\u201d'
_TYPICAL_WORD = 8  # letters; while the first word of a line is being typed
# What begins a line of its own: list items, headings, tables, rules, fences.
_OWN_LINE = re.compile(
    r"\s*(?:(?:[-*+\u2022\u2013\u2014]|\(?(?:\d{1,3}|[A-Za-z])[.)]|#{1,6})\s"
    r"|[|]|```|~~~|={3,}|-{2,}|\*{3,}|_{3,})"
)
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_CODE_INDENT = 4


@dataclass(frozen=True, slots=True)
class Wraps:
    """`soft` are the positions of line ends that mean a space; `width` is 0 if none is near."""

    soft: frozenset[int] = frozenset()
    width: int = 0


def wraps(text: str) -> Wraps:
    """Find the soft line ends of a text whose caret is at its end."""
    if "\n" not in text:
        return Wraps()
    column = _Column()
    position = 0
    lines = [_read(line) for line in text.split("\n")]
    for line, following in pairwise(lines):
        position += len(line.text)
        column.take(position, line, following, at_caret=following is lines[-1])
        position += 1
    near = column.is_wrapped and lines[-1].length <= _MOST
    return Wraps(frozenset(column.soft), column.width if near else 0)


def flowing(line: str, below: str) -> str:
    """What a line of wrapped text goes on with in the one `below` it, "" where it ends."""
    following = _read(below)
    goes_on = _may_go_on(_read(line), following, at_caret=False)
    return following.body.strip() if goes_on else ""


class _Line(NamedTuple):
    text: str
    length: int  # without the blanks behind it
    depth: int  # of mail's quote marks
    body: str  # behind them


def _read(line: str) -> _Line:
    length = len(line.rstrip())
    match = _QUOTE.match(line)
    if match:
        return _Line(line, length, match.group().count(">"), line[match.end() :])
    return _Line(line, length, 0, line)


@dataclass(slots=True)
class _Column:
    """Takes lines in their order and gathers what speaks for a wrapped column."""

    soft: set[int] = field(default_factory=set)
    _score: int = 0
    _lengths: deque[int] = field(default_factory=lambda: deque(maxlen=_MEMORY))
    _plausible: deque[int] = field(default_factory=lambda: deque(maxlen=_BEHIND))

    @property
    def width(self) -> int:
        return max(self._lengths, default=0)

    @property
    def is_wrapped(self) -> bool:
        return self._score >= _ENOUGH

    def take(self, end: int, line: _Line, following: _Line, *, at_caret: bool) -> None:
        """Judge the line end at `end`; `at_caret` where the caret is in the line behind it."""
        if line.length > _MOST:
            self._score = _FLOOR
            self._lengths.clear()
        elif line.length:
            self._lengths.append(line.length)
        if not _may_go_on(line, following, at_caret=at_caret):
            self._plausible.clear()
        elif self._is_full(line.length, following, at_caret=at_caret):
            self._full(end, line, following)
        else:
            self._plausible.clear()
            self._score = max(_FLOOR, self._score + _EARLY)

    def _is_full(self, length: int, following: _Line, *, at_caret: bool) -> bool:
        word = len(following.body.split(None, 1)[0]) if following.body.strip() else 0
        if at_caret and len(following.body.lstrip()) == word:
            word = max(word, _TYPICAL_WORD)
        return (
            _LEAST_FULL <= length <= _MOST
            and self.width >= _LEAST_WIDTH
            and length + 1 + word > self.width
        )

    def _full(self, end: int, line: _Line, following: _Line) -> None:
        ends = line.text[line.length - 1] in _SENTENCE_ENDS
        lower = following.body.lstrip()[:1].islower()
        gain = _ENDS if ends else _GOES_ON if lower else _MAY_GO_ON
        self._score = min(_CEILING, self._score + gain)
        self._plausible.append(end)
        if self.is_wrapped:
            self.soft.update(self._plausible)
            self._plausible.clear()


def _may_go_on(line: _Line, following: _Line, *, at_caret: bool) -> bool:
    """Whether a line could go on in the one behind it, as far as their beginnings tell."""
    if not line.length:
        return False
    if not following.body.strip():  # the caret may stand where the next line begins
        return at_caret and following.depth in {0, line.depth}
    if line.depth != following.depth or _OWN_LINE.match(following.body):
        return False
    if line.body.lstrip().startswith(("#", "|")) or line.text.endswith(("  ", "\\")):
        return False  # headings, tables, and Markdown's way to ask for a line end
    margin = _margin(following.body)
    return margin < _CODE_INDENT or margin == _margin(line.body)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())
