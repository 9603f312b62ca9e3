"""What a key means while a ghost is there, has just come or has just gone.

Tab must never surprise: it takes only what the writer can have read, once for each press, and
where it was aimed at a ghost it writes no tab. It refuses to know key codes: the page says which
command a key was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum

_NEVER = float("-inf")
# X11 repeats a held key by letting it go and pressing it in the same moment.
_SAME_MOMENT_MS = 2


class Meaning(Enum):
    """What the page does with a key."""

    ACCEPT_ALL = "accept all"
    ACCEPT_WORD = "accept word"
    DISMISS = "dismiss"
    NOTHING = "nothing"  # swallowed
    OWN = "own"  # what it means without ghosts


class GhostKeys:
    """Follows what is shown and what was done, and reads the keys by it.

    State: _text is the ghost, _since when it came (typing along it keeps its age), _seen when one
    was last there; _writing is true while the last deed was writing; _taken while the press that
    found a ghost goes on; _released when the accept key was let go, in the events' own time.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, readable_ms: int = 200) -> None:
        self.clock = clock
        self.readable_ms = readable_ms
        self._text = ""
        self._since = _NEVER
        self._seen = _NEVER
        self._writing = False
        self._taken = False
        self._released = 0

    def show(self, text: str) -> bool:
        """Follow what is shown: the ghost, "" for none; return whether it is another one."""
        now = self.clock()
        if self._text:
            self._seen = now
        same = text.startswith(self._text) or self._text.startswith(text.rstrip())
        along = bool(text) and (same or self._text.endswith(text))
        another = text != self._text and not (self._text and along)
        if another:
            self._since = now
        self._text = text
        return another

    def is_readable(self) -> bool:
        """Whether what is shown has been there long enough to be read."""
        return bool(self._text) and not self._is_recent(self._since)

    def wrote(self) -> None:
        """Text came in by the user's hand."""
        self._writing = True

    def strayed(self) -> None:
        """The user did something else than writing."""
        self._writing = False

    def dismissed(self) -> None:
        """The ghost was sent away: nobody aims at it any more."""
        self._text, self._seen = "", _NEVER

    def released(self, timestamp: int) -> None:
        """The accept key was let go."""
        self._released = timestamp

    def is_repeat(self, *, auto: bool, timestamp: int) -> bool:
        """Whether a press only says that the accept key is held down."""
        since = timestamp - self._released
        return auto or (self._released > 0 and 0 <= since <= _SAME_MOMENT_MS)

    def meaning(self, command: str, *, repeated: bool = False, indents: bool = False) -> Meaning:
        """What the key of `command` means now; `indents`: it is Tab in leading white space."""
        if command == "accept":
            return self._accept(repeated=repeated, indents=indents)
        if not self._text:
            return Meaning.OWN
        if command == "dismiss":
            return Meaning.DISMISS
        if command == "accept_word" and self._writing and self.is_readable():
            return Meaning.ACCEPT_WORD
        return Meaning.OWN

    def _accept(self, *, repeated: bool, indents: bool) -> Meaning:
        if repeated and (self._text or self._taken):
            return Meaning.NOTHING
        self._taken = False
        if indents:
            return Meaning.OWN
        self._taken = bool(self._text)
        if self._text:
            return Meaning.ACCEPT_ALL if self.is_readable() else Meaning.NOTHING
        return Meaning.NOTHING if self._is_recent(self._seen) else Meaning.OWN

    def _is_recent(self, moment: float) -> bool:
        return self.clock() - moment < self.readable_ms / 1000
