"""A document's text as the network reads it, with a map of the positions.

`fold` knows other characters; this knows a document: soft line ends read as spaces, addresses
as placeholders, quote marks of mail and marks of Markdown not at all. For text as the corpus
has it the two are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.text.addresses import addresses, ends_in_address
from model.text.edits import Edit, apart, apply, moved
from model.text.folding import FOLDS, compositions
from model.text.wraps import wraps

_SPACES = "".join(key for key, fold in FOLDS.items() if fold == " ") + " "
_NOTHING = "".join(key for key, fold in FOLDS.items() if not fold)
_ENDS = "".join(key for key, fold in FOLDS.items() if fold == "\n") + "\n"
_BLANK = _SPACES + _NOTHING + _ENDS
_CHARACTERS = {key for key, fold in FOLDS.items() if fold.strip()}
_OTHER = "".join(_CHARACTERS)
# A quote, or a run of blanks that is more than one plain space; one set of characters comes
# first, for the search is ten times as fast then.
_CHANGED = re.compile(
    rf"[{_OTHER}{_BLANK}](?:(?<=[{_OTHER}])|(?<= )[{_BLANK}]+|(?<=[^ {_OTHER}])[{_BLANK}]*)"
)
# How a line begins: blank lines, quote marks, the mark of a heading.
_LINE_START = re.compile(rf"[{_BLANK}>]*(?:#{{1,6}}[{_SPACES}]+)?")
_IS_END = re.compile(rf"[{_ENDS}]")
# Bold: each mark by itself. Emphasis and code: in pairs only, for a single mark may be anything.
_BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*`])([*_`])(?=[^\s*_`])[^*_`\n]{0,200}?(?<=[^\s])\1(?![\w*_`])")


@dataclass(frozen=True, slots=True)
class View:
    """What the network reads of a text.

    `width` is the column at which the text is hard-wrapped where it ends, 0 if it is not;
    `in_address` tells that it ends in an address that may go on.
    """

    text: str
    edits: tuple[Edit, ...]
    width: int = 0
    in_address: bool = False

    def place(self, position: int) -> int:
        """Where a position of the document's text lies in the view."""
        return moved(position, self.edits)


def view(text: str) -> View:
    """Read a text that ends at the caret; all but its end stays as it is when more is typed."""
    wrapped = wraps(text)
    edits = [*_folds(text, wrapped.soft), *_marks(text), *compositions(text)]
    # An address at the very end may go on: only what stands behind it completes it.
    edits += (edit for edit in addresses(text) if edit.end < len(text))
    kept = apart(edits)
    return View(apply(text, kept), tuple(kept), wrapped.width, ends_in_address(text))


def _folds(text: str, soft: frozenset[int]) -> Iterator[Edit]:
    """The first space, and what one character or a run of blanks is read as."""
    done = _behind_marks(text, 0)
    yield Edit(0, done, " ")
    for match in _CHANGED.finditer(text):
        start, end = max(done, match.start()), match.end()
        found = text[start:end]
        if found in _CHARACTERS:
            yield Edit(start, end, FOLDS[found])
        elif _IS_END.search(found):
            done = _behind_marks(text, end)
            is_soft = text.find("\n", start, end) in soft
            yield Edit(start, done, _space(text, start, done) if is_soft else "\n ")
        elif found:
            yield Edit(start, end, " " if found.strip(_NOTHING) else "")


def _behind_marks(text: str, start: int) -> int:
    """Where the text of a line begins, behind the marks that it begins with."""
    match = _LINE_START.match(text, start)
    return match.end() if match else start


def _space(text: str, start: int, end: int) -> str:
    """What a soft line end is read as: a word may be broken behind its hyphen."""
    broken = text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha()
    return "" if broken and text[end : end + 1].islower() else " "


def _marks(text: str) -> Iterator[Edit]:
    if "**" in text:
        yield from (Edit(*match.span()) for match in _BOLD.finditer(text))
    if "*" in text or "_" in text or "`" in text:
        for match in _EMPHASIS.finditer(text):
            yield Edit(match.start(), match.start() + 1)
            yield Edit(match.end() - 1, match.end())
