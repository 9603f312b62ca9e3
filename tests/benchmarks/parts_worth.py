"""What the parts of a suggestion are worth: n-grams, the document's cache, products in int8.

    python -m tests.benchmarks.parts_worth FILE ... [--max-chars N] [--base DIR]

The same text is typed with everything (eager, nothing learnt) and without each part. The weights
are stored in int8 in any case; "products in floats" rounds nothing else. Then what one step of the
network costs, with what it expects next: at batch 1, as for a key, and at 8, as in the search.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import torch
from tqdm import tqdm

from model.base import BaseModel, load_base
from model.document_cache import DocumentCache
from model.evaluation.command import stream_of, type_stream
from model.evaluation.typing import add_up
from model.inference import Inference, floats
from model.predictor import Predictor
from model.profile.store import Profile

COLUMNS = ("ksr_inline", "ksr_list3", "top1", "top3", "bits_per_character")
STEPS = 300


@dataclass(frozen=True)
class Row:
    """One way to suggest."""

    name: str
    ngrams: bool = True
    cache: bool = True
    int8: bool = True


ROWS = (
    Row("everything"),
    Row("without n-grams", ngrams=False),
    Row("without the document's cache", cache=False),
    Row("without both", ngrams=False, cache=False),
    Row("products in floats", int8=False),
)


class NoCache(DocumentCache):
    """Sees nothing of the document, and adds nothing."""

    def show(self, ids: Sequence[int]) -> None:
        """Look away."""


def in_floats(base: BaseModel) -> Inference:
    """The network on the same weights, with products in floats."""
    return Inference(base.config, base.floats(), linear=floats)


def figures(row: Row, base: BaseModel, streams: Sequence[Sequence[str]]) -> dict[str, object]:
    """What `main.py evaluate` would say of all the texts together."""
    base = base if row.ngrams else replace(base, ngrams=None)
    tallies = []
    for documents in streams:
        with (
            Predictor(base, Profile.open(None, writable=False), "eager") as predictor,
            tqdm(disable=True) as bar,
        ):
            if not row.int8:
                predictor.composer.renew(in_floats(base), fresh=True)
            if not row.cache:
                predictor.composer.search.document = NoCache()
            tallies.append(type_stream(predictor, documents, learn=False, bar=bar))
    return add_up(tallies).figures()


def milliseconds(inference: Inference, batch: int) -> float:
    """Of the processor, for one step of so many streams; the median of many."""
    state = inference.initial_state().repeat(1, batch, 1)
    times = []
    for number in range(STEPS):
        started = time.thread_time()
        state = inference.advance([(97 * number + i) % 1000 for i in range(batch)], state)
        inference.probabilities(state)
        times.append(1000 * (time.thread_time() - started))
    return median(times)


def main() -> None:
    """Print both tables row by row."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--max-chars", type=int)
    parser.add_argument("--base", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    base = load_base(args.base)
    streams = [stream_of(path, args.max_chars) for path in args.files]
    print("| | KSR inline | list 3 | top 1 | top 3 | bits/char |")
    print("|---|---|---|---|---|---|", flush=True)
    for row in ROWS:
        found = figures(row, base, streams)
        cells = " | ".join(f"{found[key]:.{3 if 'bits' in key else 2}f}" for key in COLUMNS)
        print(f"| {row.name} | {cells} |", flush=True)
    print("\n| CPU ms of one step | batch 1 | batch 8 |")
    print("|---|---|---|")
    for name, inference in (("int8", base.inference), ("floats", in_floats(base))):
        cells = " | ".join(f"{milliseconds(inference, batch):.2f}" for batch in (1, 8))
        print(f"| {name} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
