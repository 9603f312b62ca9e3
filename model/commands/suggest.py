"""`main.py suggest TEXT`: what would be shown after a text."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from model.commands.options import (
    Command,
    add_eagerness,
    add_json,
    open_predictor,
    positive,
    show,
)

if TYPE_CHECKING:
    from model.messages import Suggestion


def add(parser: argparse.ArgumentParser) -> Command:
    """Describe the command's arguments; returns what runs it."""
    parser.add_argument("text", metavar="TEXT", help="the text before the caret")
    parser.add_argument("--after", default="", metavar="TEXT", help="the text after the caret")
    parser.add_argument(
        "-n", type=positive, default=5, metavar="N", help="how many candidates at most (5)"
    )
    add_eagerness(parser)
    add_json(parser)
    return _run


def _run(args: argparse.Namespace) -> int:
    with open_predictor(args, eagerness=args.eagerness, writable=False) as predictor:
        start = time.perf_counter()
        suggestion = predictor.suggest(args.text, after=args.after, limit=args.n)
        milliseconds = 1000 * (time.perf_counter() - start)
    figures = {
        "inline": suggestion.inline,
        "candidates": [
            {"word": c.word, "insert": c.insert, "probability": c.probability}
            for c in suggestion.candidates
        ],
        "milliseconds": round(milliseconds, 3),
    }
    show(args, figures, lambda: _lines(suggestion))
    return 0


def _lines(suggestion: Suggestion) -> str:
    inline = f"inline: {suggestion.inline!r}" if suggestion.inline else "inline: (silence)"
    return "\n".join([inline, *(f"{c.probability:6.1%}  {c.word}" for c in suggestion.candidates)])
