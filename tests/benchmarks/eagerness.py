"""How often a ghost is worth looking at, at each eagerness: the same text typed three times.

python -m tests.benchmarks.eagerness FILE ... [--max-chars N] [--base DIR]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from model.evaluation.command import evaluate_files
from model.messages import EAGERNESS

COLUMNS = (
    ("ksr_inline", "KSR inline"),
    ("precision", "precision"),
    ("show_rate", "shown"),
    ("shown_per_saved", "per saved"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--max-chars", type=int)
    parser.add_argument("--base", type=Path)
    args = parser.parse_args()
    print(" " * 10 + "".join(f"{head:>12}" for _, head in COLUMNS))
    for eagerness in EAGERNESS:
        figures = evaluate_files(
            args.files, max_chars=args.max_chars, eagerness=eagerness, base=args.base
        )["pooled"]
        cells = "".join(f"{figures[key]:>12.2f}" for key, _ in COLUMNS)
        print(f"{eagerness:10}{cells}", flush=True)


if __name__ == "__main__":
    main()
