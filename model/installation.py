"""Looks at the installation: model, words, profile, keyring. Reads alone, and asks no network."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from model.errors import ModelError, PassphraseNeeded, ProfileBusy
from model.findings import Finding

_START = "Thank you for your "
_REINSTALL = "Install Foretype again."


def findings(profile: Path, base: Path | None) -> Iterator[Finding]:
    """One after another, as they are found; what goes wrong is a finding too."""
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("Model", lambda: _model(base)),
        ("Suggestions", lambda: _suggestions(base)),
        ("Keyring", _keyring),
        ("Profile", lambda: _profile(profile)),
        ("Privacy", lambda: _privacy(profile)),
    )
    for what, check in checks:
        yield _told(what, check)


def _told(what: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except ModelError as error:
        return Finding(what, "broken", str(error))
    except Exception as error:  # a library that is not there, or anything else that is damaged
        return Finding(what, "broken", f"{type(error).__name__}: {error}. {_REINSTALL}")


def _model(base: Path | None) -> Finding:
    from model.base import load_base

    model = load_base(base)  # it checks the hash
    words = (
        f"whole (SHA-256 {model.digest[:16]}...), with a dictionary of {len(model.words):,} words"
    )
    return Finding("Model", "ok", words)


def _suggestions(base: Path | None) -> Finding:
    from model import Predictor

    with Predictor.open(profile=None, base=base, eagerness="eager") as predictor:
        candidates = predictor.suggest(_START).candidates
    if not candidates:
        return Finding("Suggestions", "broken", f"there are none. {_REINSTALL}")
    return Finding("Suggestions", "ok", f"after {_START.strip()!r} comes {candidates[0].word!r}")


def _keyring() -> Finding:
    from model.profile.keys import keyring_is_refused, system_keyring

    if keyring_is_refused():
        return Finding("Keyring", "note", f"not used, as FORETYPE_NO_KEYRING says; {_IN_A_FILE}")
    backend = system_keyring()
    if backend is None:
        return Finding("Keyring", "note", f"this system has none; {_IN_A_FILE}")
    return Finding("Keyring", "ok", f"{backend.name} keeps the key of what was learnt")


_IN_A_FILE = (
    "the key lies in a file that only you can read. That protects copies of what was learnt, but "
    "not against someone who reads your whole home"
)


def _profile(folder: Path) -> Finding:
    from model.profile.journal import Journal
    from model.profile.store import Profile, exists

    if not exists(folder):
        return _place_for_one(folder)
    try:
        with Profile.open(folder, writable=False) as profile:
            lessons = Journal(profile).statistics().lessons
            return Finding("Profile", "ok", f"{lessons:,} lessons in {folder}; {profile.key_place}")
    except PassphraseNeeded:
        with_it = f"what was learnt lies in {folder} and opens only with your passphrase"
        return Finding("Profile", "ok", with_it)
    except ProfileBusy as error:
        return Finding("Profile", "note", str(error))


def _place_for_one(folder: Path) -> Finding:
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Finding("Profile", "ok", f"nothing was learnt yet; it will be kept in {folder}")
    return Finding(
        "Profile",
        "broken",
        f"{there} cannot be written, so nothing can be learnt: make it yours, or name another "
        "folder with --profile",
    )


def _privacy(folder: Path) -> Finding:
    if sys.platform == "win32" or not folder.exists():
        return Finding("Privacy", "ok", "folders are made for you alone")
    open_ones = [path for path in (folder, *sorted(folder.rglob("*"))) if _others_may(path)]
    if not open_ones:
        return Finding("Privacy", "ok", "only you can read the profile")
    return Finding(
        "Privacy",
        "broken",
        f"others may read or change {open_ones[0]}{_and_more(len(open_ones) - 1)}; "
        f"chmod -R go= '{folder}' takes that away",
    )


def _others_may(path: Path) -> bool:
    return bool(path.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)) and not path.is_symlink()


def _and_more(count: int) -> str:
    return f" and {count} more" if count else ""
