"""Whoever answers requests and learns, as the editor sees it: no call waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from model.messages import (
    Eagerness,
    Forgetting,
    Ladder,
    Outcome,
    Overview,
    Request,
    Suggestion,
    Teaching,
    WordList,
)


class Engine(Protocol):
    """Whoever answers requests and learns."""

    def ask(self, request: Request) -> None:
        """Answer this request; a newer one takes its place."""

    def teach(self, teaching: Teaching) -> None:
        """Learn and unlearn."""

    def forget(self, wish: Forgetting) -> None:
        """Forget for good."""

    def feedback(self, suggestion: Suggestion, outcome: Outcome) -> None:
        """Hear what became of a ghost."""

    def set_eagerness(self, eagerness: Eagerness) -> None:
        """Suggest more or less often."""

    def set_ladder(self, ladder: Ladder) -> None:
        """Offer new words sooner or later."""

    def listed_words(self) -> dict[str, WordList]:
        """The user's own lists of words."""

    def survey(self, then: Callable[[Overview], None]) -> None:
        """Tell all that is kept of what was learnt; `then` is called on another thread."""

    def unlock(self, passphrase: str) -> None:
        """Try this passphrase on what was learnt; a status tells."""

    def set_passphrase(self, new: str | None, current: str | None) -> None:
        """Open only with the passphrase `new`, None: without one; a status tells."""

    def close(self) -> None:
        """Stop; what was taught is safe afterwards."""
