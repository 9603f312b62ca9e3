"""Whether it comes to repeat itself where all is accepted: variety with and without learning.

    python -m tests.benchmarks.always_accepting AUTHOR.txt [--sentences N] [--base DIR]

Somebody types the first two words of each of the author's sentences and takes whatever ghost is
shown, up to twelve, hundreds of times. Each such sentence is learnt, with what was accepted marked
as in real use. Printed for each fifth of the sentences: words accepted in one, and the share of
their runs of three words that were not accepted before in that fifth; with the base alone, with
what was accepted learnt as it is, and learnt as if it had been typed (a control: a measure that
could not see the harm would mean nothing).
"""

from __future__ import annotations

import argparse
from itertools import chain
from pathlib import Path

from model import Predictor
from model.evaluation.command import stream_of
from model.lessons.cutting import sentences
from model.messages import Lesson

_MOST = 12  # ghosts of one sentence
_TYPED = 2  # words of it
_ROWS = ("base alone", "learnt", "as if typed")


def accepted(predictor: Predictor, beginning: str) -> str:
    """What is taken from ghosts behind the beginning of a sentence."""
    text = beginning
    for _ in range(_MOST):
        ghost = predictor.suggest(text).inline
        if not ghost or "\n" in ghost:
            break
        text += ghost
        if text.rstrip().endswith((".", "!", "?")):
            break
    return text[len(beginning) :]


def variety(texts: list[str]) -> float:
    """Per cent of all runs of three words that are distinct."""
    runs = [
        run
        for words in map(str.split, texts)
        for run in zip(words, words[1:], words[2:], strict=False)
    ]
    return 100 * len(set(runs)) / max(1, len(runs))


def row(name: str, beginnings: list[str], base: Path | None) -> None:
    """Type, accept and learn all sentences; print each fifth's figures."""
    fifths: list[list[str]] = [[] for _ in range(5)]
    with Predictor.open(None, "eager", base) as predictor:
        for number, beginning in enumerate(beginnings):
            taken = accepted(predictor, beginning)
            fifths[5 * number // len(beginnings)].append(taken)
            if name != "base alone":
                span = (len(beginning), len(beginning) + len(taken))
                spans = () if name == "as if typed" else (span,)
                predictor.learner.take([Lesson(beginning + taken, f"page {number // 20}", spans)])
                predictor.catch_up()
    words = [len(list(chain(*map(str.split, part)))) / max(1, len(part)) for part in fifths]
    figures = (
        f"{count:7.1f} {variety(part):5.1f}" for count, part in zip(words, fifths, strict=True)
    )
    print(f"{name:14}{''.join(figures)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("author", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--sentences", type=int, default=500)
    args = parser.parse_args()
    lines = chain(*map(str.splitlines, stream_of(args.author, 200 * args.sentences)))
    long = [
        words for words in map(str.split, chain(*map(sentences, lines))) if len(words) > 2 * _TYPED
    ]
    beginnings = [" ".join(words[:_TYPED]) + " " for words in long[: args.sentences]]
    print(f"{len(beginnings)} sentences; for each fifth: words accepted, per cent of runs distinct")
    for name in _ROWS:
        row(name, beginnings, args.base)


if __name__ == "__main__":
    main()
