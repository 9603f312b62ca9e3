"""What learning an author's first 40,000 characters is worth on the next 10,000.

    python -m tests.benchmarks.learning_gain AUTHOR.txt ... [--base DIR] [--learnt N] [--typed N]

The same characters are typed with the base alone, after learning, and after closing and
opening the profile again.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tqdm import tqdm

from model import Predictor
from model.evaluation.command import stream_of, type_stream


def split(documents: list[str], learnt: int, typed: int) -> tuple[list[str], list[str]]:
    """The first `learnt` characters, and the `typed` ones after them, cut between documents."""
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("authors", nargs="+", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--learnt", type=int, default=40_000)
    parser.add_argument("--typed", type=int, default=10_000)
    args = parser.parse_args()
    print(
        f"{'author':32}{'':10}{'KSR inline':>11}{'list 3':>8}{'top 1':>7}{'bits':>7}{'seconds':>9}"
    )
    for author in args.authors:
        first, then = split(stream_of(author, args.learnt + args.typed), args.learnt, args.typed)
        with tempfile.TemporaryDirectory() as folder:
            for row in ("base", "learnt", "restarted"):
                started = time.perf_counter()
                with Predictor.open(Path(folder) / "profile", "eager", args.base) as predictor:
                    for document in first if row == "learnt" else ():
                        predictor.learn(document)
                    seconds = time.perf_counter() - started
                    with tqdm(disable=True) as bar:
                        f = type_stream(predictor, then, learn=False, bar=bar).figures()
                print(
                    f"{author.stem[:31]:32}{row:10}{f['ksr_inline']:11}{f['ksr_list3']:8}"
                    f"{f['top1']:7}{f['bits_per_character']:7.3f}{seconds:9.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
