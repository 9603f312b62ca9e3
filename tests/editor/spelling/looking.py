"""Looks at a page as a reader does: which of its words have something red below their letters."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QImage, QTextCursor

from editor.view.textview import TextView

_RED = 60  # more than of green


def underlined(page: TextView) -> list[str]:
    """The words that are seen with a line below, in their order."""
    picture = page.viewport().grab().toImage()
    text = page.text()
    places = page.text_map(text)
    return [
        found.group()
        for found in re.finditer(r"[\w’]+", text)
        if _has_line(page, picture, places.start(found.start()), places.end(found.end()))
    ]


def _has_line(page: TextView, picture: QImage, start: int, end: int) -> bool:
    cursor = QTextCursor(page.document())
    cursor.setPosition(start)
    first = page.cursorRect(cursor)
    cursor.setPosition(end)
    last = page.cursorRect(cursor)
    scale = picture.devicePixelRatio()
    assert scale == 1
    return any(
        _is_red(picture.pixelColor(x, y))
        for x in range(first.left() + 2, min(last.left() - 1, picture.width()))
        for y in range(max(0, first.center().y()), min(first.bottom() + 1, picture.height()))
    )


def _is_red(colour: QColor) -> bool:
    return colour.red() - colour.green() > _RED
