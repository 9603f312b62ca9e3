"""Folding: other ways to write the same characters, as the corpus writes them."""

from __future__ import annotations

import re
import unicodedata

from model.text.edits import Edit, apply

# One character for one or more; every key is a single code point.
FOLDS = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"',
    "\u2026": "...", "\u00ad": "", "\ufeff": "", "\u200b": "",
    "\t": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
    "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\v": "\n", "\f": "\n",
}  # fmt: skip
_FOLD_TABLE = str.maketrans(FOLDS)
_SPACE_RUN = re.compile(r" {2,}")
# A letter and the marks above or below it, each a character of its own.
_MARKED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_MARK = re.compile("[\u0300-\u036f]")
_AROUND_NEWLINE = re.compile(r" ?\n[ \n]*")


def fold(text: str) -> str:
    """Return `text` as the network reads it.

    Curly quotes, ellipses, no-break spaces and tabs become plain; runs of spaces become
    one; blank lines and the spaces around a line end go; each line, the first included,
    begins with one space, so that a word is the same token wherever it stands. A letter and its
    accents are one character.
    """
    plain = text.replace("\r\n", "\n").translate(_FOLD_TABLE)
    plain = apply(plain, compositions(plain))
    plain = _AROUND_NEWLINE.sub("\n", _SPACE_RUN.sub(" ", plain)).removeprefix("\n")
    return _SPACE_RUN.sub(" ", " " + plain.replace("\n", "\n "))


def compositions(text: str) -> list[Edit]:
    """The letters of `text` whose marks are characters of their own, each to become one with them.

    Two characters of which Unicode has no single one stay.
    """
    if text.isascii() or not _MARK.search(text):  # nearly always
        return []
    edits = []
    for match in _MARKED.finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            edits.append(Edit(*match.span(), composed))
    return edits
