"""Other people's data that a base model may have learnt: full names and long numbers.

A base has read letters and mail. It may offer a given name or a surname, each of which many
people bear, but not the two of them together, unless the pair is common knowledge: a place, an
institution, a public person, known from several sources that have nothing to do with each other
(resources/decency/names.txt). And it completes no number of five digits or more, as telephones,
accounts and postcodes have. What it cannot see: a surname before a given name, with a comma
between them, and a surname in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from model.errors import BaseModelError

_NAMES = Path(__file__).resolve().parents[2] / "resources" / "decency" / "names.txt"
LONG_NUMBER = 5  # digits
# The word before the caret's, with initials behind it: "John", "John F.", "J.", "J. K.".
_PREVIOUS = re.compile(r"([^\W\d_](?:[^\W_]|['\-])*)(\.?(?: [^\W\d_]\.)*) \Z")
# Digits with the marks that group them; a comma groups thousands and is none of them.
_NUMBER = re.compile(r"\d(?:(?:[ .\-/]|\) ?|\()?\d)*\Z")
_MANY_DIGITS = re.compile(rf"\d{{{LONG_NUMBER}}}")
_BRAND = re.compile(r"(?!Mc|Mac|De|Di|Du|La|Le|Fitz|Van|Von)[A-Z][a-z]+[A-Z]")
# Given names that are ordinary words as well.
GIVEN_NAMES = frozenset(
    """
    Abe Amber April Barb Bill Bob Buck Carol Chad Chase Chuck Constance Cory Crystal Daisy Dale
    Dawn Dean Dick Dolly Don Drew Duncan Earl Eve Faith Frank Gene Glen Glenn Grace Grant Guy
    Hank Harry Hazel Heather Herb Holly Hope Hunter Iris Ivy Jack Jasmine Jay Jean Jerry Jimmy
    Jock John Josh Joy June Ken Laurel Lee Lily Louis Luke Mark Matt Max May Melody Mike Miles
    Mona Nancy Neil Nick Norm Olive Pat Pearl Peg Penny Percy Pete Peter Poppy Randy Ray Rich
    Rick Rob Robin Roger Rose Rosemary Ross Rowan Ruby Sally Sandy Sapphire Scarlet Scott Shelly
    Sherry Sue Sunny Ted Terry Tiffany Tim Tom Tony Troy Victor Violet Wade Walker Warren Wayne
    Wes Will Willow Woody
    """.split()
)
# Ranks by frequency: an ordinary word's small form is about as frequent as the capitalised one.
_ORDINARY, _ANY_RANK = 2, 50
_NEAR = 40  # characters before a word that hold the one before it
_PRONOUN = re.compile(r"I(?:'|\Z)")
_NO_INITIAL = frozenset("AI")


class OthersData:
    """What the base knows of people and keeps to itself."""

    def __init__(self, words: Mapping[str, int], pairs: Collection[tuple[str, str]]) -> None:
        """`words` come with their ranks; `pairs` of capitals are common knowledge together."""
        self._ranks = words
        self._pairs = pairs

    def allows(self, before: str, word: str) -> bool:
        """Whether the base may offer `word` where `before` stands before it."""
        if not word.isalpha() and not self._allows_number(before, word):
            return False
        is_name = word[:1].isupper() and before.endswith(" ")
        return not is_name or self._allows_name(before, word)

    @staticmethod
    def _allows_number(before: str, word: str) -> bool:
        match = _NUMBER.search(before[-_NEAR:] + word.rstrip("'-"))
        digits = sum(character.isdigit() for character in match.group()) if match else 0
        return digits < LONG_NUMBER and not _MANY_DIGITS.search(word)

    def _allows_name(self, before: str, word: str) -> bool:
        previous, behind = _word_before(before)
        if not previous or _PRONOUN.match(word):
            return True
        surname = word.removesuffix("'s")
        if previous.isupper() and len(previous) > 1:
            if not word.isupper():
                return True  # an acronym, as in "US President"
            previous, surname = previous.capitalize(), surname.capitalize()
        initial = (previous if len(previous) == 1 else behind).strip(" .")[-1:]
        if initial:
            # Behind a letter and a full stop a sentence may begin, with an ordinary word.
            plain = self._is_ordinary(surname) or initial in _NO_INITIAL
            return plain and not (len(previous) > 1 and self._is_name(previous))
        if behind:
            return True  # a full stop: a title, or the end of a sentence
        capital = previous[0].upper() + previous[1:]
        return not self._is_name(previous) or (capital, surname) in self._pairs

    def _is_name(self, word: str) -> bool:
        """Whether a word may be somebody's name, by itself or as an ordinary word as well."""
        if word.endswith("'s") or _BRAND.match(word):
            return False
        capital = word[0].upper() + word[1:]
        if word != capital:  # as names are written in haste
            return capital in self._ranks and not self._is_ordinary(capital)
        return capital in GIVEN_NAMES or not self._is_ordinary(word)

    def _is_ordinary(self, word: str) -> bool:
        """Whether a capitalised word is mostly written small; names are too, now and then."""
        small = self._ranks.get(word.lower())
        capital = self._ranks.get(word)
        return small is not None and (capital is None or small < _ORDINARY * capital + _ANY_RANK)


@lru_cache(64)
def _word_before(text: str) -> tuple[str, str]:
    """The word that stands before what follows, and the initials behind it; the same for many."""
    match = _PREVIOUS.search(text, max(0, len(text) - _NEAR))
    return (match[1], match[2]) if match else ("", "")


@lru_cache(1)
def load_known_names() -> frozenset[tuple[str, str]]:
    """Read the pairs that ship with the program; BaseModelError where they are missing."""
    try:
        lines = _NAMES.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BaseModelError(f"{_NAMES} cannot be read. Reinstall Foretype.") from error
    pairs = (line.partition(" ") for line in lines if not line.startswith("#"))
    return frozenset((first, second) for first, _, second in pairs)
