"""Keeps the pieces of long lines true while a page is written on.

A new line end is one of the text's, also inside a long line; only what was broken up on its way
in comes in pieces; and what is deleted takes no line end with it that was not its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from editor.view.longlines import goes_on, in_pieces, mark, mark_all, with_plain_ends
from editor.view.provenance import Edit


class Pieces:
    """The pieces of one document.

    State: there are some only if `present`; _were are the lines around the caret before a deed,
    by their places; _wanted are the numbers of the lines that came in as pieces.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._were: dict[int, bool] = {}
        self._wanted: set[int] = set()
        self.present = False

    def put(self, text: str) -> None:
        """Make this the text of the document."""
        broken, numbers = in_pieces(text)
        self._document.setPlainText(broken)
        self.present = bool(numbers)
        if numbers:
            mark_all(self._document, numbers)

    def broken(self, text: str, block: QTextBlock) -> str:
        """A text that is about to come in here, with its long lines broken up."""
        text, numbers = in_pieces(with_plain_ends(text))
        self._wanted = {block.blockNumber() + number for number in numbers}
        self.present = self.present or bool(numbers)
        return text

    def before(self, cursor: QTextCursor) -> None:
        """Remember how the lines are that may be joined to others."""
        if self.present:
            first = self._document.findBlock(cursor.selectionStart())
            around = (first.previous(), first)
            self._were = {one.position(): goes_on(one) for one in around if one.isValid()}

    def after(self, edits: Iterable[Edit]) -> None:
        """Mark the lines as they must be after these changes."""
        if not self.present:
            return
        marks: dict[int, bool] = {}
        for edit in edits:
            if edit.origin is None:
                continue  # undo and redo bring the marks back themselves
            block = self._document.findBlock(edit.position)
            if edit.removed and block.position() in self._were:
                marks[block.blockNumber()] = self._were[block.position()]
            last = self._document.findBlock(edit.position + edit.added).blockNumber()
            for number in range(block.blockNumber() + 1, last + 1):
                marks[number] = number in self._wanted
        self._wanted = set()
        mark(self._document, marks)


def select_previous(cursor: QTextCursor) -> None:
    """Select what Backspace takes away: what a reader takes for one character."""
    if goes_on(cursor.block()) and cursor.atBlockStart():
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, _KEEP)
    cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, _KEEP)


def select_next(cursor: QTextCursor) -> None:
    """Select what Delete takes away."""
    if goes_on(cursor.block().next()) and cursor.atBlockEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, _KEEP)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, _KEEP)


_KEEP = QTextCursor.MoveMode.KeepAnchor
