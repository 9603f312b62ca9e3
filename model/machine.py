"""Whether the machine has power and memory to spare; where it does not tell, it has.

And how memory is taken from it and given back, and how a thread lets others go first.

Read from Linux's own files; other systems are taken to have both.
"""

from __future__ import annotations

import ctypes
import os
import threading
from contextlib import suppress
from pathlib import Path

_SUPPLIES = Path("/sys/class/power_supply")
_MEMORY = Path("/proc/meminfo")
_MMAP_THRESHOLD = -3  # in glibc's malloc.h
_LOW_PRIORITY = 10
_LEAST_MEMORY_KB = 400_000  # a rebuild of the weights takes a sixth of that at its peak


def reason_to_wait(supplies: Path = _SUPPLIES, memory: Path = _MEMORY) -> str:
    """Why work that is not urgent should wait, in a few words; "" where nothing speaks against."""
    if _on_battery(supplies):
        return "on battery"
    if _short_of_memory(memory):
        return "memory is short"
    return ""


def take_memory_sparingly() -> None:
    """Have large blocks go back to the system as soon as they are freed.

    glibc would keep blocks of up to 32 MB. Measured while somebody types and the weights learn:
    325 MB at most in place of 363. To take each anew costs time, a tenth of a second where the
    model is loaded: so it is for afterwards.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 2**20)


def give_memory_back() -> None:
    """Let the system have what was freed here; glibc keeps it, others do not need to be told."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def lower_priority() -> None:
    """Let everything else go before this thread; Linux knows priorities of single threads."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)


def _on_battery(supplies: Path) -> bool:
    """True where a battery discharges and no mains is connected."""
    discharging = False
    with suppress(OSError):
        for supply in supplies.iterdir():
            kind = _word(supply / "type")
            if kind != "Battery" and _word(supply / "online") == "1":
                return False
            # A mouse has a battery too, which says so in its scope.
            if kind == "Battery" and _word(supply / "scope") != "Device":
                discharging |= _word(supply / "status") == "Discharging"
    return discharging


def _short_of_memory(memory: Path) -> bool:
    with suppress(OSError, ValueError, IndexError):
        for line in memory.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) < _LEAST_MEMORY_KB
    return False


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
