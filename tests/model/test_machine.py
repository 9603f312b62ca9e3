from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from model.machine import give_memory_back, reason_to_wait, take_memory_sparingly

ROOT = Path(__file__).resolve().parents[2]
_FREED = """
import sys
from pathlib import Path
from model.machine import give_memory_back
def used():
    return int(Path("/proc/self/statm").read_text().split()[1])
held = [bytes([1]) * 50_000 for _ in range(2000)]  # 100 MB in pieces below a last one
last = held.pop()
held.clear()
before = used()
give_memory_back()
print(before - used())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others give it back themselves")
def test_what_was_freed_goes_back() -> None:
    command = [sys.executable, "-c", _FREED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 10_000  # pages of 4 KB: 40 MB


_LARGE = """
import sys
from pathlib import Path
from model.machine import take_memory_sparingly
def used():
    return int(Path("/proc/self/statm").read_text().split()[1])
if sys.argv[1] == "sparingly":
    take_memory_sparingly()
kept = []
for _ in range(3):  # glibc learns from the first that such blocks come again
    held = [bytes([1]) * 4_000_000, bytes([1]) * 4_000_000]
    kept += [bytes([1]) * 60_000 for _ in range(50)]  # above them, where there is room below
    before = used()
    held.clear()
print(before - used())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is about glibc")
def test_large_blocks_go_back_at_once() -> None:
    def given_back(how: str) -> int:
        command = [sys.executable, "-c", _LARGE, how]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert given_back("sparingly") > 1_900  # pages: nearly all of 8 MB
    assert given_back("as usual") < 1_000


def test_where_memory_is_managed_otherwise_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    give_memory_back()
    take_memory_sparingly()


PLENTY = "MemTotal: 9000000 kB\nMemAvailable: 8000000 kB\n"


def machine(folder: Path, memory: str = PLENTY, **supplies: dict[str, str]) -> str:
    for name, files in supplies.items():
        (folder / "supply" / name).mkdir(parents=True)
        for file, content in files.items():
            (folder / "supply" / name / file).write_text(f"{content}\n", encoding="utf-8")
    (folder / "memory").write_text(memory, encoding="ascii")
    return reason_to_wait(folder / "supply", folder / "memory")


BATTERY = {"type": "Battery", "status": "Discharging"}


def test_a_battery_that_discharges_is_a_reason(tmp_path: Path) -> None:
    assert machine(tmp_path, bat=BATTERY, ac={"type": "Mains", "online": "0"}) == "on battery"


def test_mains_is_none(tmp_path: Path) -> None:
    assert machine(tmp_path, bat=BATTERY, ac={"type": "Mains", "online": "1"}) == ""


def test_the_battery_of_a_mouse_is_none(tmp_path: Path) -> None:
    assert machine(tmp_path, mouse={**BATTERY, "scope": "Device"}) == ""


def test_short_memory_is_a_reason(tmp_path: Path) -> None:
    assert machine(tmp_path, memory="MemAvailable: 90000 kB\n") == "memory is short"


def test_a_machine_that_does_not_tell_has_both(tmp_path: Path) -> None:
    assert reason_to_wait(tmp_path / "nothing", tmp_path / "none") == ""
    assert machine(tmp_path, memory="MemAvailable:\n") == ""
