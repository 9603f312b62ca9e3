"""What the user chose, kept as JSON between runs.

Unknown keys are ignored and impossible values replaced, each by its default; of a file that is
damaged a copy is kept beside. It holds no text of the user's.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any

import platformdirs

from editor.rules.aids import Aids
from editor.rules.control import Control
from editor.rules.keymap import Keymap
from editor.rules.silence import Rules
from model.messages import EAGERNESS, Eagerness, Ladder

SMALLEST_FONT, LARGEST_FONT = 8, 48
_NAME = "settings.json"
_LARGEST = 1_000_000  # bytes; what is behind them no user chose
_FONT = {"range": (SMALLEST_FONT, LARGEST_FONT)}  # or the default, 0: what suits the system
_PIXELS = {"range": (200, 10_000)}


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; a fresh one holds the defaults.

    welcomed is false at the first start, until the user has said whether to learn: nothing is
    learnt before. spelling_language is "" for the English of the locale.
    """

    eagerness: Eagerness = field(default="balanced", metadata={"one_of": EAGERNESS})
    learn: bool = True
    count_words: bool = True
    font_points: int = field(default=0, metadata=_FONT)
    window_width: int = field(default=900, metadata=_PIXELS)
    window_height: int = field(default=700, metadata=_PIXELS)
    welcomed: bool = True
    spelling: bool = True
    spelling_language: str = ""
    rules: Rules = field(default_factory=Rules)
    keys: Keymap = field(default_factory=Keymap)
    control: Control = field(default_factory=Control)
    aids: Aids = field(default_factory=Aids)
    ladder: Ladder = field(default_factory=Ladder)


def settings_folder(profile: Path | None = None) -> Path:
    """Where settings are kept: with a chosen profile, else where the platform keeps them."""
    if profile is not None:
        return profile
    chosen = os.environ.get("FORETYPE_PROFILE")
    return Path(chosen) if chosen else platformdirs.user_config_path("foretype", appauthor=False)


def load(folder: Path) -> Settings:
    """The settings kept in `folder`, or those of a first start."""
    path = folder / _NAME
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode("utf-8", "replace")
    except OSError:
        return Settings(welcomed=False)
    kept, whole = _parts(text)
    chosen: Settings = _kept(Settings(), kept)
    if not whole or not _agrees(chosen, kept):
        with contextlib.suppress(OSError):
            shutil.copyfile(path, path.with_suffix(".bad"))
    return chosen if kept or whole else Settings(welcomed=False)


def save(settings: Settings, folder: Path) -> None:
    """Keep the settings; a full or read-only disk costs the choices, not the session.

    A link stays one, and what it leads to is written.
    """
    with contextlib.suppress(OSError, RuntimeError):  # links in a circle lead nowhere
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = (folder / _NAME).resolve()
        beside = file.with_name(_NAME + ".tmp")
        beside.touch(mode=0o600)
        beside.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
        beside.replace(file)


def _parts(text: str) -> tuple[dict[str, Any], bool]:
    """What can be read of the choices, and whether that is all of it."""
    with contextlib.suppress(ValueError, RecursionError):
        kept = json.loads(text)
        return (kept, True) if isinstance(kept, dict) else ({}, False)
    found: dict[str, Any] = {}
    for one in fields(Settings):
        place = text.find(f'"{one.name}":')
        if place >= 0:
            with contextlib.suppress(ValueError, RecursionError):
                rest = text[place + len(one.name) + 3 :].lstrip()
                found[one.name] = json.JSONDecoder().raw_decode(rest)[0]
    return found, False


def _agrees(chosen: Any, kept: dict[str, Any]) -> bool:
    """Whether everything that is known of the kept choices could be used."""
    told = asdict(chosen)
    for name, value in kept.items():
        usual = getattr(chosen, name, None)
        if is_dataclass(usual) and isinstance(value, dict):
            if not _agrees(usual, value):
                return False
        elif name in told and told[name] != (tuple(value) if isinstance(value, list) else value):
            return False
    return True


def _kept(default: Any, kept: dict[str, Any]) -> Any:
    """The choices in `kept` that are possible, and for the others the default."""
    found: dict[str, Any] = {}
    for one in fields(default):
        value, usual = kept.get(one.name), getattr(default, one.name)
        if is_dataclass(usual) and isinstance(value, dict):
            found[one.name] = _kept(usual, value)
        elif value is not None and _is_possible(value, usual, one.metadata):
            found[one.name] = tuple(value) if isinstance(usual, tuple) else value
    return replace(default, **found)


def _is_possible(value: Any, usual: Any, limits: Mapping[str, Any]) -> bool:
    if "one_of" in limits:
        return any(value == one for one in limits["one_of"])
    if isinstance(usual, tuple):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(usual, float):
        return isinstance(value, float) and isfinite(value)
    if type(value) is not type(usual) or is_dataclass(usual):
        return False
    if "range" in limits:
        low, high = limits["range"]
        return bool(low <= value <= high or value == usual)
    return True
