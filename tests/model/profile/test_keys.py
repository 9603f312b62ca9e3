from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from model.errors import ProfileError
from model.profile import keys
from model.profile.passphrases import KEY_BYTES, KeyRecord, new_record
from tests.fake_keyring import FakeKeyring


def test_without_a_keyring_the_key_is_a_file_for_its_owner_alone(home: Path) -> None:
    key = keys.create_key("ab12")
    path = keys.key_file("ab12")
    assert len(key) == KEY_BYTES
    assert keys.find_records("ab12") == [KeyRecord(key)]
    assert home in path.parents
    assert str(path) in keys.describe_place("ab12")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_keys_differ_and_none_is_replaced() -> None:
    assert keys.create_key("one") != keys.create_key("two")
    with pytest.raises(ProfileError, match="cannot be written"):
        keys.create_key("one")


def test_the_keyring_is_used_where_there_is_one(ring: FakeKeyring) -> None:
    key = keys.create_key("ab12")
    assert ring.kept == {("foretype", "ab12"): key.hex()}
    assert not keys.key_file("ab12").exists()
    assert keys.find_records("ab12") == [KeyRecord(key)]
    assert keys.describe_place("ab12") == "the system keyring"
    keys.delete_key("ab12")
    assert ring.kept == {}
    assert keys.find_records("ab12") == []


def test_a_backend_that_keeps_nothing_is_no_keyring(ring: FakeKeyring) -> None:
    type(ring).priority = 0  # type: ignore[assignment]
    try:
        keys.create_key("ab12")
    finally:
        type(ring).priority = 5  # type: ignore[assignment]
    assert keys.key_file("ab12").exists()


def test_a_locked_keyring_is_an_error_and_nothing_is_made(ring: FakeKeyring) -> None:
    ring.locked = True
    for ask in (keys.create_key, keys.find_records):
        with pytest.raises(ProfileError, match="Unlock it"):
            ask("ab12")
    assert not keys.key_file("ab12").exists()


def test_a_keyring_that_keeps_nothing_is_noticed(ring: FakeKeyring) -> None:
    ring.forgetful = True
    with pytest.raises(ProfileError, match="did not keep"):
        keys.create_key("ab12")


def test_a_keyring_that_hangs_is_given_up(
    ring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_KEYRING_PATIENCE", 0.05)
    ring.delay = 0.3
    with pytest.raises(ProfileError, match="does not answer"):
        keys.find_records("ab12")


def test_a_damaged_key_is_told_apart_from_none() -> None:
    keys.create_key("ab12")
    keys.key_file("ab12").write_text("not a key", encoding="ascii")
    with pytest.raises(ProfileError, match="damaged"):
        keys.find_records("ab12")
    assert keys.find_records("other") == []


@pytest.mark.parametrize("in_ring", [True, False])
def test_what_follows_lies_beside_until_one_of_both_is_settled(
    in_ring: bool, request: pytest.FixtureRequest
) -> None:
    if in_ring:
        request.getfixturevalue("ring")
    first = KeyRecord(keys.create_key("ab12"))
    abandoned, second = new_record(None)[0], new_record(None)[0]
    for record in (abandoned, second):
        keys.keep_next("ab12", record)
        assert keys.find_records("ab12") == [first, record]
    keys.settle("ab12", first)
    assert keys.find_records("ab12") == [first]
    keys.keep_next("ab12", second)
    keys.settle("ab12", second)
    assert keys.find_records("ab12") == [second]
    keys.keep_next("ab12", first)
    keys.delete_key("ab12")
    assert keys.find_records("ab12") == []


def test_a_key_in_a_file_asks_no_keyring(
    ring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("FORETYPE_NO_KEYRING", "1")
        first = KeyRecord(keys.create_key("ab12"))
    ring.locked = True  # one that came later
    second = new_record(None)[0]
    keys.keep_next("ab12", second)
    assert keys.find_records("ab12") == [first, second]
    keys.settle("ab12", first)
    keys.keep_next("ab12", second)
    keys.settle("ab12", second)
    assert keys.find_records("ab12") == [second]
