from __future__ import annotations

import pytest


@pytest.fixture
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess of a passphrase costs a millisecond and a megabyte, not 128."""
    monkeypatch.setattr("model.profile.passphrases._COST", 10)
