"""One program a profile: a second start hands its files to the window that is open.

They meet at a local socket that only this user can reach; there is no network in it.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from editor.documents.storage import make_folder
from model.profile.lock import FileLock

_CONNECT_MS = 3000
_ANSWER_MS = 15_000  # whoever listens is alive, and busy at most
_LARGEST = 1_000_000
_HEARD = b"heard\n"


class Instance(QObject):
    """Whether this program is the first of its profile, and what later ones ask of it.

    Signals: asked (the paths to open, none to come to the front).

    State: _lock is held by the first, which listens at _server; _sockets are later programs that
    have something to say.
    """

    asked = Signal(object)

    def __init__(self, kept: Path, runtime: Path) -> None:
        super().__init__()
        mark = hashlib.sha256(os.fsencode(kept.absolute())).hexdigest()[:16]
        self._name = str(runtime / f"{mark}.socket")
        self._lock: FileLock | None = None
        self._sockets: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        try:
            make_folder(kept)
            make_folder(runtime)
            self._lock = FileLock(kept / "instance.lock")
        except OSError:
            return
        QLocalServer.removeServer(self._name)  # what a killed program left
        self._server.listen(self._name)

    @property
    def is_first(self) -> bool:
        """Whether drafts and session are this program's to restore and to keep."""
        return self._lock is not None

    def hand_over(self, paths: list[str]) -> bool:
        """Ask the first program to open these; whether it heard."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS):
            return False
        socket.write(json.dumps(paths).encode() + b"\n")
        socket.flush()
        return socket.waitForReadyRead(_ANSWER_MS) and socket.readAll().data() == _HEARD

    def close(self) -> None:
        """Let another program be the first."""
        for socket in self._sockets:
            socket.disconnected.disconnect(self._on_gone)
            socket.abort()
        self._sockets = []
        self._server.close()
        if self._lock is not None:
            self._lock.release()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.setReadBufferSize(_LARGEST)  # whoever says more is not listened to
        socket.readyRead.connect(self._on_words)
        socket.disconnected.connect(self._on_gone)
        self._sockets.append(socket)
        self._on_words()

    def _on_words(self) -> None:
        for socket in self._sockets:
            if not socket.canReadLine():
                continue
            paths = _paths(bytes(socket.readLine().data()))
            if paths is not None:
                socket.write(_HEARD)
                socket.flush()
                self.asked.emit(paths)

    def _on_gone(self) -> None:
        state = QLocalSocket.LocalSocketState.UnconnectedState
        self._sockets = [socket for socket in self._sockets if socket.state() is not state]


def _paths(line: bytes) -> list[Path] | None:
    """The paths in what was said; None where it is nothing that this program says."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        return None
    return [Path(one) for one in told]
