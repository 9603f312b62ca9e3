"""`main.py train`: makes a base model from a corpus, or goes on making one."""

from __future__ import annotations

import argparse
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.commands.options import Command, add_json, positive, positive_number, show

if TYPE_CHECKING:
    from model.training.command import TrainOptions


def add(parser: argparse.ArgumentParser) -> Command:
    """Describe the command's arguments; returns what runs it."""
    add_argument = parser.add_argument
    add_argument(
        "--corpus",
        nargs="+",
        type=Path,
        required=True,
        metavar="PATH",
        help="text files, folders, tar archives; a line <|doc|> parts documents",
    )
    add_argument("--output", type=Path, required=True, metavar="DIR", help="folder for the base")
    add_argument(
        "--resume",
        action="store_true",
        help="go on from the last checkpoint; after a finished training, from the weights before "
        "its rate fell, for as long again as --passes and --minutes say",
    )
    add_argument(
        "--minutes", type=positive_number, metavar="N", help="end after this much training"
    )
    add_argument("--dev", nargs="+", type=Path, default=[], metavar="PATH", help="text to test on")
    add_argument("--weights", type=Path, metavar="FILE", help="how often each kind of text is seen")
    add_argument("--passes", type=positive_number, metavar="N", help="passes over the text (1)")
    add_argument("--rate", type=positive_number, default=1e-2, metavar="R", help="rate (0.01)")
    add_argument("--seed", type=int, default=1, metavar="N", help="for the order of the text (1)")
    for option, default, help_text in (
        ("--vocabulary", 16_000, "pieces"),
        ("--width", 512, "units of each layer"),
        ("--layers", 2, "LSTM layers"),
        ("--threads", 1, "threads"),
    ):
        text = f"{help_text} ({default})"
        add_argument(option, type=positive, default=default, metavar="N", help=text)
    add_json(parser)
    return _run


def _run(args: argparse.Namespace) -> int:
    from model.training.command import train

    # What training says on its way is progress; the standard output is for the result.
    with redirect_stdout(sys.stderr):
        figures = train(_options(args))
    show(args, figures, lambda: _lines(args.output, figures))
    return 0


def _options(args: argparse.Namespace) -> TrainOptions:
    from model.network import NetworkConfig
    from model.training.command import TrainOptions
    from model.training.corpus import CorpusWeights
    from model.training.plan import TrainingPlan

    return TrainOptions(
        corpus=args.corpus,
        output=args.output,
        dev=args.dev,
        weights=CorpusWeights.load(args.weights) if args.weights else CorpusWeights(),
        network=NetworkConfig(args.vocabulary, width=args.width, layers=args.layers),
        plan=TrainingPlan(
            rate=args.rate, passes=args.passes or 1.0, minutes=args.minutes, seed=args.seed
        ),
        length_named=bool(args.passes or args.minutes),
        resume=args.resume,
        threads=args.threads,
    )


def _lines(output: Path, figures: dict[str, Any]) -> str:
    bits = figures["dev_bits_per_character"]
    dev = "".join(f"\n  {name:<24}{value:.3f} bits per character" for name, value in bits.items())
    return f"The base model is in {output}.{dev}"
