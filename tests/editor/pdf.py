"""Reads back what Qt wrote into a PDF: enough of it to know what stands on each page."""

from __future__ import annotations

import re
import unicodedata
import zlib

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*)\n?endstream", re.DOTALL)
_RANGE = re.compile(rb"<(\w{4})> <(\w{4})> (\[.*?\]|<\w+>)", re.DOTALL)
_WRITTEN = re.compile(rb"BT\n/F(\d+) .*? Tm\n[\d.-]+ ([\d.-]+) Td (.*?)ET", re.DOTALL)
_GLYPHS = re.compile(rb"<(\w+)> Tj")


def pages(data: bytes) -> list[list[str]]:
    """What is written on each page, line by line."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    found = []
    for body in objects.values():
        content = re.search(rb"/Type /Page\n.*?/Contents (\d+) 0 R", body, re.DOTALL)
        if content:
            found.append(_lines(_stream(objects[int(content[1])]), objects))
    return found


def contents(data: bytes) -> list[bytes]:
    """How each page is painted, in the words of the format."""
    bodies = [_stream(body) for _, body in _OBJECT.findall(data) if _STREAM.search(body)]
    return [body for body in bodies if b"\nBT\n" in body]


def _lines(content: bytes, objects: dict[int, bytes]) -> list[str]:
    """What stands at one height is a line, though Qt writes a long one in several parts."""
    lines: dict[bytes, str] = {}
    for font, height, written in _WRITTEN.findall(content):
        letters = _letters(int(font), objects)
        glyphs = b"".join(_GLYPHS.findall(written)).decode()
        text = "".join(letters.get(glyphs[at : at + 4], "�") for at in range(0, len(glyphs), 4))
        # For Qt the glyph of a blank stands for a tab.
        text = unicodedata.normalize("NFKC", text).replace("\t", " ")
        lines[height] = lines.get(height, "") + text
    return list(lines.values())


def _letters(font: int, objects: dict[int, bytes]) -> dict[str, str]:
    """The letter that each glyph of a font stands for."""
    link = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert link
    letters: dict[str, str] = {}
    for start, end, codes in _RANGE.findall(_stream(objects[int(link[1])])):
        first, last = int(start, 16), int(end, 16)
        listed = [bytes.fromhex(code) for code in re.findall(r"<(\w+)>", codes.decode())]
        for place in range(last - first + 1):
            if codes.startswith(b"["):
                letter = listed[place].decode("utf-16-be", "replace")
            else:
                letter = chr(int.from_bytes(listed[0]) + place)
            letters[f"{first + place:04X}"] = letter
    return letters


def _stream(body: bytes) -> bytes:
    packed = _STREAM.search(body)
    assert packed
    try:
        return zlib.decompress(packed[1])
    except zlib.error:
        return packed[1]
