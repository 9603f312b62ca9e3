from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.text.decoding import Decoded, decode, encode, read_as

GERMAN = "Die schöne Müllerin geht über die Straße.\n"
RUSSIAN = "Привет, как дела сегодня утром? Всё хорошо, спасибо.\n"


def back(found: Decoded) -> bytes:
    return encode(found.marks + found.text, found.encoding, found.stand_ins)


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        (GERMAN.encode(), "utf-8", GERMAN),
        (b"\xef\xbb\xbf" + GERMAN.encode(), "utf-8", GERMAN),
        (GERMAN.encode("utf-16"), "utf-16-le", GERMAN),
        (GERMAN.encode("utf-16-be"), "utf-16-be", GERMAN),
        (GERMAN.encode("utf-16-le"), "utf-16-le", GERMAN),
        (GERMAN.encode("utf-32"), "utf-32-le", GERMAN),
        (GERMAN.encode("latin-1"), "cp1252", GERMAN),
        ("“Hello” – it’s a café.".encode("cp1252"), "cp1252", "“Hello” – it’s a café."),
        ("café crème, naïve\n".encode("latin-1"), "cp1252", "café crème, naïve\n"),
        ("Příliš žluťoučký kůň úpěl\n".encode("cp1250"), "cp1250", "Příliš žluťoučký kůň úpěl\n"),
        (RUSSIAN.encode("cp1251"), "cp1251", RUSSIAN),
        ((RUSSIAN * 5).encode("koi8-r"), "koi8_r", RUSSIAN * 5),
        ("これは日本語の文章です。今日は天気がいい。".encode("cp932"), "cp932", None),
        (b"", "utf-8", ""),
        (b"a\0b", "utf-8", "a\0b"),
    ],
)
def test_known_encodings(raw: bytes, encoding: str, text: str | None) -> None:
    found = decode(raw)
    assert found.encoding == encoding
    assert text is None or found.text == text
    assert found.stand_ins == 0
    assert back(found) == raw


def test_marks_are_kept_beside_the_text() -> None:
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfx").marks == "\ufeff\ufeff"
    assert decode("x".encode("utf-16")).marks == "\ufeff"
    assert decode("x".encode("utf-16-le")).marks == ""


def test_damaged_text_stays_readable_and_its_bytes_are_kept() -> None:
    raw = "Grüße,\n".encode() + b"\xff\xfe\x80" + b" und mehr\0\x01"
    found = decode(raw)
    assert found.text.startswith("Grüße,\n")
    assert found.text.endswith(" und mehr\0\x01")
    assert found.stand_ins
    assert back(found) == raw
    edited = "Liebe " + found.text
    assert encode(edited, found.encoding, found.stand_ins) == b"Liebe " + raw


def test_characters_that_stand_for_bytes_are_not_in_the_text() -> None:
    raw = "".join(chr(code) for code in range(0xE000, 0xF000)).encode() + b"\xff"
    assert back(decode(raw)) == raw


@settings(max_examples=25)
@given(st.binary(max_size=300))
def test_any_bytes_come_back(raw: bytes) -> None:
    assert back(decode(raw)) == raw


@settings(max_examples=25)
@given(st.text(max_size=80), st.sampled_from(["utf-8", "utf-16", "cp1252", "cp1251", "gb18030"]))
def test_any_text_comes_back(text: str, encoding: str) -> None:
    raw = text.encode(encoding, "ignore")
    assert back(decode(raw)) == raw


def test_an_encoding_can_be_told() -> None:
    raw = RUSSIAN.encode("cp1251")
    assert read_as(raw, "cp1251") == Decoded(RUSSIAN, "cp1251")
    assert read_as(raw, "utf-8") is None
    assert read_as(raw, "no such encoding") is None


def test_what_an_encoding_lacks_is_refused_and_not_replaced() -> None:
    with pytest.raises(UnicodeEncodeError):
        encode("10 €", "latin-1")
