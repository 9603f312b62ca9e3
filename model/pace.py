"""How long what is left will take, from how long the latest lessons took."""

from __future__ import annotations

_WEIGHT = 0.2  # of the newest measurement


class Pace:
    """Seconds a lesson, measured while they are read; none yet at the beginning."""

    def __init__(self) -> None:
        self._seconds: float | None = None

    def note(self, seconds: float, lessons: int) -> None:
        """So many lessons took so long."""
        if lessons:
            now, before = seconds / lessons, self._seconds
            self._seconds = now if before is None else before + _WEIGHT * (now - before)

    def words(self, lessons: int) -> str:
        """How long so many lessons take, "" where nobody knows yet."""
        if self._seconds is None:
            return ""
        seconds = self._seconds * lessons
        for size, noun in ((3600, "hour"), (60, "minute")):
            if seconds >= 1.5 * size:
                return f"about {round(seconds / size)} {noun}s"
        return "about a minute" if seconds >= 45 else f"about {max(1, round(seconds))} s"
