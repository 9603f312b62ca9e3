"""Which ghosts the writer could read and typed past, on the way to the caret.

It refuses to know what that says about the next one: the model weighs it.
"""

from __future__ import annotations

from editor.rules.ghost import Ghost
from model.messages import LONGEST_PASSED, PassedGhost


class Passing:
    """Follows a writer from key to key; `ghosts` are those passed, oldest first."""

    def __init__(self) -> None:
        self.ghosts: tuple[PassedGhost, ...] = ()

    def forget(self) -> None:
        """The writer went elsewhere, or took what was offered."""
        self.ghosts = ()

    def entered(self, text: str, ghost: Ghost) -> None:
        """The writer typed `text` where this ghost stood to be read; a blank begins a word."""
        if any(character.isspace() for character in text):
            self.forget()
        self.turned_down(ghost)
        older = (PassedGhost(one.text, one.typed + len(text)) for one in self.ghosts)
        self.ghosts = tuple(one for one in older if one.typed <= LONGEST_PASSED)

    def turned_down(self, ghost: Ghost) -> None:
        """The writer wanted another one at this place."""
        if ghost:
            self.ghosts = (*self.ghosts, PassedGhost(ghost.text, 0))
