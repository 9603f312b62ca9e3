"""How right the user finds the ghosts: one number that moves the bar for showing them.

Logistic regression with a single intercept, fitted online around a prior at nought (Laplace
approximation). It is bounded, so that even a year in which everything is accepted only shows
a little more, and it never touches what is predicted: the model is not taught its own words.
It is no part of what is learnt from texts, and is not forgotten with them.
"""

from __future__ import annotations

import json
import math

from model.messages import Outcome

_PRIOR = 16.0  # precision of the prior: a standard deviation of a quarter
_MEMORY = 200.0  # highest precision, so that habits may change
_FARTHEST = 1.0  # in log odds
_LEAST = 1e-3


class Calibration:
    """The log odds by which ghosts are right more often than their probability says."""

    def __init__(self, shift: float = 0.0, precision: float = _PRIOR) -> None:
        self.shift = shift
        self._precision = precision

    def note(self, probability: float, outcome: Outcome) -> None:
        """Take in what became of a ghost of this probability.

        "undone" is said of a ghost that was noted as accepted before: both together reject it.
        """
        odds = _log_odds(probability) + self.shift
        expected = 1 / (1 + math.exp(-odds))
        surprise = {"accepted": 1 - expected, "rejected": -expected, "undone": -1.0}
        self._precision = min(self._precision + expected * (1 - expected), _MEMORY)
        moved = self.shift + surprise[outcome] / self._precision
        self.shift = min(max(moved, -_FARTHEST), _FARTHEST)

    def bar(self, least: float) -> float:
        """What a ghost's probability must reach where, were it just right, it would be `least`."""
        if not 0 < least < 1:
            return least
        return 1 / (1 + math.exp(self.shift - _log_odds(least)))

    def to_bytes(self) -> bytes:
        """The form that a profile keeps."""
        return json.dumps([self.shift, self._precision]).encode("utf-8")

    @classmethod
    def from_bytes(cls, content: bytes | None) -> Calibration:
        """What was kept; the prior where there is nothing, or nothing sound."""
        try:
            shift, precision = (float(value) for value in json.loads(content or b""))
        except (ValueError, TypeError):
            return cls()
        if not (abs(shift) <= _FARTHEST and _PRIOR <= precision <= _MEMORY):
            return cls()
        return cls(shift, precision)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept))
