"""E-mail addresses and links: read as the placeholders that the corpus has in their place."""

from __future__ import annotations

import re

from model.text.edits import Edit

# With a scheme, or a host with a path; what the placeholder <url> stands for.
LINK = (
    r"(?:\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.)[^\s<>\"]+"
    r"|(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,10}/[^\s<>\"]*"
)
_URL = re.compile(LINK, re.IGNORECASE)
_MAY_HOLD_LINK = re.compile(r"[:.w](?://|ww\.|[a-z]{2,10}/)", re.IGNORECASE)  # a quick first look
_URL_TAIL = ".,;:!?'\")]}\u2019\u201d\u00ad\u200b\ufeff"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# An address that is being typed: nothing says yet where it ends. Of the letters that a link
# begins with, so many are those of hardly any other word; WW is a war.
_BEGINS = r"(?<![\w.+-])(?:https?|htt|www|(?-i:ww))"
_BEGUN = re.compile(
    rf"(?:(?<![\w.+-])[\w.+-]+@[\w.-]*|https?:\S*|www\.\S*|{_BEGINS}|{LINK})\Z", re.IGNORECASE
)
_LONGEST_TAIL = 300  # characters of one that are looked at


def addresses(text: str) -> list[Edit]:
    """The addresses of `text`, each to be replaced by its placeholder, in order and apart."""
    edits: list[Edit] = []
    if _MAY_HOLD_LINK.search(text):
        for match in _URL.finditer(text):
            end = match.start() + len(match.group().rstrip(_URL_TAIL))
            edits.append(Edit(match.start(), end, "<url>"))
    if "@" in text:
        for match in _EMAIL.finditer(text):
            start, end = match.span()
            if not any(edit.start < end and start < edit.end for edit in edits):
                edits.append(Edit(start, end, "<email>"))
    return sorted(edits)


def ends_in_address(text: str) -> bool:
    """Whether an address, or the beginning of a link, stands at the end of `text`."""
    tail = text[-_LONGEST_TAIL:]
    return tail[-1:].strip() != "" and _BEGUN.search(tail.split()[-1]) is not None
