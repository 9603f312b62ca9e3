"""`main.py evaluate FILE ...`: an ideal user types the files; how many keys does it save?"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model.commands.options import (
    Command,
    add_eagerness,
    add_json,
    named_profile,
    positive,
    show,
)

_COLUMNS = (
    ("ksr_inline", "KSR inline"),
    ("ksr_list3", "list 3"),
    ("ksr_list5", "list 5"),
    ("top1", "top 1"),
    ("top3", "top 3"),
    ("precision", "precision"),
    ("show_rate", "shown"),
    ("shown_per_saved", "per saved"),
    ("bits_per_character", "bits/char"),
)
_NAME_WIDTH = 24


def add(parser: argparse.ArgumentParser) -> Command:
    """Describe the command's arguments; returns what runs it."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="one author's documents in time order"
    )
    parser.add_argument("--learn", action="store_true", help="learn while typing, in memory")
    parser.add_argument(
        "--max-chars", type=positive, metavar="N", help="type only the first N characters of each"
    )
    add_eagerness(parser)
    add_json(parser)
    return _run


def _run(args: argparse.Namespace) -> int:
    from model.evaluation.command import evaluate_files

    figures = evaluate_files(
        args.files,
        learn=args.learn,
        max_chars=args.max_chars,
        eagerness=args.eagerness,
        profile=named_profile(args),
        base=args.base,
        progress=True,
    )
    show(args, figures, lambda: _table(figures))
    return 0


def _table(figures: Mapping[str, Any]) -> str:
    heads = "".join(f"{head:>12}" for _, head in _COLUMNS)
    rows = [_row(stream["file"], stream) for stream in figures["streams"]]
    return "\n".join(
        [
            " " * _NAME_WIDTH + heads + "   ms p50/p95/p99",
            *rows,
            _row("pooled", figures["pooled"]),
        ]
    )


def _row(name: str, figures: Mapping[str, Any]) -> str:
    cells = "".join(f"{figures[key]:>12.2f}" for key, _ in _COLUMNS)
    times = " / ".join(f"{figures['latency_ms'][p]:.1f}" for p in ("p50", "p95", "p99"))
    return f"{name[:_NAME_WIDTH]:<{_NAME_WIDTH}}{cells}   {times}"
