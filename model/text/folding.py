"""Folding: other ways to write the same characters, as the corpus writes them."""

from __future__ import annotations

import re

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
_AROUND_NEWLINE = re.compile(r" ?\n[ \n]*")


def fold(text: str) -> str:
    """Return `text` as the network reads it.

    Curly quotes, ellipses, no-break spaces and tabs become plain; runs of spaces become
    one; blank lines and the spaces around a line end go; each line, the first included,
    begins with one space, so that a word is the same token wherever it stands.
    """
    plain = text.replace("\r\n", "\n").translate(_FOLD_TABLE)
    plain = _AROUND_NEWLINE.sub("\n", _SPACE_RUN.sub(" ", plain)).removeprefix("\n")
    return _SPACE_RUN.sub(" ", " " + plain.replace("\n", "\n "))
