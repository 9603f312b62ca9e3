"""What suggests, made ready: a profile as far as it opens, and a predictor on it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import PassphraseNeeded, ProfileError, WrongPassphrase
from model.lighttorch import import_torch
from model.messages import Eagerness, Phase, Status

if TYPE_CHECKING:
    from model.predictor import Predictor
    from model.profile.store import Profile

_SECOND = (
    "Another Foretype learns with this profile: what you write here is kept for it, and learnt "
    "when one of the two is next started."
)
UNLOCK = (
    "Suggestions, Lock or Unlock asks for it; until then what you write waits to be learnt, and is "
    "not learnt if you quit before."
)
_PAUSED = "What you type is not learnt for now."


def load(
    folder: Path | None, base: Path | None, eagerness: Eagerness, passphrase: str | None = None
) -> tuple[Predictor, Status]:
    """A predictor, and what is to be said of it while nothing goes on.

    What was learnt before is not counted yet: that takes seconds, and has its thread.
    Where the profile cannot be opened, the predictor learns in memory alone. Raises BaseModelError
    where there is no base, WrongPassphrase where this is not the profile's.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import_torch()
    from model.base import load_base
    from model.predictor import Predictor
    from model.profile.store import Profile

    opened, status = _open(folder, passphrase)
    try:
        model = load_base(base)
        try:
            return Predictor(model, opened, eagerness, gather=False), status
        except ProfileError as error:
            opened.close()
            paused = Status(Phase.PAUSED, f"{_PAUSED} {error}")
            return Predictor(model, Profile.open(None), eagerness), paused
    except BaseException:
        opened.close()
        raise


def _open(folder: Path | None, passphrase: str | None) -> tuple[Profile, Status]:
    """The profile, or one in memory, and why."""
    from model.profile.store import Profile

    try:
        profile = Profile.open_as_can_be(folder, passphrase)
    except WrongPassphrase:
        raise
    except PassphraseNeeded as error:
        return Profile.open(None), Status(Phase.LOCKED, f"{error} {UNLOCK}")
    except ProfileError as error:
        return Profile.open(None), Status(Phase.PAUSED, f"{_PAUSED} {error}")
    return profile, Status(Phase.READY) if profile.writable else Status(Phase.PAUSED, _SECOND)
