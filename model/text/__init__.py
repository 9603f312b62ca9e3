"""The model's view of text: what the network reads instead of the user's bytes, and the way back.

The corpus has plain quotes, one paragraph a line, single spaces, and placeholders for addresses,
so the same is shown to the network whatever the document holds: `fold` for text like the
corpus's, `view` for a document. Nothing here ever changes a document.
"""

from __future__ import annotations

from model.text.folding import fold
from model.text.style import style_of
from model.text.view import View, view
from model.text.words import (
    WORD,
    is_word_character,
    pretokens,
    small,
    split_unsettled,
    word_tail,
    words_of,
)

__all__ = [
    "WORD",
    "View",
    "fold",
    "is_word_character",
    "pretokens",
    "small",
    "split_unsettled",
    "style_of",
    "view",
    "word_tail",
    "words_of",
]
