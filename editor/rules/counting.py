"""How much a text is, as people count it: words, characters, paragraphs, minutes of reading.

It goes by the lines of a text, none of which is longer than a paragraph, so that what is known of
the others stays. It refuses to know where a text comes from and who looks at the figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import regex

# Where a word begins by the rules of Unicode (UAX #29) that need no dictionary, if there is a
# letter or a digit in it. Katakana, which these take by the run, count singly as Han and Hiragana
# do; Thai, which has no blanks, counts by its syllables.
_WORD = regex.compile(r"(?w)\p{WB=Katakana}|\b_*[^\W_]")
# A character as a reader sees it may be several of Unicode's, but only where there is one of these.
_JOINED = regex.compile(r"[^\p{GCB=Other}\p{GCB=Control}]")
_CHARACTER = regex.compile(r"\X")
# Silent reading of English non-fiction by adults, the mean of 190 studies: Brysbaert, "How many
# words do we read per minute?", Journal of Memory and Language 109 (2019).
WORDS_A_MINUTE = 238


class Count(NamedTuple):
    """What there is of a text; the line ends are no characters, and empty lines no paragraphs."""

    words: int = 0
    characters: int = 0
    without_spaces: int = 0
    paragraphs: int = 0


def count(line: str, *, begins: bool = True) -> Count:
    """What there is of one line; `begins`: else it goes on the paragraph of the line before."""
    characters = len(line)
    if not line.isascii() and _JOINED.search(line):
        characters = sum(1 for _ in _CHARACTER.finditer(line))
    spaces = len(line) - len("".join(line.split()))
    paragraphs = int(begins and spaces < len(line))
    return Count(len(_WORD.findall(line)), characters, characters - spaces, paragraphs)


def together(counts: Iterable[Count]) -> Count:
    """What there is of several texts."""
    return Count(*map(sum, zip(*counts, strict=True)))


def minutes(words: int) -> int:
    """How many minutes it takes to read so many words; 0 where it is not one."""
    return 0 if words < WORDS_A_MINUTE else round(words / WORDS_A_MINUTE)
