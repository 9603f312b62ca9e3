"""What a check of the installation found, in words for the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `note` works, but differs from what one may expect."""

    what: str
    state: State
    words: str
