"""From bytes to text and back again, without losing one: the same rule for editor and `learn`.

UTF-8 and UTF-16 are known by their marks and their form, older encodings are guessed. What was
decoded can always be encoded to the same bytes: that is tried out before it is believed. Bytes
that no encoding explains each become a character of their own that stands for them.
"""

from __future__ import annotations

import codecs
import logging
from dataclasses import dataclass

MARK = "\ufeff"  # what a byte-order mark is in text
_WESTERN = "cp1252"
# The encodings that plain text was written in before UTF-8, as Python names them.
OLD_ENCODINGS = (
    *(_WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2"),
    *("iso8859_15", "koi8_r", "mac_roman", "cp437", "cp850", "cp932", "shift_jis", "euc_jp"),
    *("gb18030", "big5", "euc_kr"),
)
# In western languages these are all there is beside ASCII; others read as western have more.
_WESTERN_CHARACTERS = frozenset("ÄÖÜäöüßÉÈÀÇÑéèêëàâçîïôœùûñáíóúÅÆØåæø¿¡“”‘’„‚–—…€«»°§·•\xa0")
_UTF_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
# Characters for private use: a block of them that the text leaves free stands for odd bytes.
_BLOCKS = (*range(0xEF80, 0xDFFF, -0x80), *range(0xF0000, 0xF8000, 0x80))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was written.

    `marks` are the byte-order marks in front of it, which are not part of the text. `stand_ins`
    is 0 where all was understood, else the first of the characters that stand for the bytes
    0x80 to 0xff where they are none of the encoding's.
    """

    text: str
    encoding: str
    marks: str = ""
    stand_ins: int = 0


def decode(raw: bytes) -> Decoded:
    """The text in `raw`, by what its bytes look like."""
    for mark, encoding in _UTF_MARKS:
        if raw.startswith(mark) and (found := read_as(raw, encoding)):
            return found
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _with_stand_ins(raw)  # damaged, and no older encoding begins like this
    wide = _utf16_without_mark(raw) if b"\0" in raw[:_SAMPLE] else None
    return wide or read_as(raw, "utf-8") or _guessed(raw) or _with_stand_ins(raw)


def read_as(raw: bytes, encoding: str) -> Decoded | None:
    """The text in `raw` in this encoding; None where it is not, or would not come back."""
    try:
        text = raw.decode(encoding)
        if text.encode(encoding) != raw:
            return None
    except (UnicodeError, LookupError):
        return None
    body = text.lstrip(MARK)
    return Decoded(body, encoding, text[: len(text) - len(body)])


def encode(text: str, encoding: str, stand_ins: int = 0) -> bytes:
    """The bytes of a text; UnicodeEncodeError where the encoding has no such character."""
    if not stand_ins:
        return text.encode(encoding)
    back = {stand_ins + byte - 0x80: chr(0xDC00 + byte) for byte in range(0x80, 0x100)}
    return text.translate(back).encode(encoding, "surrogateescape")


def _utf16_without_mark(raw: bytes) -> Decoded | None:
    """Western letters in UTF-16 have a NUL in every other byte, and never in the others."""
    sample = raw[:_SAMPLE]
    if len(raw) % 2:
        return None
    nuls = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if nuls[1] > nuls[0] else "utf-16-be"
    if max(nuls) * 8 < len(sample) or min(nuls) * 50 > max(nuls):
        return None
    found = read_as(raw, encoding)
    return found if found and "\0" not in found.text else None


def _guessed(raw: bytes) -> Decoded | None:
    """The text in an older encoding, where it looks like one."""
    if b"\0" in raw:
        return None
    # Half a second, for the rare file that needs it.
    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    odd = next(place for place, byte in enumerate(raw) if byte > 0x7F)
    sample = raw[max(0, odd - _SAMPLE // 2) : odd + _SAMPLE // 2]
    best = from_bytes(sample, cp_isolation=list(OLD_ENCODINGS), enable_fallback=False).best()
    if best is None:
        return None
    # A short text fits several encodings: then it is the one that most files have.
    odd_ones = [one for one in sample.decode(_WESTERN, "replace") if not one.isascii()]
    western = len(odd_ones) <= 0.3 * len(sample) and _WESTERN_CHARACTERS.issuperset(odd_ones)
    return (read_as(raw, _WESTERN) if western else None) or read_as(raw, best.encoding)


def _with_stand_ins(raw: bytes) -> Decoded:
    text = raw.decode("utf-8", "surrogateescape")
    used = {ord(character) & ~0x7F for character in set(text)}
    block = next(block for block in _BLOCKS if block not in used)
    text = text.translate({0xDC00 + byte: chr(block + byte - 0x80) for byte in range(0x80, 0x100)})
    body = text.lstrip(MARK)
    return Decoded(body, "utf-8", text[: len(text) - len(body)], block)
