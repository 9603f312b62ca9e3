"""Another word predictor as one that can be asked like ours: a process, and lines of JSON.

A peer gives words, not ghosts. Its ghost is its first word with the space after it: the rule
by which such a program would serve an editor, always eager, never more than a word.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from model.errors import PeerError
from model.messages import Candidate, Suggestion

# Debian's libraries are for Debian's Python; -I keeps this folder and our environment out.
_SERVER = ("/usr/bin/python3", "-I", str(Path(__file__).with_name("server.py")))
_WINDOW = 1000  # characters; none of the peers looks back any further


@dataclass(frozen=True)
class PeerProgram:
    """How to start a peer, where it comes from, and how long it may take over an answer."""

    name: str
    command: tuple[str, ...]
    packages: str
    seconds: float = 30.0


PEERS = (
    PeerProgram("presage", (*_SERVER, "presage"), "presage"),
    PeerProgram("onboard", (*_SERVER, "onboard"), "onboard onboard-data"),
)


class Peer:
    """A peer in a process of its own that knows nothing but what it shipped with.

    Raises PeerError where it is not installed, and from any call once it has stopped or does
    not answer in time. `cpu_milliseconds` holds its processor time, one figure a question.
    """

    def __init__(self, program: PeerProgram) -> None:
        self._program = program
        self.cpu_milliseconds: list[float] = []
        # What it writes (presage keeps a database) never touches the user's own home.
        self._home = tempfile.TemporaryDirectory(prefix="peer-", ignore_cleanup_errors=True)
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        try:
            self._process = self._start()
        except OSError as error:
            self._home.cleanup()
            raise self._missing(str(error)) from error
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            ready = self._answer()
        except PeerError:
            self.close()
            raise
        if "missing" in ready:
            self.close()
            raise self._missing(ready["missing"])

    def _start(self) -> subprocess.Popen[str]:
        with self._complaints.open("wb") as complaints:
            return subprocess.Popen(  # noqa: S603 - fixed commands, no shell
                self._program.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={**os.environ, "HOME": self._home.name},
                encoding="utf-8",
            )

    @property
    def _complaints(self) -> Path:
        return Path(self._home.name) / "complaints.log"

    def _missing(self, why: str) -> PeerError:
        name, packages = self._program.name, self._program.packages
        return PeerError(f"{name} is not installed ({why}); try: apt-get install {packages}")

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def suggest(self, before: str, after: str = "", limit: int = 5) -> Suggestion:
        """Its words after `before`, and the first of them as a ghost with a space."""
        reply = self._ask({"before": before[-_WINDOW:], "limit": limit})
        self.cpu_milliseconds.append(reply["cpu_ms"])
        words = reply["words"]
        candidates = tuple(Candidate(word, insert, 0.0) for word, insert in words)
        return Suggestion(f"{words[0][1]} " if words else "", candidates)

    def learn(self, text: str) -> None:
        """Let it learn from a finished paragraph."""
        self._ask({"learn": text})

    def code_length(
        self,
        text: str,
        before: str = "",
        progress: Callable[[int], object] = lambda characters: None,
    ) -> float:
        """Nothing: peers give no probability of a text."""
        progress(len(text))
        return 0.0

    def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._stopped() from error
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        name, seconds = self._program.name, self._program.seconds
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise PeerError(f"{name} did not answer within {seconds:g} seconds.") from None
        if not line:
            self._lines.put("")  # it has stopped for whoever asks again, too
            raise self._stopped()
        try:
            reply: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise PeerError(f"{name} answered what is no JSON: {line[:60]!r}") from error
        return reply

    def _stopped(self) -> PeerError:
        lines = self._complaints.read_text(encoding="utf-8", errors="replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "it left no word")
        return PeerError(f"{self._program.name} stopped: {last.strip()}")

    def close(self) -> None:
        """End the process and forget what it wrote."""
        self._process.kill()
        self._reader.join()
        # What could not be written before it died is flushed, in vain, once more.
        with contextlib.suppress(BrokenPipeError), self._process:
            pass
        self._home.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
