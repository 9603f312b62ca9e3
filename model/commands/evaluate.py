"""`main.py evaluate FILE ...`: an ideal user types the files; how many keys does it save?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from model.commands.options import (
    Command,
    add_eagerness,
    add_json,
    named_profile,
    positive,
    show,
    with_passphrase,
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
    parser.add_argument(
        "--peers",
        action="store_true",
        help="type the same with presage and Onboard, where they are installed",
    )
    parser.add_argument(
        "--jobs",
        type=positive,
        default=1,
        metavar="N",
        help="type N files at a time; their latencies then compete for the machine",
    )
    add_json(parser)
    return _run


def _run(args: argparse.Namespace) -> int:
    from model.evaluation.command import evaluate_files
    from model.evaluation.peers.client import PEERS

    def evaluate(passphrase: str | None) -> dict[str, Any]:
        return evaluate_files(
            args.files,
            learn=args.learn,
            max_chars=args.max_chars,
            eagerness=args.eagerness,
            profile=named_profile(args),
            base=args.base,
            peers=PEERS if args.peers else (),
            jobs=args.jobs,
            progress=True,
            passphrase=passphrase,
        )

    figures = with_passphrase(evaluate)
    show(args, figures, lambda: "\n".join(_table(figures, args.eagerness)))
    for peer in figures.get("peers_left_out", ()):
        print(f"foretype: {peer['reason']}", file=sys.stderr)
    return 0


def _table(figures: Mapping[str, Any], eagerness: str) -> Iterator[str]:
    heads = "".join(f"{head:>12}" for _, head in _COLUMNS)
    yield f"{eagerness:<{_NAME_WIDTH}}{heads}   CPU ms p50/p95/p99"
    peers = figures.get("peers", {})
    for place, stream in enumerate(figures["streams"]):
        yield _row(stream["file"], stream)
        for name, peer in peers.items():
            yield _row(f"  {name}", peer["streams"][place])
    yield _row("pooled", figures["pooled"])
    for name, peer in peers.items():
        yield _row(f"  {name}", peer["pooled"])
    if peers:
        yield "The ghost of a peer is its first word with the space after it, at any eagerness."


def _row(name: str, figures: Mapping[str, Any]) -> str:
    cells = "".join(_cell(figures[key]) for key, _ in _COLUMNS)
    times = " / ".join(f"{figures['cpu_ms'][p]:.1f}" for p in ("p50", "p95", "p99"))
    return f"{name[:_NAME_WIDTH]:<{_NAME_WIDTH}}{cells}   {times}"


def _cell(figure: float | None) -> str:
    return f"{'-':>12}" if figure is None else f"{figure:>12.2f}"
