"""The model's view of text: what the network reads instead of the user's bytes.

The corpus has plain quotes, single spaces and no tabs, so the same is shown to the
network whatever the document holds. Nothing here ever changes a document; the way
back, for a ghost in the document's own style, is `style_of`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# One character for one or more; every key is a single code point.
_FOLDS = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"',
    "\u2026": "...", "\u00ad": "", "\ufeff": "", "\u200b": "",
    "\t": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
    "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\v": "\n", "\f": "\n",
}  # fmt: skip
_FOLD_TABLE = str.maketrans(_FOLDS)
_SPACE_RUN = re.compile(r" {2,}")
_AROUND_NEWLINE = re.compile(r" ?\n[ \n]*")

# A pretoken is a word (with its contractions), a number, a run of punctuation, a
# placeholder or one blank; a word takes the space before it along. Vocabulary pieces
# never cross these borders, so text can be encoded pretoken by pretoken.
_PRETOKEN = re.compile(
    r" ?[^\W\d_]+(?:'[^\W\d_]+)*| ?\d+| ?<(?:email|url)>| ?[^\w\s]+|_+|\s", re.UNICODE
)
# What further typing may still extend: a word or number at the very end, or a blank.
_UNSETTLED = re.compile(r"(?: ?(?:[^\W\d_]+(?:'[^\W\d_]*)*|\d+|_+)| )\Z", re.UNICODE)

# What the measures and the user call a word (DESIGN: letters, digits, ' and -).
WORD = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*['\-]?", re.UNICODE)
_WORD_TAIL = re.compile(r"[^\W_](?:[^\W_]|['\-])*\Z", re.UNICODE)


def fold(text: str) -> str:
    """Return `text` as the network reads it.

    Curly quotes, ellipses, no-break spaces and tabs become plain; runs of spaces become
    one; blank lines and the spaces around a line end go; each line, the first included,
    begins with one space, so that a word is the same token wherever it stands.
    """
    plain = text.replace("\r\n", "\n").translate(_FOLD_TABLE)
    plain = _AROUND_NEWLINE.sub("\n", _SPACE_RUN.sub(" ", plain)).removeprefix("\n")
    return _SPACE_RUN.sub(" ", " " + plain.replace("\n", "\n "))


def pretokens(text: str) -> list[str]:
    """Cut folded text into pretokens; joined again they give `text`, whatever it holds."""
    return _PRETOKEN.findall(text)


def split_unsettled(folded: str) -> tuple[str, str]:
    """Split folded text at the last border that further typing cannot move."""
    match = _UNSETTLED.search(folded, max(0, len(folded) - 200))
    cut = match.start() if match else len(folded)
    return folded[:cut], folded[cut:]


def word_tail(text: str) -> str:
    """The word that ends at the end of `text`, "" where none does."""
    match = _WORD_TAIL.search(text, max(0, len(text) - 100))
    return match.group() if match else ""


def is_word_character(character: str) -> bool:
    """True for letters, digits, ' and - (the measure's definition of a word)."""
    return character.isalnum() or character in "'-"


def style_of(text: str) -> Callable[[str], str]:
    """How to write what is added to `text`: with the apostrophes that it uses itself."""
    recent = text[-2000:]
    curly = recent.count("\u2019") > recent.count("'")
    return (lambda added: added.replace("'", "\u2019")) if curly else str
