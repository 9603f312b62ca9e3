"""Foretype's model: prediction, learning, the user's profile. Never imports Qt.

`import model` is quick: torch is not loaded before the first use of Predictor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.messages import Candidate, Suggestion

if TYPE_CHECKING:
    from model.predictor import Predictor

__all__ = ["Candidate", "Predictor", "Suggestion"]


def __getattr__(name: str) -> object:
    if name == "Predictor":
        from model.predictor import Predictor

        return Predictor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
