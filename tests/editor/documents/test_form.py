from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.documents.errors import Unencodable
from editor.documents.form import Form, joined, parted

PARTS = ["a", "é", "\U0001f600", "\n", "\r\n", "\r", "\u2028", "\u2029", "\ufeff", "\x0c", "\0"]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)
BYTES = TEXTS.map(str.encode) | st.lists(
    st.sampled_from([b"a", b"\n", b"\r\n", b"\r", b"\xff", b"\x80\xc3", b"\xc3\xa9", b"\0"])
).map(b"".join)


@given(BYTES)
def test_what_was_not_changed_is_written_back_byte_for_byte(data: bytes) -> None:
    text, form = parted(data)
    assert "\r" not in text
    assert joined(text, form) == data


@given(TEXTS, st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"]))
def test_wide_encodings_too(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert joined(*parted(data)) == data


@pytest.mark.parametrize(
    ("data", "edit", "expected"),
    [
        (b"a\r\nb\nc\rd", ("b", "B1\nB2"), b"a\r\nB1\nB2\nc\rd"),
        (b"a\r\nb\r\nc\nd\n", ("b\n", ""), b"a\r\nc\nd\n"),
        (b"a\r\nb\r\nc\nd\n", ("d", "D"), b"a\r\nb\r\nc\nD\n"),
        (b"\xef\xbb\xbfa\r\nb", ("a", "x\ny"), b"\xef\xbb\xbfx\r\ny\r\nb"),
        (b"a\rb", ("b", "b\n"), b"a\rb\r"),
        (b"a\n", ("a\n", ""), b""),
        (b"gr\xfc\xdfe, na\xefve", ("n", "N"), b"gr\xfc\xdfe, Na\xefve"),
        (b"good \xff\xfe\x80 bad\0", ("good", "gut"), b"gut \xff\xfe\x80 bad\0"),
        ("\ufeffä\r\n".encode("utf-16-le"), ("ä", "öö"), "\ufefföö\r\n".encode("utf-16-le")),
    ],
)
def test_an_edit_leaves_the_other_bytes_alone(
    data: bytes, edit: tuple[str, str], expected: bytes
) -> None:
    text, form = parted(data)
    assert joined(text.replace(*edit), form) == expected


@given(BYTES, st.text(alphabet="ab\n", max_size=12))
@example(b"\ra\n", "\n\n")  # ends that would run together
def test_any_text_can_be_written_in_any_form(data: bytes, text: str) -> None:
    _, form = parted(data)
    assert parted(joined(text, form), form.encoding)[0] == text


def test_line_ends_and_encodings_can_be_chosen() -> None:
    text, form = parted(b"a\r\nb\nc\r\xe9")
    assert form.name == "Windows-1252 · mixed"
    assert joined(text, form.with_line_end("\r\n")) == b"a\r\nb\r\nc\r\n\xe9"
    form = form.with_line_end("\n").with_encoding("utf-8", marked=True)
    assert form.name == "UTF-8 BOM · LF"
    assert joined(text, form) == "\ufeffa\nb\nc\né".encode()
    wide = form.with_encoding("utf-16-le", marked=True)
    assert (wide.name, joined("a", wide)) == ("UTF-16 LE · LF", b"\xff\xfea\0")


def test_a_character_that_the_encoding_lacks_is_named() -> None:
    with pytest.raises(Unencodable, match="“€” cannot be written in ISO 8859-2") as caught:
        joined("10 €, ", Form("iso8859_2"))
    assert caught.value.character == "€"


def test_half_an_emoji_costs_itself_not_the_text() -> None:
    assert joined("x\ud83dy\n", Form(marks="\ufeff", line_end="\r\n")) == b"\xef\xbb\xbfx?y\r\n"


def test_what_is_told_is_believed_only_where_it_fits() -> None:
    assert parted("Ж".encode("cp1251"), "cp1251")[0] == "Ж"
    assert parted(b"\xff\x81\0", "utf-8")[1].stand_ins
