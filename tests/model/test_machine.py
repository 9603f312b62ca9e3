from __future__ import annotations

from pathlib import Path

from model.machine import reason_to_wait

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
