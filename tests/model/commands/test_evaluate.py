from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model.evaluation import command

FIGURES: dict[str, Any] = {
    "ksr_inline": 40.0,
    "ksr_list3": 50.0,
    "ksr_list5": 55.0,
    "top1": 20.0,
    "top3": 30.0,
    "precision": 60.0,
    "show_rate": 70.0,
    "shown_per_saved": 2.0,
    "bits_per_character": 1.6,
    "latency_ms": {"p50": 1.0, "p95": 2.0, "p99": 3.0},
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    def evaluate(paths: list[Path], **options: Any) -> dict[str, Any]:
        seen.update(options, paths=paths)
        return {"streams": [{"file": "a.txt", **FIGURES}], "pooled": FIGURES}

    monkeypatch.setattr(command, "evaluate_files", evaluate)
    return seen


def test_options_are_handed_on(line: Any, asked: dict[str, Any], home: Path) -> None:
    arguments = ("a.txt", "--learn", "--max-chars", "500", "--eagerness", "eager", "--json")
    outcome = line("evaluate", *arguments)
    assert outcome.code == 0
    assert set(outcome.json) == {"streams", "pooled"}
    assert asked["paths"] == [Path("a.txt")]
    assert (asked["learn"], asked["max_chars"], asked["eagerness"]) == (True, 500, "eager")
    assert asked["profile"] == home / "profile"


def test_the_users_own_profile_is_not_measured_unless_named(
    line: Any, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORETYPE_PROFILE")
    line("evaluate", "a.txt")
    assert asked["profile"] is None


def test_a_table_for_a_reader(line: Any, asked: dict[str, Any]) -> None:
    head, row, pooled = line("evaluate", "a.txt").out.splitlines()
    assert "KSR inline" in head
    assert row.split()[:3] == ["a.txt", "40.00", "50.00"]
    assert pooled.endswith("1.0 / 2.0 / 3.0")


def test_a_missing_file_is_a_failure(line: Any, tmp_path: Path, toy_base_folder: Path) -> None:
    outcome = line("evaluate", tmp_path / "none.txt", "--base", toy_base_folder)
    assert outcome.code == 1
    assert "none.txt" in outcome.err
