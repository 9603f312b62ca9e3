from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model.evaluation import command
from model.evaluation.peers.client import PEERS

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
    "latency_ms": {"p50": 4.0, "p95": 5.0, "p99": 6.0},
    "cpu_ms": {"p50": 1.0, "p95": 2.0, "p99": 3.0},
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    def evaluate(paths: list[Path], **options: Any) -> dict[str, Any]:
        seen.update(options, paths=paths)
        figures = {"streams": [{"file": "a.txt", **FIGURES}], "pooled": FIGURES}
        if not options["peers"]:
            return figures
        peer = {**FIGURES, "ksr_inline": 20.0, "bits_per_character": None}
        measured = {"presage": {"streams": [{"file": "a.txt", **peer}], "pooled": peer}}
        left_out = [{"name": "onboard", "reason": "onboard is not installed"}]
        return {**figures, "peers": measured, "peers_left_out": left_out}

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
    assert (asked["peers"], asked["jobs"]) == ((), 1)


def test_the_users_own_profile_is_not_measured_unless_named(
    line: Any, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORETYPE_PROFILE")
    line("evaluate", "a.txt")
    assert asked["profile"] is None


def test_a_table_for_a_reader(line: Any, asked: dict[str, Any]) -> None:
    head, row, pooled = line("evaluate", "a.txt").out.splitlines()
    assert head.split()[:3] == ["balanced", "KSR", "inline"]
    assert row.split()[:3] == ["a.txt", "40.00", "50.00"]
    assert pooled.endswith("1.0 / 2.0 / 3.0")


def test_several_files_may_be_typed_at_a_time(line: Any, asked: dict[str, Any]) -> None:
    line("evaluate", "a.txt", "--jobs", "2")
    assert asked["jobs"] == 2
    assert line("evaluate", "a.txt", "--jobs", "0").code == 2


def test_peers_stand_below_ours_and_the_missing_are_named(line: Any, asked: dict[str, Any]) -> None:
    outcome = line("evaluate", "a.txt", "--peers")
    assert outcome.code == 0
    assert asked["peers"] == PEERS
    assert [row.split()[:2] for row in outcome.out.splitlines()[1:5]] == [
        ["a.txt", "40.00"],
        ["presage", "20.00"],
        ["pooled", "40.00"],
        ["presage", "20.00"],
    ]
    assert " - " in outcome.out.splitlines()[2]
    assert outcome.err == "foretype: onboard is not installed\n"
    assert set(line("evaluate", "a.txt", "--peers", "--json").json) == {
        *("streams", "pooled", "peers", "peers_left_out")
    }


def test_a_file_without_text_is_a_failure(line: Any, tmp_path: Path, toy_base_folder: Path) -> None:
    for number, text in enumerate(("", "\n  \n", "<|doc|>\n\n<|doc|>\n")):
        file = tmp_path / f"empty{number}.txt"
        file.write_text(text, encoding="utf-8")
        outcome = line("evaluate", file, "--base", toy_base_folder)
        assert (outcome.code, outcome.out) == (1, "")
        assert f"no text in {file}" in outcome.err


def test_a_missing_file_is_a_failure(line: Any, tmp_path: Path, toy_base_folder: Path) -> None:
    outcome = line("evaluate", tmp_path / "none.txt", "--base", toy_base_folder)
    assert outcome.code == 1
    assert "none.txt" in outcome.err
