from __future__ import annotations

import hashlib

import pytest

from model.errors import PassphraseNeeded, ProfileError, WrongPassphrase
from model.profile.passphrases import KEY_BYTES, KeyRecord, new_record, parse

SECRET = "5c" * KEY_BYTES


def test_without_a_passphrase_the_key_itself_is_kept() -> None:
    record, key = new_record(None)
    assert record.text() == key.hex()
    assert not record.sealed
    assert record.key(None) == record.key("whatever") == key
    assert parse(f"{record.text()}\n", "It") == record


def test_with_one_only_the_passphrase_gives_the_key() -> None:
    record, key = new_record("correct horse")  # at its full cost
    assert key.hex() not in record.text()
    assert parse(record.text(), "It").key("correct horse") == key
    with pytest.raises(WrongPassphrase, match="not the right passphrase"):
        record.key("Correct horse")
    with pytest.raises(PassphraseNeeded, match="only with your passphrase"):
        record.key(None)
    # RFC 7914 as the library has it: who reads the record knows what a guess costs.
    expected = hashlib.scrypt(
        b"correct horse", salt=record.secret, n=1 << 17, r=8, p=1, maxmem=1 << 28, dklen=48
    )
    assert (key, record.check) == (expected[:32], expected[32:])


@pytest.mark.usefixtures("cheap_guesses")
def test_the_same_letters_are_the_same_passphrase() -> None:
    record, key = new_record("caf\u00e9 \udcff")
    assert record.key("cafe\u0301 \udcff") == key
    assert new_record("caf\u00e9 \udcff")[1] != key  # each has a secret of its own


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(ProfileError, match="protects nothing"):
        new_record("")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "scrypt",
        f"scrypt 17 {SECRET}",
        f"scrypt 31 {SECRET} {'00' * 16}",  # would take two terabytes
        f"scrypt 17 {SECRET} {'00' * 15}",
        f"{SECRET}00",
    ],
)
def test_a_damaged_record_is_refused(text: str) -> None:
    with pytest.raises(ProfileError, match="It is damaged"):
        parse(text, "It")
    assert parse(f"scrypt 17 {SECRET} {'00' * 16}", "It") == KeyRecord(
        bytes.fromhex(SECRET), bytes(16), 17
    )
