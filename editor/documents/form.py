"""What a file holds besides the lines the user sees, so that it can be written back as it was.

Encoding, byte-order mark and line ends, also mixed ones. A text that nobody touched gives the
same bytes again; where some of it was changed, the lines before and after keep their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from editor.documents.errors import Unencodable
from model.text.decoding import MARK, OLD_ENCODINGS, Decoded, decode, encode, read_as

LINE_ENDS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
# Everything at which Qt begins a new line; it would write each of them as one kind.
_LINE_END = re.compile("\r\n|[\n\r\u2029\ufdd0\ufdd1]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "cp1252": "Windows-1252",
    "iso8859_2": "ISO 8859-2",
    "iso8859_15": "ISO 8859-15",
}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", *OLD_ENCODINGS)


@dataclass(frozen=True, slots=True)
class Form:
    """How a text is written in its file."""

    encoding: str = "utf-8"
    marks: str = ""  # the byte-order mark, as often as it stands there
    line_end: str = "\n"
    stand_ins: int = 0  # where not 0: some bytes were none of the encoding's
    # Only for a file with mixed line ends: its lines as they were, and the end of each.
    lines: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the status bar says."""
        ends = "mixed" if self.ends else LINE_ENDS[self.line_end]
        marks = " BOM" if self.marks and self.encoding == "utf-8" else ""
        damage = ", damaged" if self.stand_ins else ""
        return f"{encoding_name(self.encoding)}{marks}{damage} · {ends}"

    def with_line_end(self, line_end: str) -> Form:
        """All lines end alike from now on."""
        return replace(self, line_end=line_end, lines=(), ends=())

    def with_encoding(self, encoding: str, *, marked: bool) -> Form:
        """To be written in another encoding; bytes that were none of the old one's go with it."""
        return replace(self, encoding=encoding, marks=MARK if marked else "", stand_ins=0)


def encoding_name(encoding: str) -> str:
    """An encoding's name as people know it."""
    return _NAMES.get(encoding) or encoding.replace("_", "-").replace("cp", "Windows-").title()


def parted(raw: bytes, encoding: str | None = None) -> tuple[str, Form]:
    """The text of a file with plain line ends, and its form.

    Where `encoding` is told but the bytes are none of it, they go by what they look like.
    """
    found = (read_as(raw, encoding) if encoding else None) or decode(raw)
    text, line_end, lines, ends = _lines_of(found)
    return text, Form(found.encoding, found.marks, line_end, found.stand_ins, lines, ends)


def joined(text: str, form: Form) -> bytes:
    """The bytes of a text in this form; Unencodable where it does not have such a character."""
    if form.ends:
        text = _with_mixed_ends(text, form)
    elif form.line_end != "\n":
        text = text.replace("\n", form.line_end)
    text = form.marks + text
    try:
        return encode(text, form.encoding, form.stand_ins)
    except UnicodeEncodeError as error:
        if not _HALF_CHARACTER.search(text):
            raise Unencodable(text[error.start], encoding_name(form.encoding)) from None
    # Half an emoji is no text in any encoding; it costs itself, not the rest.
    return joined(_HALF_CHARACTER.sub("?", text), replace(form, marks="", line_end="\n", ends=()))


def _lines_of(found: Decoded) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    text = found.text
    ends = tuple(_LINE_END.findall(text))
    kinds = set(ends)
    if not kinds or kinds <= {"\n"}:
        return text, "\n", (), ()
    if len(kinds) == 1 and ends[0] in LINE_ENDS:
        return text.replace(ends[0], "\n"), ends[0], (), ()
    lines = tuple(_LINE_END.split(text))
    return "\n".join(lines), max(LINE_ENDS, key=ends.count), lines, ends


def _with_mixed_ends(text: str, form: Form) -> str:
    """Lines before and after what was changed keep their own ends; the others get the usual."""
    lines = text.split("\n")
    shorter = min(len(lines), len(form.lines))
    head = 0
    while head < shorter and lines[head] == form.lines[head]:
        head += 1
    tail = 0
    while tail < shorter - head and lines[-1 - tail] == form.lines[-1 - tail]:
        tail += 1
    # A line of the unchanged tail keeps the end before it, and so does the last of the head.
    count = len(lines) - 1
    first = min(head, count, len(form.ends))
    last = min(tail, count - first, len(form.ends) - first)
    usual = [form.line_end] * (count - first - last)
    ends = [*form.ends[:first], *usual, *form.ends[len(form.ends) - last :], ""]
    for place, end in enumerate(ends[:-1]):
        if end == "\r" and not lines[place + 1] and ends[place + 1][:1] == "\n":
            ends[place] = "\n"  # the two would be read as one line end
    return "".join(line + end for line, end in zip(lines, ends, strict=True))
