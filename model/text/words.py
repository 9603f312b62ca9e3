"""Words and pretokens of folded text: where one ends, and what further typing may still move."""

from __future__ import annotations

import re

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
_PLACEHOLDER = re.compile(r"<(?:email|url)>")
_WORD_TAIL = re.compile(r"[^\W_](?:[^\W_]|['\-])*\Z", re.UNICODE)


def pretokens(text: str) -> list[str]:
    """Cut folded text into pretokens; joined again they give `text`, whatever it holds."""
    return _PRETOKEN.findall(text)


def split_unsettled(folded: str) -> tuple[str, str]:
    """Split folded text at the last border that further typing cannot move."""
    match = _UNSETTLED.search(folded, max(0, len(folded) - 200, folded.rfind(" ")))
    cut = match.start() if match else len(folded)
    return folded[:cut], folded[cut:]


def words_of(folded: str) -> list[str]:
    """The words of folded text, in their order; placeholders are none."""
    return WORD.findall(_PLACEHOLDER.sub(" ", folded))


def small(text: str) -> str:
    """`text` in small letters, as words are counted and listed.

    Python makes two characters of the Turkish capital I, of which the second is no letter.
    """
    return text.lower().replace("i\u0307", "i")


def word_tail(text: str) -> str:
    """The word that ends at the end of `text`, "" where none does."""
    match = _WORD_TAIL.search(text, max(0, len(text) - 100, text.rfind(" ") + 1))
    return match.group() if match else ""


def is_word_character(character: str) -> bool:
    """True for letters, digits, ' and - (the measure's definition of a word)."""
    return character.isalnum() or character in "'-"
