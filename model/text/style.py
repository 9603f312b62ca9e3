"""The way back: what is added to a text, written as the text itself is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from model.text.folding import compositions

_RECENT = 2000  # characters whose style counts
# Behind these a quotation opens; anywhere else it closes.
_OPENS_BEHIND = frozenset(" \t\n\u00a0\u202f([{\u2014\u2013-/\u2018'")
_NO_BREAK = re.compile("[^\\W\\d_]([\u00a0\u202f])[;:!?\u00bb]")
_BEFORE_MARK = re.compile(" (?=[;:!?\u00bb])")


def style_of(text: str) -> Callable[[str], str]:
    """How to write what is added at the end of `text`, given in the network's plain characters.

    Apostrophes, quotation marks, ellipses and the no-break space that French has before some
    marks become those that the text uses itself, if it uses them more often than the plain ones;
    and accents become characters of their own where they are that more often.
    """
    recent = text[-_RECENT:]
    changes: list[Callable[[str], str]] = []
    if recent.count("\u2026") > recent.count("..."):
        changes.append(lambda added: added.replace("...", "\u2026"))
    if recent.count("\u2019") > recent.count("'"):
        changes.append(lambda added: added.replace("'", "\u2019"))
    curly = sum(map(recent.count, "\u201c\u201d\u201e"))
    if curly > recent.count('"'):
        opening, closing = "\u201e\u201c" if "\u201e" in recent else "\u201c\u201d"
        before = text[-1:]
        changes.append(lambda added: _quoted(before, added, opening, closing))
    spaces = _NO_BREAK.findall(recent) if "\u00a0" in recent or "\u202f" in recent else []
    if spaces:
        changes.append(lambda added: _BEFORE_MARK.sub(spaces[-1], added))
    if (marked := len(compositions(recent))) and marked > _composed(recent):
        changes.append(lambda added: unicodedata.normalize("NFD", added))
    return lambda added: _all(changes, added)


def _composed(text: str) -> int:
    """How many letters are one character with their marks."""
    return sum(unicodedata.decomposition(one)[:1] not in {"", "<"} for one in text)


def _all(changes: list[Callable[[str], str]], added: str) -> str:
    for change in changes:
        added = change(added)
    return added


def _quoted(before: str, added: str, opening: str, closing: str) -> str:
    """`added` behind the character `before`, each plain quotation mark opening or closing."""
    written = before
    for character in added:
        opens = not written or written[-1] in _OPENS_BEHIND
        written += character if character != '"' else opening if opens else closing
    return written[len(before) :]
