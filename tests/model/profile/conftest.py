from __future__ import annotations

import pytest


@pytest.fixture
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess of a passphrase costs a millisecond, not half a second and 128 MiB."""
    monkeypatch.setattr("model.profile.passphrases._COST", 10)
