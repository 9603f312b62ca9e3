"""How suggestions are shown and told to people who see, hear or move differently."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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


def rules_with(aids: Aids, rules: Rules, eagerness: Eagerness) -> Rules:
    """The rules of silence, all wishes taken together.

    Who is eager is offered words from the first sentence on; who pays for each key saves any.
    """
    if eagerness == "eager":
        rules = replace(rules, first_sentence=True)
    if aids.motor:
        rules = replace(rules, delay_ms=min(rules.delay_ms, 50), least_saved=1)
    return rules
