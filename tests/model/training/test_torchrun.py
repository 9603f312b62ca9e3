"""`torchrun` starts the command several times: they train as one, and speak as one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXT = "The keeper lit the lamp for the ships on the water, and the gulls slept on the rail.\n"


def run(*arguments: object, processes: int = 2) -> subprocess.CompletedProcess[str]:
    """`main.py train` with these arguments, in so many processes."""
    several = ("-m", "torch.distributed.run", "--nproc-per-node", processes)
    start = ("-W", "ignore", *(several if processes > 1 else ()), ROOT / "main.py", "train")
    command = [sys.executable, *map(str, (*start, *arguments))]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )


def said(outcome: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in outcome.stderr.splitlines() if line.startswith("foretype: ")]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.txt"
    path.write_text(TEXT * 400, encoding="utf-8")
    return path


@pytest.mark.slow
def test_two_processes_come_to_the_same_bits(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "dev.txt").write_text("The gulls lit the lamp for the keeper.", encoding="utf-8")
    bits = []
    for processes in (1, 2):
        outcome = run(
            *("--corpus", corpus, "--output", tmp_path / str(processes), "--vocabulary", 340),
            *("--dev", tmp_path / "dev.txt", "--width", 16, "--streams", 8, "--passes", 4),
            "--json",
            processes=processes,
        )
        assert outcome.returncode == 0, outcome.stderr
        assert said(outcome) == []
        figures = json.loads(outcome.stdout)  # one object, of one process
        bits.append(figures["dev_bits_per_character"]["mean"])
        assert (tmp_path / str(processes) / "base.json").exists()
    assert bits[1] == pytest.approx(bits[0], abs=0.02)  # sums in another order, in bf16


@pytest.mark.slow
def test_what_goes_wrong_is_said_once(corpus: Path, tmp_path: Path) -> None:
    none = tmp_path / "none"
    places = ("--corpus", corpus, "--output")
    for arguments, told in (
        (("--corpus", none, "--output", tmp_path / "a"), "none"),  # alone, as the others wait
        ((*places, corpus), "name another --output"),
        ((*places, tmp_path / "b", "--weights", none), "corpus weights"),
        ((*places, tmp_path / "c", "--vocabulary", 340, "--streams", 7), "7 streams"),
    ):
        outcome = run(*arguments)
        assert outcome.returncode != 0
        (line,) = said(outcome)
        assert told in line
        assert "unexpected" not in line
