"""The other words that a suggestion holds: as ghosts to walk through, and as a steady list."""

from __future__ import annotations

from collections.abc import Sequence

from editor.rules.ghost import Ghost, take_word
from model.messages import Candidate, Suggestion


def alternatives(suggestion: Suggestion, *, space: bool) -> tuple[str, ...]:
    """What may be shown for a suggestion, best first: its ghost, then its other candidates.

    A candidate is a word, and `space` tells whether the space after it comes along.
    """
    first = take_word(Ghost(suggestion.inline)).strip()
    inserts = (candidate.insert for candidate in suggestion.candidates)
    others = [one for one in inserts if one.strip() and one.strip() != first]
    if space:
        others = [with_space(one) for one in others]
    return (suggestion.inline, *others) if first else tuple(others)


def with_space(insert: str) -> str:
    """A word as it is taken, with the space after it."""
    return insert if insert[-1:].isspace() else insert + " "


def steady(old: Sequence[Candidate], new: Sequence[Candidate], size: int) -> tuple[Candidate, ...]:
    """At most `size` of the new candidates; a word that was in the list keeps its number.

    An eye or a finger that was on its way to a word finds it where it was.
    """
    best = {candidate.word.casefold(): candidate for candidate in new[:size]}
    kept = [best.pop(one.word.casefold(), None) for one in old[:size]]
    fresh = iter(best.values())
    filled = [one or next(fresh, None) for one in kept]
    return tuple(one for one in [*filled, *fresh] if one is not None)
