"""One deed on a profile, in a process whose n-th write, sync or rename fails, or kills it.

    python -m tests.faults.profile_deeds journal|checkpoint|forget|export|import FOLDER

Ends with 0 where the deed was done, and 1 where it failed with a clear error, which it prints.
"""

from __future__ import annotations

import sys
from pathlib import Path

from model.errors import ProfileError
from model.messages import Lesson
from model.profile.exchange import export_profile, import_profile
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.word_lists import WordLists

OLD = ("The gulls were loud.", "The heron waits in the water. " * 40, "The baker slept.")
NEW = ("It rained. " * 500, "It poured.")
STATE = b"state " * 3000


def prepare(folder: Path) -> None:
    """How everything is before the deed."""
    with Profile.open(folder / "profile", encrypted=False) as profile:
        Journal(profile).append([Lesson(text, "a", (), 1.0) for text in OLD])
        Journal(profile).state_save("weights", STATE)
    with Profile.open(None) as other:
        Journal(other).append([Lesson(text, "b", (), 2.0) for text in NEW])
        WordLists(other).put("zorblax", "added")
        export_profile(other, folder / "import", None)
    (folder / "export").write_text("old export")


def do(deed: str, folder: Path) -> None:
    with Profile.open(folder / "profile", encrypted=False) as profile:
        journal = Journal(profile)
        if deed == "journal":
            journal.append([Lesson(text, "b", (), 2.0) for text in NEW])
        elif deed == "checkpoint":
            journal.state_save("weights", STATE[::-1])
        elif deed == "forget":
            journal.forget_word("heron")
        elif deed == "export":
            export_profile(profile, folder / "export", None)
        else:
            import_profile(profile, folder / "import", None)


if __name__ == "__main__":
    try:
        do(sys.argv[1], Path(sys.argv[2]))
    except ProfileError as error:
        print(error)
        sys.exit(1)
