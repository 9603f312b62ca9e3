"""Says to a screen reader what others see."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

_Politeness = QAccessible.AnnouncementPoliteness


def announce(source: QObject, words: str, *, at_once: bool = False) -> None:
    """Have it read once there is a pause, or `at_once`, whatever is being read."""
    event = QAccessibleAnnouncementEvent(source, words)
    event.setPoliteness(_Politeness.Assertive if at_once else _Politeness.Polite)
    QAccessible.updateAccessibility(event)
