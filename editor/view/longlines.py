"""Lines too long to be laid out at each key are shown in pieces, and are one line all the same.

A piece that goes on the line before it is marked in its block format, which Qt carries through
undo and redo. Only the page knows of pieces: whoever reads its text gets whole lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from unicodedata import combining

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat

PARAGRAPH = "\u2029"  # how Qt marks a line end in what it hands out
# Qt lays a whole line out anew at each key: 3 ms of a processor for so many characters.
LONGEST_LINE = 10_000
_PIECE = 5_000
_GOES_ON = QTextFormat.Property.UserProperty.value + 1
_JOINER = "\u200d"
_OTHER_LINE_END = re.compile("\r\n?|[\u2029\ufdd0\ufdd1]")


def with_plain_ends(text: str) -> str:
    """A text from elsewhere in which only a line feed is what Qt takes for a line end."""
    return _OTHER_LINE_END.sub("\n", text)


def in_pieces(text: str) -> tuple[str, Sequence[int]]:
    """The text with its long lines broken up, and the numbers of the lines that only go on."""
    parts: list[str] = []
    numbers: list[int] = []
    copied = start = number = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > LONGEST_LINE:
            pieces = list(_pieces(text, start, end))
            parts += [text[copied:start], "\n".join(pieces)]
            numbers += range(number + 1, number + len(pieces))
            number += len(pieces) - 1
            copied = end
        start, number = end + 1, number + 1
    return ("".join([*parts, text[copied:]]), numbers) if parts else (text, ())


def _pieces(text: str, start: int, end: int) -> Iterator[str]:
    while end - start > _PIECE:
        blank = text.rfind(" ", start + _PIECE // 2, start + _PIECE)
        cut = blank + 1 if blank >= 0 else start + _PIECE
        # Never within what a reader takes for one character, as far as that is easy to see.
        while cut > start + 1 and (combining(text[cut]) or _JOINER in text[cut - 1 : cut + 1]):
            cut -= 1
        yield text[start:cut]
        start = cut
    yield text[start:end]


def goes_on(block: QTextBlock) -> bool:
    """Whether a line of the document is a piece that goes on the one before it."""
    return block.isValid() and bool(block.blockFormat().boolProperty(_GOES_ON))


def is_long(block: QTextBlock) -> bool:
    """Whether it belongs to a line that is too long for all that is done to others."""
    return block.length() > LONGEST_LINE or goes_on(block) or goes_on(block.next())


def mark(document: QTextDocument, marks: Mapping[int, bool]) -> None:
    """Say which lines are pieces, by their numbers; this joins the last step of undo."""
    wrong = {n: piece for n, piece in marks.items() if goes_on(_line(document, n)) != piece}
    if not wrong:
        return
    cursor = QTextCursor(document)
    cursor.joinPreviousEditBlock()
    for number, piece in wrong.items():
        cursor.setPosition(_line(document, number).position())
        cursor.setBlockFormat(_form(piece=piece))
    cursor.endEditBlock()


def mark_all(document: QTextDocument, numbers: Iterable[int]) -> None:
    """Mark these lines of a new document as pieces; that cannot be undone."""
    document.setUndoRedoEnabled(False)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number in numbers:
        cursor.setPosition(_line(document, number).position())
        cursor.setBlockFormat(_form(piece=True))
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)


def _line(document: QTextDocument, number: int) -> QTextBlock:
    return document.findBlockByNumber(number)


def _form(*, piece: bool) -> QTextBlockFormat:
    form = QTextBlockFormat()
    if piece:
        form.setProperty(_GOES_ON, True)
    return form


def seams(document: QTextDocument, start: int = 0, end: int | None = None) -> list[int]:
    """Where Qt has a line end within [start, end) that is none of the text's."""
    block, found = document.findBlock(start).next(), []
    while block.isValid() and (end is None or block.position() <= end):
        if goes_on(block):
            found.append(block.position() - 1)
        block = block.next()
    return found


def without(text: bytes, seams: Sequence[int], start: int = 0) -> bytes:
    """A text as UTF-16, from the position `start` of the document, without its seams."""
    edges = [-1, *(place - start for place in seams), len(text) // 2]
    return b"".join(text[2 * (left + 1) : 2 * right] for left, right in pairwise(edges))
