"""Puts other text in many places of a document at once, as one step of undo.

Each place is a change of its own to whoever follows the edits, so that what stands between them
keeps its origin. Where there are very many, all between the first and the last is one change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtGui import QTextCursor, QTextDocument

from editor.view.longlines import PARAGRAPH, seams, without
from editor.view.pieces import Pieces
from editor.view.provenance import Origin
from editor.view.recorder import EditRecorder

# More would be felt: each one costs a tenth of a millisecond.
_MOST_SINGLE = 2000
Change = tuple[int, int, str]


def exchange(
    document: QTextDocument, pieces: Pieces, recorder: EditRecorder, changes: Sequence[Change]
) -> None:
    """Make these changes, given in the order of their places."""
    # What changes nothing is no step of undo: the next would join the one of before.
    changes = [change for change in changes if change[0] != change[1] or change[2]]
    if len(changes) > _MOST_SINGLE:
        recorder.origin = Origin.FOREIGN  # much of it is text that stood between them
        changes = [_in_one(document, changes)]
    # From the last to the first: the places of those that remain stay true.
    for number, (start, end, text) in enumerate(reversed(changes)):
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        pieces.before(cursor)
        done = len(recorder.edits)
        if number:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        cursor.insertText(pieces.broken(text, document.findBlock(start)))
        cursor.endEditBlock()
        with recorder.unrecorded():
            pieces.after(recorder.edits[done:])


def _in_one(document: QTextDocument, changes: Sequence[Change]) -> Change:
    old = document.toRawText().encode("utf-16-le", "surrogatepass")
    within = seams(document)
    parts: list[str] = []
    for (_, end, text), (start, _, _) in pairwise(changes):
        here = within[bisect_left(within, end) : bisect_left(within, start)]
        kept = without(old[2 * end : 2 * start], here, end).decode("utf-16-le", "surrogatepass")
        parts += [text, kept.replace(PARAGRAPH, "\n")]
    return changes[0][0], changes[-1][1], "".join([*parts, changes[-1][2]])
