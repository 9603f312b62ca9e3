from __future__ import annotations

import shutil
import sys
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend

from model.base import BaseModel
from model.findings import Finding
from model.installation import findings
from model.profile.journal import Journal
from model.profile.store import Profile


def looked_at(profile: Path, base: Path) -> dict[str, Finding]:
    return {finding.what: finding for finding in findings(profile, base)}


def test_a_whole_installation(tmp_path: Path, toy_base_folder: Path, toy_base: BaseModel) -> None:
    found = looked_at(tmp_path / "profile", toy_base_folder)
    assert [found[what].state for what in ("Model", "Suggestions", "Profile")] == ["ok"] * 3
    assert toy_base.digest[:16] in found["Model"].words
    assert f"{len(toy_base.words):,} words" in found["Model"].words
    assert str(tmp_path / "profile") in found["Profile"].words
    assert not (tmp_path / "profile").exists(), "a check makes nothing"


def test_a_damaged_model_is_named_with_a_way_out(tmp_path: Path, toy_base_folder: Path) -> None:
    shutil.copytree(toy_base_folder, tmp_path / "base")
    weights = tmp_path / "base" / "weights.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    found = looked_at(tmp_path / "profile", tmp_path / "base")
    assert (found["Model"].state, found["Suggestions"].state) == ("broken", "broken")
    assert "checksum differs" in found["Model"].words
    assert "Reinstall Foretype" in found["Model"].words


def test_what_was_learnt_is_counted_and_its_key_named(
    tmp_path: Path, toy_base_folder: Path
) -> None:
    with Profile.open(tmp_path / "profile") as profile:
        Journal(profile)
    found = looked_at(tmp_path / "profile", toy_base_folder)
    assert found["Profile"].state == "ok"
    assert "0 lessons" in found["Profile"].words
    assert "key" in found["Profile"].words
    assert found["Privacy"] == Finding("Privacy", "ok", "only you can read the profile")


@pytest.mark.skipif(sys.platform == "win32", reason="other rights")
def test_rights_of_others_are_found(tmp_path: Path, toy_base_folder: Path) -> None:
    with Profile.open(tmp_path / "profile"):
        pass
    (tmp_path / "profile" / "profile.db").chmod(0o644)
    found = looked_at(tmp_path / "profile", toy_base_folder)["Privacy"]
    assert found.state == "broken"
    assert "profile.db" in found.words
    assert "chmod" in found.words


def test_a_key_that_is_lost_is_said(tmp_path: Path, toy_base_folder: Path, home: Path) -> None:
    with Profile.open(tmp_path / "profile") as profile:
        Journal(profile)
    for key in (home / "config" / "foretype" / "keys").iterdir():
        key.unlink()
    found = looked_at(tmp_path / "profile", toy_base_folder)["Profile"]
    assert found.state == "broken"
    assert "key" in found.words


def test_a_passphrase_is_said_and_not_asked_for(
    tmp_path: Path, toy_base_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.profile.passphrases._COST", 10)
    with Profile.open(tmp_path / "profile") as profile:
        profile.set_passphrase("one", None)
    found = looked_at(tmp_path / "profile", toy_base_folder)["Profile"]
    assert (found.state, "only with your passphrase" in found.words) == ("ok", True)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, toy_base_folder: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    found = looked_at(tmp_path / "file" / "profile", toy_base_folder)["Profile"]
    assert found.state == "broken"
    assert "--profile" in found.words


class Safe(KeyringBackend):
    priority = 5  # type: ignore[assignment]
    name = "A safe"  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a check keeps nothing")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("a check deletes nothing")


@pytest.mark.parametrize(
    ("backend", "state", "words"),
    [
        (Safe(), "ok", "A safe keeps the key"),
        (keyring.backends.fail.Keyring(), "note", "this system has none"),
    ],
)
def test_the_keyring_is_named(
    backend: KeyringBackend,
    state: str,
    words: str,
    tmp_path: Path,
    toy_base_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FORETYPE_NO_KEYRING")
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    found = looked_at(tmp_path / "profile", toy_base_folder)["Keyring"]
    assert found.state == state
    assert words in found.words
