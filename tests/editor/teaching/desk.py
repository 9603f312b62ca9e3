"""A document without Qt, as those who harvest it see it."""

from __future__ import annotations

from editor.teaching.harvest import Harvester, Settle
from editor.view.paragraphs import Paragraph
from editor.view.provenance import Edit, Origin
from editor.view.units import units
from model.messages import Teaching

PIECES = ["I went home. ", "It was late", ". ", "\n", "Thank you all. ", "\U0001f600 ", "why? "]


class Desk:
    """A document as a plain string, written by hand, and what is learnt from it."""

    def __init__(self, opened: str = "") -> None:
        self.text = opened
        self.caret = 0
        self.harvester = Harvester("letter", units(opened))
        self.learnt: list[str] = []
        self.read: list[str] = []

    def paragraph(self, position: int) -> Paragraph:
        raw = self.text.encode("utf-16-le")
        start = raw[: 2 * position].decode("utf-16-le").rfind("\n") + 1
        end = self.text.find("\n", start)
        text = self.text[start : end if end >= 0 else None]
        self.read.append(text)
        return Paragraph(units(self.text[:start]), units(text), text)

    def write(self, text: str, at: int | None = None, origin: Origin = Origin.TYPED) -> None:
        at = len(self.text) if at is None else at
        self.replace(at, at, text, origin)

    def replace(self, start: int, end: int, text: str, origin: Origin = Origin.TYPED) -> None:
        position, removed = units(self.text[:start]), units(self.text[start:end])
        self.text = self.text[:start] + text + self.text[end:]
        self.caret = position + units(text)
        self.harvester.edited(Edit(position, removed, units(text), origin))

    def change(self, old: str, new: str) -> None:
        start = self.text.index(old)
        self.replace(start, start + len(old), new)

    def settle(self, settle: Settle = Settle.LEFT) -> tuple[Teaching, ...]:
        self.read.clear()
        teachings = self.harvester.harvest(self, self.caret, settle, 1.0)
        for teaching in teachings:
            for text in teaching.retract:
                self.learnt.remove(text)
            self.learnt += [lesson.text for lesson in teaching.lessons]
        return teachings
