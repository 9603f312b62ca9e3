"""How suggestions are shown and told to people who see, hear or move differently."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from editor.rules.silence import Rules
from model.messages import Eagerness

Announce = Literal["off", "sound", "speech"]
ANNOUNCE: tuple[Announce, ...] = ("off", "sound", "speech")
Style = Literal["plain", "italic", "underline"]
STYLES: tuple[Style, ...] = ("plain", "italic", "underline")
Place = Literal["off", "caret", "fixed"]
PLACES: tuple[Place, ...] = ("off", "caret", "fixed")


@dataclass(frozen=True, slots=True)
class Aids:
    """readable: ghosts in 4.5:1 contrast, in `style`. announce: what is heard of a ghost.

    words: where the list of candidates is, `words_shown` how many. motor: each key is costly, so
    more is offered and sooner.
    """

    readable: bool = False
    style: Style = field(default="italic", metadata={"one_of": STYLES})
    announce: Announce = field(default="off", metadata={"one_of": ANNOUNCE})
    words: Place = field(default="off", metadata={"one_of": PLACES})
    words_shown: int = field(default=5, metadata={"range": (3, 5)})
    motor: bool = False


def eagerness_with(aids: Aids, eagerness: Eagerness, *, quieter: bool) -> Eagerness:
    """How readily the model suggests, all wishes taken together."""
    if quieter:
        return "quiet"
    return "eager" if aids.motor else eagerness


def rules_with(aids: Aids, rules: Rules) -> Rules:
    """The rules of silence, all wishes taken together: whoever pays for each key saves any."""
    if not aids.motor:
        return rules
    return Rules(min(rules.delay_ms, 50), 1, space=rules.space, readable_ms=rules.readable_ms)
