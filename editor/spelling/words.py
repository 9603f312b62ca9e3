"""What of a paragraph is a word to look up: prose, and nothing that only looks like it.

Addresses, paths, numbers, code and names in capitals are left alone: a dictionary knows none of
them. Pure; it refuses to know whether a word is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

import regex

_LETTERS = r"[\p{L}\p{M}\p{N}\p{Pc}\u00ad]+"
_WORD = regex.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
_HYPHENS = "-\u2010\u2011"
_COMPOUND = regex.compile(rf"{_WORD.pattern}(?:[{_HYPHENS}]{_WORD.pattern})*")
_QUOTED_CODE = re.compile(r"`[^`]+`")
_CHUNK = re.compile(r"\S+")
# What no prose has in the midst of it: mail and web addresses, file names, paths, options, markup.
_TECHNICAL = regex.compile(
    r"[@_\\={}<>|$^~#]|://|::|->|\(\)|\w\.\w|^www\.|^--?\w|^[\"'(]*\.{0,2}/\w|/.*/"
)
_LONGEST_CHUNK = 200  # characters without a blank: nobody writes such a word
_LONGEST = 50
# These are written without blanks between words: each run of them would be one wrong word.
_UNPARTED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
_NO_LETTERS = regex.compile(r"[\p{N}\p{Pc}]")
# Words that have lost their beginning, which dictionaries seldom have: 'tis, 'em.
_CLIPPED = frozenset("bout cause em n neath round til tis twas tween twere twill twould".split())
_PLAIN = str.maketrans({"’": "'", "\u00ad": None})


class Word(NamedTuple):
    """A word from `start` to `end` of its paragraph, in Python's characters.

    `form` is how a dictionary has it: apostrophes straight, no soft hyphens, composed letters;
    `whole` is the word with hyphens that it is a part of, itself where it is none.
    """

    start: int
    end: int
    form: str
    whole: str


@lru_cache(maxsize=256)  # of all paragraphs that are painted again, one has changed
def words(paragraph: str) -> tuple[Word, ...]:
    """The words to look up, in their order."""
    if "`" in paragraph:
        paragraph = _QUOTED_CODE.sub(lambda code: " " * len(code.group()), paragraph)
    return tuple(
        Word(chunk.start() + start, chunk.start() + end, form, whole)
        for chunk in _CHUNK.finditer(paragraph)
        for start, end, form, whole in _words(chunk.group())
    )


@lru_cache(maxsize=5000)  # and of its words, one or two: this is done between key and paint
def _words(chunk: str) -> tuple[Word, ...]:
    if len(chunk) > _LONGEST_CHUNK or _TECHNICAL.search(chunk):
        return ()
    return tuple(_parts(chunk))


def _parts(chunk: str) -> Iterator[Word]:
    for compound in _COMPOUND.finditer(chunk):
        whole = as_listed(compound.group())
        for part in _WORD.finditer(chunk, compound.start(), compound.end()):
            form = as_listed(part.group())
            clipped = chunk[part.start() - 1 : part.start()] in ("'", "’") and form in _CLIPPED
            if _is_prose(form) and not clipped:
                yield Word(part.start(), part.end(), form, whole)


def as_listed(word: str) -> str:
    """A word as dictionaries and lists have it."""
    plain = word.translate(_PLAIN)
    return plain if plain.isascii() else normalize("NFC", plain)


def _is_prose(form: str) -> bool:
    if not 1 < len(form) <= _LONGEST or form[1:] != form[1:].lower():
        return False  # one letter, or a name in capitals: NASA, PDFs, McDonald, iPhone
    if form.isascii() and form.isalpha():
        return True
    return not _NO_LETTERS.search(form) and not _UNPARTED.search(form)
