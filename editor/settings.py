"""What the user chose, kept as JSON between runs.

Unknown keys are ignored and impossible values replaced; a file that cannot be read is put
aside, never deleted. It holds no text of the user's.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

from model.messages import EAGERNESS, Eagerness

SMALLEST_FONT, LARGEST_FONT = 8, 48
_NAME = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; a fresh one holds the defaults."""

    eagerness: Eagerness = "balanced"
    learn: bool = True
    font_points: int = 0  # 0: what suits the system
    window_width: int = 900
    window_height: int = 700


def settings_folder(profile: Path | None = None) -> Path:
    """Where settings are kept: with a chosen profile, else where the platform keeps them."""
    if profile is not None:
        return profile
    chosen = os.environ.get("FORETYPE_PROFILE")
    return Path(chosen) if chosen else platformdirs.user_config_path("foretype", appauthor=False)


def load(folder: Path) -> Settings:
    """The settings kept in `folder`, or the defaults."""
    path = folder / _NAME
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        items = kept.items()
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, AttributeError, RecursionError):
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".bad"))
        return Settings()
    known = {field.name for field in fields(Settings)}
    return Settings(**{k: v for k, v in items if k in known and _is_possible(k, v)})


def save(settings: Settings, folder: Path) -> None:
    """Keep the settings; a full or read-only disk costs the choices, not the session."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = folder / (_NAME + ".tmp")
        beside.touch(mode=0o600)
        beside.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
        beside.replace(folder / _NAME)


def _is_possible(name: str, value: Any) -> bool:
    if name == "eagerness":
        return value in EAGERNESS
    if name == "learn":
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    if name == "font_points":
        return value == 0 or SMALLEST_FONT <= value <= LARGEST_FONT
    return 200 <= value <= 10_000
