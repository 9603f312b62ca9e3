"""A document line by line, as whoever reads it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the document: where it starts, and its length in Qt's units."""

    start: int
    length: int
    text: str

    @property
    def end(self) -> int:
        """The position behind its last character."""
        return self.start + self.length


class Paragraphs(Protocol):
    """A document that can be read line by line."""

    def paragraph(self, position: int) -> Paragraph:
        """The paragraph that holds `position`."""
