"""Where drafts, earlier versions and the session are kept."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one profile; they are made when something is put into them."""

    folder: Path

    @property
    def drafts(self) -> Path:
        """Text that is in no file yet."""
        return self.folder / "drafts"

    @property
    def discarded(self) -> Path:
        """Text that was thrown away and can be had back for some days."""
        return self.folder / "discarded"

    @property
    def previous(self) -> Path:
        """What files held before they were saved here."""
        return self.folder / "previous"

    @property
    def session(self) -> Path:
        """Which documents are open."""
        return self.folder / "session.json"


def runtime_folder() -> Path:
    """Where running programs of this user meet; the system empties it."""
    with warnings.catch_warnings(action="ignore"):  # where the usual place is not safe it says so
        return platformdirs.user_runtime_path("foretype", appauthor=False)


def working_folder() -> Path:
    """The folder that names are relative to; the user's own where that one was removed."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def places(profile: Path | None = None) -> Places:
    """With a chosen profile, else where the platform keeps what a program remembers."""
    chosen = profile or os.environ.get("FORETYPE_PROFILE")
    if chosen:
        return Places(Path(chosen) / "documents")
    return Places(platformdirs.user_state_path("foretype", appauthor=False) / "documents")
