"""Simulated typing: an ideal user types a text and takes whatever is right (DESIGN section 6).

The predictor is asked before every keystroke; the walks over its answers are pure, so one
pass serves the inline ghost, the word lists and the next-word measure alike.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from model.messages import Suggestion
from model.text import is_word_character

# DESIGN: a word is a run of letters, digits, ' and -, with a letter or digit in it.
_WORD = re.compile(r"['\-]*[^\W_](?:[^\W_]|['\-])*")
_FIRST_WORD = re.compile(r"\s*\S+ ?")
_WORTH = 2  # characters that a ghost or a list must give to be taken


class Suggests(Protocol):
    """Anything that can be asked what follows a text."""

    def suggest(self, before: str, after: str = "", limit: int = 5) -> Suggestion:
        """What may follow `before`."""


@dataclass
class Tally:
    """Sums over characters typed; two tallies add up."""

    characters: int = 0
    inline_keys: int = 0
    list_keys: dict[int, int] = field(default_factory=lambda: {3: 0, 5: 0})
    words: int = 0
    top: dict[int, int] = field(default_factory=lambda: {1: 0, 3: 0, 5: 0})
    asked: int = 0
    shown: int = 0
    shown_right: int = 0
    shown_characters: int = 0
    bits: float = 0.0
    milliseconds: list[float] = field(default_factory=list)  # as a user waits
    cpu_milliseconds: list[float] = field(default_factory=list)  # of the processor

    def add(self, other: Tally) -> None:
        """Add another tally's sums to this one."""
        for name in (
            "characters",
            "inline_keys",
            "words",
            "asked",
            "shown",
            "shown_right",
            "shown_characters",
            "bits",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for n in self.list_keys:
            self.list_keys[n] += other.list_keys[n]
        for n in self.top:
            self.top[n] += other.top[n]
        self.milliseconds += other.milliseconds
        self.cpu_milliseconds += other.cpu_milliseconds

    def figures(self) -> dict[str, object]:
        """The figures of DESIGN section 6, in percent where they are shares."""
        typed = max(1, self.characters)
        saved = self.characters - self.inline_keys
        return {
            "characters": self.characters,
            "ksr_inline": _percent(saved, typed),
            "ksr_list3": _percent(self.characters - self.list_keys[3], typed),
            "ksr_list5": _percent(self.characters - self.list_keys[5], typed),
            "top1": _percent(self.top[1], self.words),
            "top3": _percent(self.top[3], self.words),
            "top5": _percent(self.top[5], self.words),
            "precision": _percent(self.shown_right, self.shown),
            "show_rate": _percent(self.shown, self.asked),
            "shown_per_saved": round(self.shown_characters / max(1, saved), 2),
            "bits_per_character": round(self.bits / typed, 4),
            "latency_ms": _percentiles(self.milliseconds),
            "cpu_ms": _percentiles(self.cpu_milliseconds),
        }


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values) or [0.0]
    return {
        f"p{p}": round(ordered[min(len(ordered) - 1, len(ordered) * p // 100)], 2)
        for p in (50, 95, 99)
    }


def type_document(
    predictor: Suggests,
    text: str,
    on_character: Callable[[int, Sequence[Suggestion]], None] = lambda position, answers: None,
) -> Tally:
    """Type one document.

    `on_character` is called with each position after its question, and all answers so far.
    """
    answers: list[Suggestion] = []
    tally = Tally(characters=len(text))
    for position in range(len(text)):
        started, cpu = time.perf_counter(), time.thread_time()
        answers.append(predictor.suggest(text[:position], limit=5))
        tally.cpu_milliseconds.append(1000 * (time.thread_time() - cpu))
        tally.milliseconds.append(1000 * (time.perf_counter() - started))
        on_character(position, answers)
    _walk_inline(text, answers, tally)
    for n in tally.list_keys:
        tally.list_keys[n] = _walk_list(text, answers, n)
    _next_words(text, answers, tally)
    return tally


def right_part(ghost: str, text: str, position: int) -> int:
    """How many characters of a right ghost a user takes: all, the first word, or none."""
    first = _FIRST_WORD.match(ghost)
    for part in (ghost, first.group() if first else ""):
        if len(part) >= _WORTH and text.startswith(part, position):
            return len(part)
    return 0


def accepted_spans(
    text: str, answers: Sequence[Suggestion], start: int, end: int
) -> tuple[tuple[int, int], ...]:
    """The stretches between two positions that a user takes from ghosts, counted from `start`."""
    spans, position = [], start
    while position < end:
        taken = min(right_part(answers[position].inline, text, position), end - position)
        if taken:
            spans.append((position - start, position - start + taken))
        position += taken or 1
    return tuple(spans)


def _walk_inline(text: str, answers: Sequence[Suggestion], tally: Tally) -> None:
    position = 0
    while position < len(text):
        ghost = answers[position].inline
        tally.inline_keys += 1
        tally.asked += 1
        if ghost:
            tally.shown += 1
            tally.shown_characters += len(ghost)
            tally.shown_right += _first_word_is_right(ghost, text, position)
        position += right_part(ghost, text, position) or 1


def _first_word_is_right(ghost: str, text: str, position: int) -> bool:
    first = _FIRST_WORD.match(ghost)
    word = first.group().rstrip() if first else ghost
    end = position + len(word)
    cut_short = end < len(text) and is_word_character(text[end]) and is_word_character(word[-1])
    return text.startswith(word, position) and not cut_short


def _walk_list(text: str, answers: Sequence[Suggestion], n: int) -> int:
    """Keystrokes of a user who picks from a list of `n`; a pick brings the space after it."""
    position = keys = 0
    while position < len(text):
        keys += 1
        gains = (_pick(c.insert, text, position) for c in answers[position].candidates[:n])
        best = max(gains, default=0)
        position += best if best >= _WORTH else 1
    return keys


def _pick(insert: str, text: str, position: int) -> int:
    end = position + len(insert)
    if not insert or not text.startswith(insert, position):
        return 0
    if end < len(text) and is_word_character(text[end]):
        return 0
    return len(insert) + (text[end : end + 1] == " ")


def _next_words(text: str, answers: Sequence[Suggestion], tally: Tally) -> None:
    for match in _WORD.finditer(text):
        word = match.group().lower()
        offered = [c.word.lower() for c in answers[match.start()].candidates]
        tally.words += 1
        for n in tally.top:
            tally.top[n] += word in offered[:n]


def add_up(tallies: Iterable[Tally]) -> Tally:
    """One tally of many."""
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total
