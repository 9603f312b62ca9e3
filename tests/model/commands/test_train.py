from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_a_small_base_is_trained_and_resumed(line: Any, tmp_path: Path) -> None:
    text = "The keeper lit the lamp for the ships on the water. " * 500
    (tmp_path / "corpus.txt").write_text(f"{text}\n<|doc|>\n{text}", encoding="utf-8")
    (tmp_path / "dev.txt").write_text("The keeper lit the lamp.", encoding="utf-8")
    arguments = [
        *("train", "--corpus", tmp_path / "corpus.txt", "--output", tmp_path / "base"),
        *("--dev", tmp_path / "dev.txt", "--vocabulary", "340", "--width", "16"),
        *("--inner", "20", "--dropout", "0.1", "--falling", "1", "--json"),
    ]
    outcome = line(*arguments)
    assert outcome.code == 0, outcome.err
    assert outcome.json["dev_bits_per_character"]["mean"] > 0
    described = json.loads((tmp_path / "base" / "base.json").read_text(encoding="utf-8"))
    assert (described["network"]["inner"], described["network"]["width"]) == ([20], 16)
    assert described["training"]["plan"]["falling"] == 1
    again = line(*arguments[:-1], "--resume", "--stop-after", "0.0001")
    assert again.code == 0
    assert "of the schedule is done; go on with --resume" in again.out


def test_a_missing_corpus_is_a_failure(line: Any, tmp_path: Path) -> None:
    outcome = line("train", "--corpus", tmp_path / "none", "--output", tmp_path / "base")
    assert outcome.code == 1
    assert "none" in outcome.err


def test_inner_layers_are_counted(line: Any, tmp_path: Path) -> None:
    places = ("--corpus", tmp_path / "none", "--output", tmp_path / "base")
    for inner, layers in ((["32"], "5"), (["32", "24"], "2"), (["32"], "1")):
        outcome = line("train", *places, "--inner", *inner, "--layers", layers)
        assert outcome.code == 2
        assert f"--inner {' '.join(inner)}" in outcome.err.splitlines()[-1]
        assert f"{len(inner) + 1} layers" in outcome.err.splitlines()[-1]
    for more in (["--inner", "32", "--layers", "2"], ["--inner", "32"], ["--layers", "5"]):
        assert line("train", *places, *more).code == 1  # for there is no corpus


def test_bad_usage_is_told(line: Any, tmp_path: Path) -> None:
    for option, value in (
        ("--dropout", "1"),
        ("--minutes", "-1"),
        ("--inner", "none"),
        ("--falling", "1.1"),
        ("--seed", "-1"),
        ("--seed", str(2**64)),
    ):
        outcome = line("train", "--corpus", tmp_path, "--output", tmp_path / "base", option, value)
        assert outcome.code == 2
        assert option in outcome.err
