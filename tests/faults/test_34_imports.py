"""Fault 34: a broken, foreign or malicious import is refused whole, and changes nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from model.errors import ProfileError
from model.messages import Lesson
from model.profile.exchange import export_profile, import_profile
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.word_lists import WordLists
from tests.faults.profiles import SENTENCES


def exported(path: Path, passphrase: str | None) -> bytes:
    with Profile.open(None) as other:
        Journal(other).append([Lesson(text, "a", (), 1.0) for text in SENTENCES])
        WordLists(other).put("zorblax", "added")
        export_profile(other, path, passphrase)
    return path.read_bytes()


def changed(content: bytes, **told: Any) -> bytes:
    return json.dumps(json.loads(content) | told).encode()


def lesson(**told: Any) -> list[dict[str, Any]]:
    sound = {"text": "Sound.", "document": None, "accepted": [], "when": 1.0}
    return [sound, sound | told]


def zipped(names: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return file.getvalue()


BAD: dict[str, Callable[[bytes], bytes]] = {
    "half": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "another version": lambda content: changed(content, version=2),
    "another program": lambda content: changed(content, format="words"),
    "zip that leaves its folder": lambda content: zipped({"../../profile.db": content}),
    "zip bomb": lambda content: zipped({"export.json": bytes(50_000_000)}),
    "nested for ever": lambda content: b'{"a":' * 100_000,
    "no lessons": lambda content: changed(content, lessons={"text": 1}),
    "a span outside": lambda content: changed(content, lessons=lesson(accepted=[[0, 99]])),
    "a span backwards": lambda content: changed(content, lessons=lesson(accepted=[[3, 1]])),
    "an endless lesson": lambda content: changed(content, lessons=lesson(text="x " * 50_000)),
    "no text": lambda content: changed(content, lessons=lesson(text=None)),
    "a time that is none": lambda content: changed(content, lessons=lesson(when="NaN")),
    "a list of numbers": lambda content: changed(content, blocked=[1, 2]),
    "not UTF-8": lambda content: content.replace(b"Tarethia", b"Tar\xffthia"),
}


def state(folder: Path) -> tuple[list[str], frozenset[str], int]:
    with Profile.open(folder, writable=False) as profile:
        texts = [record.text for record in Journal(profile).records()]
        return texts, WordLists(profile).words("added"), profile.size


def refused(folder: Path, file: Path, passphrase: str | None) -> str:
    before = state(folder)
    with Profile.open(folder) as profile, pytest.raises(ProfileError) as caught:
        import_profile(profile, file, passphrase)
    assert state(folder) == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Profile.open(tmp_path / "profile") as profile:
        Journal(profile).append([Lesson("Mine.", "b", (), 1.0)])
    return tmp_path / "profile"


@pytest.mark.parametrize("kind", BAD)
def test_34_a_bad_readable_file_is_refused_whole(folder: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "export.json"
    file.write_bytes(BAD[kind](exported(file, None)))
    assert "export.json" in refused(folder, file, None)


@pytest.mark.parametrize("kind", ["half", "flipped", "another's", "view", "more tables"])
def test_34_a_bad_encrypted_file_is_refused_whole(folder: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "export"
    content = exported(file, "pass")
    if kind == "half":
        file.write_bytes(content[: len(content) // 2])
    elif kind == "flipped":
        file.write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
    elif kind in ("view", "more tables"):
        connection = sqlcipher.connect(file, isolation_level=None)
        connection.execute("PRAGMA key = 'pass'")
        if kind == "view":
            connection.execute("DROP TABLE export")
            endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n"
            connection.execute(f"CREATE VIEW export AS {endless} WHERE x > 1")
        else:
            connection.execute("CREATE TABLE more (x)")
        connection.close()
    passphrase = "another" if kind == "another's" else "pass"
    assert "export" in refused(folder, file, passphrase)


def test_34_a_disk_that_fails_half_way_changes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(tmp_path / "export.json", None)

    def fails(*_: object) -> None:
        raise ProfileError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", fails)
        assert "full" in refused(folder, tmp_path / "export.json", None)
    with Profile.open(folder) as profile:
        assert import_profile(profile, tmp_path / "export.json", None) == len(SENTENCES)
    assert state(folder)[1] == {"zorblax"}
