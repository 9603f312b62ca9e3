"""How far the user's counts and weights are believed: as far as they have proved right.

Each lesson is scored before it is learnt. For every order of the counts one number follows
by gradient steps on those scores (as in online logistic mixing; Mattern 2012, Cesa-Bianchi and
Lugosi 2006, chapter 3): counts that mislead are soon hardly heard. The weights carry a lead
over the base, in nats and with a low ceiling; when it is lost they begin again from the base
(in the spirit of tracking the best expert; Herbster and Warmuth 1998). So whatever is fed to
them costs the user's next lessons a bounded number of bits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# Strength of the prior at context lengths 0 to 4: a constant, and a share for each kind of
# token seen there (Witten and Bell 1991). Chosen on three dev authors, figures in the README.
CONSTANT = (200_000.0, 5.0, 2.0, 1.0, 1.0)
FOR_EACH_KIND = (0.0, 12.0, 8.0, 4.0, 4.0)
_RATE = 0.3
_LEAST, _MOST = -6.0, 3.0  # powers of e by which an order is believed less or more
_CREDIT = 5.0  # nats of lead that the weights may keep
_ALLOWED = -20.0  # nats behind the base, and they begin again
_TINY = 1e-12


class ContextCount(NamedTuple):
    """What followed one context: tokens, kinds of them, and how often the asked one did."""

    total: float
    kinds: int
    own: float


@dataclass
class Gates:
    """State of the progressive scores; the same scores in the same order give the same state."""

    belief: list[float] = field(default_factory=lambda: [0.0] * len(CONSTANT))
    lead: float = 0.0

    def doubts(self) -> tuple[float, ...]:
        """By what the strength of each order's prior is multiplied."""
        return tuple(math.exp(-shift) for shift in self.belief)

    def chance(self, prior: float, tallies: Sequence[ContextCount]) -> float:
        """The probability of a token that has `prior` without the counts."""
        for order, tally in enumerate(tallies):
            share = self._share(order, tally)
            prior += share * (tally.own / tally.total - prior)
        return prior

    def score(
        self,
        base: float,
        personal: float,
        tallies: Sequence[ContextCount],
        document: tuple[float, float] = (1.0, 0.0),
        weight: float = 1.0,
    ) -> float:
        """Take in how a token was foreseen: probabilities without counts, and what these say.

        `document` is what the present document does to a probability, whose words nobody has to
        learn: by what it is multiplied, and what is added. Returns the probability that the
        token had with all of it.
        """
        kept, added = document
        alone = max(kept * self.chance(base, tallies) + added, _TINY)
        chance, steps = max(personal, _TINY), []
        for order, tally in enumerate(tallies):
            share = self._share(order, tally)
            gap = tally.own / tally.total - chance
            steps.append((order, share, gap))
            chance += share * gap
        foreseen = max(kept * chance + added, _TINY)
        self.lead = min(self.lead + weight * math.log(foreseen / alone), _CREDIT)
        slope = weight * kept / foreseen
        for order, share, gap in reversed(steps):
            moved = self.belief[order] + _RATE * slope * share * (1 - share) * gap
            self.belief[order] = min(max(moved, _LEAST), _MOST)
            slope *= 1 - share
        return foreseen

    def lost(self) -> bool:
        """True, once, where the weights have fallen too far behind the base."""
        if self.lead > _ALLOWED:
            return False
        self.lead = 0.0
        return True

    def _share(self, order: int, tally: ContextCount) -> float:
        prior = CONSTANT[order] + FOR_EACH_KIND[order] * tally.kinds
        return tally.total / (tally.total + prior * math.exp(-self.belief[order]))
