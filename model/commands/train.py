"""`main.py train`: makes a base model from a corpus, or goes on making one."""

from __future__ import annotations

import argparse
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.commands.options import (
    Command,
    add_json,
    fraction,
    positive,
    positive_number,
    seed,
    share,
    show,
)

if TYPE_CHECKING:
    from model.training.command import TrainOptions

_LAYERS = 2
_DEEP, _DEEP_SCALE = 3, 20.0  # layers; each shrinks the signal of the small embeddings


def add(parser: argparse.ArgumentParser) -> Command:
    """Describe the command's arguments; returns what runs it."""
    parser.epilog = (
        "A schedule is as long as --passes and --minutes say: the rate warms up, stays, and falls "
        "in the last third (--falling); then the base is written. What --stop-after leaves "
        "unfinished, the same command goes on with under --resume, as often as need be. A GPU is "
        "used where there is one; started by torchrun, each process takes its share of the streams."
    )
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
        help="go on with an unfinished schedule; after a finished one, with a new one from the "
        "weights before the rate fell",
    )
    add_argument("--passes", type=positive_number, metavar="N", help="passes over the text (1)")
    add_argument(
        "--minutes",
        type=positive_number,
        metavar="N",
        help="minutes of training, if those are over before --passes",
    )
    add_argument(
        "--stop-after",
        type=positive_number,
        metavar="N",
        help="stop after this many minutes, wherever the schedule is",
    )
    add_argument("--dev", nargs="+", type=Path, default=[], metavar="PATH", help="text to test on")
    add_argument("--weights", type=Path, metavar="FILE", help="how often each kind of text is seen")
    add_argument("--rate", type=positive_number, default=1e-2, metavar="R", help="rate (0.01)")
    add_argument(
        "--falling",
        type=fraction,
        default=0.35,
        metavar="P",
        help="the last share of the schedule, in which the rate falls (0.35)",
    )
    add_argument("--seed", type=seed, default=1, metavar="N", help="for the order of the text (1)")
    for option, default, help_text in (
        ("--vocabulary", 16_000, "pieces"),
        ("--width", 512, "units of each layer, and of the embeddings"),
        ("--streams", 64, "places of the text that are read at a time"),
        ("--threads", 1, "worker threads; a GPU needs none"),
    ):
        text = f"{help_text} ({default})"
        add_argument(option, type=positive, default=default, metavar="N", help=text)
    add_argument("--layers", type=positive, metavar="N", help=f"LSTM layers ({_LAYERS})")
    add_argument(
        "--inner",
        nargs="+",
        type=positive,
        default=[],
        metavar="N",
        help="units of the layers before the last, if not --width: --inner 1024 gives 1024 and 512",
    )
    add_argument("--dropout", type=share, default=0.0, metavar="P", help="share of dropped units")
    add_argument(
        "--scale",
        type=positive_number,
        metavar="S",
        help="of embeddings on the way in (1; 20 from three layers on, which start only so)",
    )
    add_argument(
        "--grow-from",
        type=Path,
        metavar="PATH",
        help="start from the weights and vocabulary of this base or checkpoint, with new units "
        "beside the old ones where the shape has more",
    )
    add_argument(
        "--teacher",
        type=Path,
        metavar="PATH",
        help="learn also from what this base or checkpoint, of the same vocabulary, expects",
    )
    add_argument(
        "--teacher-share", type=share, default=0.5, metavar="P", help="its share of the loss (0.5)"
    )
    add_argument(
        "--average",
        type=Path,
        metavar="PATH",
        help="write the mean of what was trained and this base or checkpoint of the same shape, "
        "from which it was trained on",
    )
    add_json(parser)

    def run(args: argparse.Namespace) -> int:
        layers = len(args.inner) + 1
        if args.inner and args.layers not in (None, layers):
            inner = " ".join(map(str, args.inner))
            parser.error(f"--inner {inner} makes {layers} layers, not {args.layers}: leave one out")
        return _run(args)

    return run


def _run(args: argparse.Namespace) -> int:
    from model.training.command import train

    # What training says on its way is progress; the standard output is for the result.
    with redirect_stdout(sys.stderr):
        figures = train(_options(args))
    if figures:
        show(args, figures, lambda: _lines(args.output, figures))
    return 0


def _options(args: argparse.Namespace) -> TrainOptions:
    from model.network import NetworkConfig
    from model.training.command import TrainOptions
    from model.training.plan import TrainingPlan

    layers = len(args.inner) + 1 if args.inner else args.layers or _LAYERS
    return TrainOptions(
        corpus=args.corpus,
        output=args.output,
        dev=args.dev,
        weights=args.weights,
        network=NetworkConfig(
            args.vocabulary,
            width=args.width,
            layers=layers,
            dropout=args.dropout,
            inner=tuple(args.inner),
            scale=args.scale or (_DEEP_SCALE if layers >= _DEEP else 1.0),
        ),
        plan=TrainingPlan(
            streams=args.streams,
            rate=args.rate,
            falling=args.falling,
            passes=args.passes or 1.0,
            minutes=args.minutes,
            seed=args.seed,
            teacher_share=args.teacher_share,
        ),
        length_named=bool(args.passes or args.minutes),
        resume=args.resume,
        threads=args.threads,
        grow_from=args.grow_from,
        teacher=args.teacher,
        average=args.average,
        stop_after=args.stop_after,
    )


def _lines(output: Path, figures: dict[str, Any]) -> str:
    bits = figures["dev_bits_per_character"]
    dev = "".join(f"\n  {name:<24}{value:.3f} bits per character" for name, value in bits.items())
    if not figures["finished"]:
        return f"{figures['share']:.0%} of the schedule is done; go on with --resume.{dev}"
    return f"The base model is in {output}.{dev}"
