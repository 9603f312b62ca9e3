"""What learning is worth: characters 40,001 to 60,000 of each author, with learning and without.

    python -m tests.benchmarks.learning_gain AUTHOR.txt ... [--base DIR] [--learnt N]
        [--characters N] [--bits]

Both rows type the same characters; with learning, the first ones were learnt before and each
paragraph is learnt once it is typed. `masked`: what was accepted from ghosts counts as in real
use. `--bits` types nothing and takes the bits from the scores before each lesson, which is far
quicker: network and n-grams of the base against all that is learnt.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from tqdm import tqdm

from model import Predictor
from model.evaluation.command import stream_of, type_stream
from model.messages import Lesson

ROWS = ("off", "on", "masked")
HEAD = f"{'author':28}{'row':8}{'KSR':>7}{'gain':>7}{'top 1':>7}{'rel %':>7}{'bits':>8}{'rel %':>8}"


@dataclass(frozen=True)
class Costs:
    """CPU seconds of a lesson and of a fold of 100,000 characters; bytes of all checkpoints."""

    lesson: float
    fold: float
    state: int


def split(documents: list[str], learnt: int, typed: int) -> tuple[list[str], list[str]]:
    """The first `learnt` characters, and the `typed` ones after them, cut between paragraphs."""
    first: list[str] = []
    rest = list(documents)
    while rest and sum(map(len, first)) < learnt:
        room = learnt - sum(map(len, first))
        document = rest.pop(0)
        cut = document.rfind("\n", 0, room) + 1 if len(document) > room else len(document)
        first.append(document[: cut or room])
        if cut < len(document):
            rest.insert(0, document[cut or room :])
    then: list[str] = []
    while rest and sum(map(len, then)) < typed:
        then.append(rest.pop(0)[: typed - sum(map(len, then))])
    return first, then


def learn(predictor: Predictor, documents: list[str]) -> Costs:
    """Learn documents paragraph by paragraph, and what that takes."""
    lessons = characters = 0
    started = time.process_time()
    for number, document in enumerate(documents):
        parts = [Lesson(line, f"learnt {number}") for line in document.splitlines() if line.strip()]
        lessons += len(predictor.learner.take(parts))
        characters += sum(len(part.text) for part in parts)
        predictor.catch_up()
    seconds = time.process_time() - started
    predictor.learner.save()
    journal = predictor.journal
    state = sum(len(journal.state_load(name) or b"") for name in journal.state_names())
    return Costs(seconds / max(1, lessons), seconds / max(1, characters) * 100_000, state)


def typed(author: Path, args: argparse.Namespace) -> tuple[dict[str, dict[str, Any]], Costs]:
    """The figures of each row for one author."""
    total = args.learnt + args.characters
    first, then = split(stream_of(author, total), args.learnt, args.characters)
    figures, costs = {}, Costs(0, 0, 0)
    for row in ROWS:
        with (
            tempfile.TemporaryDirectory() as folder,
            Predictor.open(Path(folder) / "profile", "eager", args.base) as predictor,
            tqdm(disable=True) as bar,
        ):
            if row != "off":
                costs = learn(predictor, first)
            tally = type_stream(predictor, then, row != "off", bar, masked=row == "masked")
            figures[row] = tally.figures()
    return figures, costs


def print_typed(args: argparse.Namespace) -> None:
    """The table of typed characters, and its means."""
    print(HEAD, flush=True)
    sums: dict[str, list[tuple[float, float, float]]] = {row: [] for row in ROWS}
    for author in args.authors:
        figures, costs = typed(author, args)
        off = figures["off"]
        for row, f in figures.items():
            gain = f["ksr_inline"] - off["ksr_inline"]
            top = 100 * (f["top1"] / off["top1"] - 1) if off["top1"] else 0.0
            bits = 100 * (f["bits_per_character"] / off["bits_per_character"] - 1)
            sums[row].append((gain, top, bits))
            print(
                f"{author.stem[:27]:28}{row:8}{f['ksr_inline']:7.2f}{gain:7.2f}{f['top1']:7.2f}"
                f"{top:7.1f}{f['bits_per_character']:8.3f}{bits:8.2f}",
                flush=True,
            )
        print(
            f"{'':28}a lesson {costs.lesson:.2f} s, 100,000 characters {costs.fold:.0f} s, "
            f"checkpoints {costs.state / 1e6:.1f} MB",
            flush=True,
        )
    for row in ROWS[1:]:
        gains, tops, bits = zip(*sums[row], strict=True)
        print(
            f"mean, {row}: KSR {mean(gains):+.2f} (worst {min(gains):+.2f}), "
            f"top 1 {mean(tops):+.1f} %, bits {mean(bits):+.2f} %"
        )


def print_bits(args: argparse.Namespace) -> None:
    """The table of bits alone."""
    relative = []
    for author in args.authors:
        total = args.learnt + args.characters
        first, then = split(stream_of(author, total), args.learnt, args.characters)
        with Predictor.open(None, "eager", args.base) as predictor:
            costs, learner = learn(predictor, first), predictor.learner
            base, own = learner.base_bits, learner.bits
            learn(predictor, then)
            base, own = learner.base_bits - base, learner.bits - own
        relative.append(100 * (own / base - 1))
        print(
            f"{author.stem[:27]:28} bits {relative[-1]:+7.2f} %, a lesson {costs.lesson:.2f} s, "
            f"100,000 characters {costs.fold:.0f} s",
            flush=True,
        )
    print(f"mean {mean(relative):+.2f} %, worst {max(relative):+.2f} %")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("authors", nargs="+", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--learnt", type=int, default=40_000)
    parser.add_argument("--characters", type=int, default=20_000, help="how many are typed")
    parser.add_argument("--bits", action="store_true", help="no typing, bits alone")
    args = parser.parse_args()
    (print_bits if args.bits else print_typed)(args)


if __name__ == "__main__":
    main()
