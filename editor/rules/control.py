"""Whether there are suggestions at all: on, quieter, paused for a while, off here, or off.

It keeps no name of a document, only what tells one from another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Literal

Mode = Literal["on", "quieter", "off"]
MODES: tuple[Mode, ...] = ("on", "quieter", "off")
SNOOZE_SECONDS = 600.0
_REMEMBERED = 500
_CLOCK_SLACK = 60.0  # a clock may be corrected by a little


@dataclass(frozen=True, slots=True)
class Control:
    """The user's one switch; `snoozed_until` is a POSIX time, `off_in` are marks of documents."""

    mode: Mode = field(default="on", metadata={"one_of": MODES})
    snoozed_until: float = 0.0
    off_in: tuple[str, ...] = ()

    def suggests(self, document: str, now: float) -> bool:
        """Whether there are suggestions in this document now."""
        return self.mode != "off" and self.snooze_left(now) == 0 and not self.is_off_in(document)

    def snooze_left(self, now: float) -> float:
        """Seconds until suggestions come back; a clock that was set back ends the snooze."""
        left = self.snoozed_until - now
        return left if 0 < left <= SNOOZE_SECONDS + _CLOCK_SLACK else 0.0

    def is_off_in(self, document: str) -> bool:
        """Whether they are off in this document."""
        return mark(document) in self.off_in

    def chosen(self, mode: Mode, document: str) -> Control:
        """In this mode from now on, also in this document."""
        return Control(mode, 0.0, tuple(one for one in self.off_in if one != mark(document)))

    def snoozed(self, now: float) -> Control:
        """Quiet for ten minutes, then as before."""
        return replace(self, snoozed_until=now + SNOOZE_SECONDS)

    def off_here(self, document: str) -> Control:
        """Off in this document alone."""
        others = tuple(one for one in self.off_in if one != mark(document))
        return replace(self, snoozed_until=0.0, off_in=(*others, mark(document))[-_REMEMBERED:])

    def moved(self, old: str, new: str) -> Control:
        """The document was saved under another name and stays as it was."""
        return self.off_here(new) if self.is_off_in(old) else self


def after_choice(name: str, control: Control, document: str, now: float) -> Control:
    """The control as it is once the action `name` was chosen."""
    suggesting = control.chosen("on" if control.mode == "off" else control.mode, document)
    if name == "suggest-snooze":
        return suggesting.snoozed(now)
    if name == "suggest-off-here":
        return suggesting.off_here(document)
    if name == "suggest-quieter":
        return control.chosen("quieter", document)
    return control.chosen("off" if name == "suggest-off" else "on", document)


def mark(document: str) -> str:
    """What tells a document from others without naming it."""
    return hashlib.sha256(document.encode("utf-8", "surrogateescape")).hexdigest()[:16]
