"""What the learning thread is asked to do, one after the other: teach, forget, tell, lock.

Each ends with what it wanted being on the disk. What another process must do is left for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from model.errors import ProfileError
from model.messages import Forgetting, Overview, Teaching
from model.profile.inbox import Inbox
from model.profile.overview import overview
from model.profile.store import Profile

if TYPE_CHECKING:
    from model.predictor import Predictor

_FORGOTTEN_LATER = (
    "Another Foretype has this profile open: it is forgotten when one of the two is next started."
)


@dataclass(frozen=True, slots=True)
class Survey:
    """A wish to see all that is kept; `then` is called with it, on the engine's thread."""

    then: Callable[[Overview], None]


@dataclass(frozen=True, slots=True)
class Locking:
    """A wish that the profile opens only with the passphrase `new`, None: without one."""

    new: str | None = field(repr=False)
    current: str | None = field(repr=False)


Errand = Teaching | Forgetting | Survey | Locking


class Errands:
    """Runs errands on one profile, with the predictor that owns it or without a model."""

    def __init__(
        self, profile: Profile, say: Callable[[str], None], predictor: Predictor | None = None
    ) -> None:
        """`say` hears what the user is told."""
        self._profile = profile
        self._say = say
        self._predictor = predictor

    def run(self, errand: Errand) -> None:
        """Do it; raises ProfileError where it is to be tried again."""
        if isinstance(errand, Survey):
            self._survey(errand)
        elif isinstance(errand, Locking):
            self._lock(errand)
        elif self._predictor is None:
            Inbox(self._profile).keep(errand)
        elif not self._profile.writable:
            self._predictor.leave(errand)
            if isinstance(errand, Forgetting) and errand.said:
                self._say(_FORGOTTEN_LATER)
        elif isinstance(errand, Teaching):
            self._predictor.teach(errand)
        else:
            gone = self._predictor.drop(errand)
            if errand.said:
                noun = "lesson" if gone == 1 else "lessons"
                self._say(f"Forgot {gone} {noun}.")

    def _survey(self, errand: Survey) -> None:
        """What cannot be read is told, and holds up nothing."""
        try:
            known = self._predictor.base_words if self._predictor else ()
            seen = overview(self._profile, known)
        except ProfileError as error:
            self._say(str(error))
        else:
            errand.then(seen)

    def _lock(self, errand: Locking) -> None:
        """What stands in its way is told, and not tried again."""
        try:
            self._profile.set_passphrase(errand.new, errand.current)
        except ProfileError as error:
            self._say(str(error))
            return
        words = "without a passphrase" if errand.new is None else "only with your passphrase"
        self._say(f"What was learnt opens {words} from now on.")
