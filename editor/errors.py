"""The last resort: an error nobody caught is noted in a file and said in one line.

The note holds the kind of error and the places in the program, never its message: that may
quote what the user wrote. The editor lives on.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_LARGEST_LOG = 256_000


class ErrorReporter(QObject):
    """Takes over both of Python's hooks and writes to one log.

    Signals: told (one line for the user; may come from any thread).
    """

    told = Signal(str)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._former = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Catch what nobody else does, in every thread."""
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._former

    def note(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        """Write an error down without its message."""
        when = datetime.now().astimezone().isoformat(timespec="seconds")
        places = "".join(traceback.format_tb(trace))
        with contextlib.suppress(OSError):
            self._log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            start_anew = self._log.exists() and self._log.stat().st_size > _LARGEST_LOG
            with self._log.open("w" if start_anew else "a", encoding="utf-8") as file:
                file.write(f"{when} {kind.__module__}.{kind.__qualname__}\n{places}\n")

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._former[0](kind, error, trace)
            return
        self.note(kind, trace)
        self.told.emit(
            self.tr("Something went wrong inside; details are in %1").replace("%1", str(self._log))
        )

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback)
