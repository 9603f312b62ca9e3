"""An X server of one's own, for programs in a real window."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def xvfb(size: str, *options: str) -> Iterator[str]:
    """Start Xvfb with one screen, as "1000x760"; its name, or nothing where it does not start.

    It chooses a number that is free and writes it down. It stays as it is when the last
    window goes: a server that starts anew refuses whoever comes meanwhile.
    """
    readable, writable = os.pipe()
    command = ["Xvfb", "-displayfd", str(writable), "-screen", "0", f"{size}x24", "-noreset"]
    server = subprocess.Popen([*command, *options], pass_fds=[writable], stderr=subprocess.DEVNULL)
    os.close(writable)
    with os.fdopen(readable) as pipe:
        number = pipe.readline().strip()
    try:
        yield f":{number}" if number else ""
    finally:
        server.terminate()
        server.wait()


def wait_for(what: Callable[[], object], name: str, seconds: float = 60) -> None:
    """Look until it is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"waited in vain for {name}"
        time.sleep(0.05)
