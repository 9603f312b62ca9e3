"""Where a profile lies when nobody names another place."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def default_folder() -> Path:
    """FORETYPE_PROFILE, else the place for user data by this platform's convention."""
    named = os.environ.get("FORETYPE_PROFILE")
    if named:
        return Path(named)
    return platformdirs.user_data_path("foretype", appauthor=False) / "profile"
