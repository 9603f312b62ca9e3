from __future__ import annotations

from pathlib import Path

import pytest

from editor.documents.secrecy import private_by_name


@pytest.mark.parametrize("name", [".env", "id_rsa", "id_ed25519.pub", "My Secrets.txt", "a.KDBX"])
def test_some_names_are_secret(name: str) -> None:
    assert private_by_name(Path("/home") / name)


@pytest.mark.parametrize("name", ["diary.txt", "environment.md", "secretary"[:5]])
def test_most_are_not(name: str) -> None:
    assert not private_by_name(Path("/secrets") / name)
