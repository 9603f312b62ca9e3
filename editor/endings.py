"""The system asks the program to end: at once, without a question, with nothing lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication


class Endings(QObject):
    """Calls `leave` when the user logs out or the system sends its signals, and ends."""

    def __init__(
        self, leave: Callable[[], None], keep: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._leave = leave
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        # The session manager may yet be told by others that the session goes on.
        application.commitDataRequest.connect(lambda _manager: keep())
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal ends the program
        if os.name == "posix":
            self._wait_for_signals()

    def _wait_for_signals(self) -> None:
        """Python hears a signal only when it runs; a pipe wakes Qt's loop."""
        self._pipe, writable = os.pipe()
        os.set_blocking(self._pipe, False)
        os.set_blocking(writable, False)
        signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._pipe, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: None)

    def _on_signal(self) -> None:
        told = os.read(self._pipe, 64)
        if signal.SIGTERM in told or signal.SIGHUP in told:
            self._leave()
            QGuiApplication.exit(0)  # not quit: that would ask every window
