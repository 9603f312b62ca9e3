"""A passphrase is set, changed or removed, in a process whose n-th call fails or kills it.

    python -m tests.faults.passphrase_deeds set|change|remove FOLDER

The profile's key lies in FOLDER too. Ends with 0 where the deed was done, and 1 where it failed
with a clear error, which it prints.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from model.errors import ProfileError
from model.messages import Lesson
from model.profile import passphrases
from model.profile.journal import Journal
from model.profile.store import Profile

TEXTS = ("The gulls were loud.", "The heron waits in the water. " * 400, "The baker slept.")
# What opens the profile before the deed, and after it.
DEEDS = {"set": (None, "one"), "change": ("one", "two"), "remove": ("one", None)}


def at_home(folder: Path) -> None:
    """The keys of this process lie in this folder, and a guess costs next to nothing."""
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    passphrases._COST = 10


def prepare(deed: str, folder: Path) -> None:
    """How everything is before the deed."""
    with Profile.open(folder / "profile") as profile:
        Journal(profile).append([Lesson(text, "a", (), 1.0) for text in TEXTS])
        if DEEDS[deed][0] is not None:
            profile.set_passphrase(DEEDS[deed][0], None)


def do(deed: str, folder: Path) -> None:
    before, after = DEEDS[deed]
    with Profile.open(folder / "profile", passphrase=before) as profile:
        profile.set_passphrase(after, before)


if __name__ == "__main__":
    at_home(Path(sys.argv[2]))
    try:
        do(sys.argv[1], Path(sys.argv[2]))
    except ProfileError as error:
        print(error)
        sys.exit(1)
