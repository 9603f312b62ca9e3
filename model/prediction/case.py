"""Case follows what was typed: `Tom` may become `Tomorrow`, `TOM` `TOMORROW`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from model.prediction.search import Found, Word

_DISCOUNT = 0.3  # of a word that its writer capitalised though the model would not


def plain_form(typed: str) -> str | None:
    """The typed letters in lower case; None where they are, or mix cases like `iPh`."""
    letters = typed.strip()
    lower = typed.lower()
    usual = letters.isupper() or (letters[:1].isupper() and letters[1:].islower())
    return lower if usual and lower != typed and len(lower) == len(typed) else None


def with_plain(
    found: Found, plain: Found, typed: str, known: Callable[[str], bool], n: int
) -> Found:
    """The words found for the letters as `typed`, and those for their `plain_form` in that case.

    The latter have what the former leave of certainty, at most; `known` says of the text of a
    word, as it would stand there, whether it may be shown: in capitals it may be somebody's name.
    """
    loud = len(typed.strip()) > 1 and typed.strip().isupper()
    in_case: Callable[[str], str] = str.upper if loud else str
    there = {word.insert for word in found.words}
    left = 1 - found.complete - sum(word.probability for word in found.words)
    share = max(0.0, min(_DISCOUNT, left))
    others = [
        replace(word, insert=in_case(word.insert), probability=share * word.probability)
        for word in plain.words
        if in_case(word.insert) not in there and known(typed + in_case(word.insert))
    ]
    ranked = sorted([*found.words, *others], key=_likeliest_first)[:n]
    return replace(found, words=tuple(ranked))


def _likeliest_first(word: Word) -> float:
    return -word.probability
