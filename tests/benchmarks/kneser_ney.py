"""A yardstick: what a modified Kneser-Ney 4-gram of whole words makes of the same corpus.

    python -m tests.benchmarks.kneser_ney CORPUS ... --text FILE ... [--max-chars N] [--documents N]

A corpus is what `main.py train` takes; each document counts once, whatever its weight in
training. The model knows the 55,000 most frequent words, in capitals or not as they stood, and
the punctuation between them; it offers the words that begin as the one under way, and
its ghost is the best of them with the space after it. It learns nothing while it is typed with.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor

from model.evaluation.command import stream_of
from model.evaluation.typing import Tally, type_document
from model.messages import Candidate, Suggestion
from model.text import fold, word_tail
from model.tokens import DOCUMENT
from model.training.corpus import read_documents
from tests.benchmarks.ngrams import MOST_WORDS, ORDER, KneserNey

UNKNOWN = "<unk>"
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|['\-])*|[^\w\s]|\n|_+")
_WINDOW = 300  # characters before the caret: three words are among them


class Lexicon:
    """Words and punctuation as numbers: words first, in the order of their letters."""

    def __init__(self, kept: Collection[str]) -> None:
        """Number the `kept` tokens, and the marks of what is unknown and of a beginning."""
        words = sorted(token for token in kept if token[0].isalnum())
        marks = sorted({*kept, DOCUMENT, UNKNOWN}.difference(words))
        self.words = words
        self.ids = {token: number for number, token in enumerate([*words, *marks])}

    def encode(self, tokens: Sequence[str]) -> list[int]:
        unknown = self.ids[UNKNOWN]
        return [self.ids.get(token, unknown) for token in tokens]

    def beginning_with(self, prefix: str) -> slice:
        """The numbers of the words that begin with `prefix`."""
        end = bisect_left(self.words, prefix + chr(0x10FFFF)) if prefix else len(self.words)
        return slice(bisect_left(self.words, prefix), end)


def read_stream(documents: Iterable[tuple[str, str]]) -> tuple[Lexicon, Tensor]:
    """The lexicon of a corpus, and the corpus (N,) in its numbers."""
    # Numbers by first sight, until it is known which words are frequent.
    seen: defaultdict[str, int] = defaultdict()
    seen.default_factory = seen.__len__
    stream = array("i")
    for _, text in documents:
        stream.extend(map(seen.__getitem__, [DOCUMENT, *_TOKEN.findall(fold(text))]))
    first = torch.frombuffer(stream, dtype=torch.int32)
    frequent = torch.bincount(first).argsort(descending=True)[: MOST_WORDS - 2].tolist()
    tokens = list(seen)
    lexicon = Lexicon({tokens[number] for number in frequent})
    renumber = torch.tensor(lexicon.encode(tokens), dtype=torch.int32)
    return lexicon, renumber[first]


class WordPredictor:
    """The model as one that can be asked while a text is typed."""

    def __init__(self, lexicon: Lexicon, model: KneserNey) -> None:
        self._lexicon = lexicon
        self._model = model
        self._context: list[int] = []
        self._probabilities = model.probabilities([])

    def suggest(self, before: str, after: str = "", limit: int = 5) -> Suggestion:
        """The most probable words that go on from the one under way."""
        typed = word_tail(before)
        settled = before[: len(before) - len(typed)]
        tokens = _TOKEN.findall(fold(settled[-_WINDOW:]))
        if len(settled) <= _WINDOW:
            tokens.insert(0, DOCUMENT)
        self._read(self._lexicon.encode(tokens[-(ORDER - 1) :]))
        fitting = self._lexicon.beginning_with(typed)
        chances = self._probabilities[fitting]
        best = chances.topk(min(limit + 1, len(chances)))
        ranked = [
            (self._lexicon.words[fitting.start + place], chance)
            for chance, place in zip(best.values.tolist(), best.indices.tolist(), strict=True)
        ]
        # As in our own lists, a word that adds nothing to what is typed is not among them.
        found = [Candidate(w, w[len(typed) :], chance) for w, chance in ranked if w != typed]
        return Suggestion(f"{found[0].insert} " if found else "", tuple(found[:limit]))

    def _read(self, context: list[int]) -> None:
        if context != self._context:
            self._context = context
            self._probabilities = self._model.probabilities(context)


def rows(predictor: WordPredictor, files: Sequence[Path], limit: int | None) -> Iterator[str]:
    """A table of all files, line by line."""
    total = Tally()
    heads = "".join(f"{head:>12}" for head in ("KSR inline", "list 3", "list 5", "top 1", "top 3"))
    yield f"{'':24}{heads}   CPU ms p50 / p95 / p99"
    for file in files:
        tally = Tally()
        for document in stream_of(file, limit):
            tally.add(type_document(predictor, document))
        total.add(tally)
        yield row(file.name, tally)
    yield row("pooled", total)


def row(name: str, tally: Tally) -> str:
    figures = tally.figures()
    shares = "".join(
        f"{figures[key]:12.2f}" for key in ("ksr_inline", "ksr_list3", "ksr_list5", "top1", "top3")
    )
    times = " / ".join(f"{value:.2f}" for value in figures["cpu_ms"].values())
    return f"{name:24}{shares}   {times}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--text", nargs="+", type=Path, required=True)
    parser.add_argument("--max-chars", type=int)
    parser.add_argument("--documents", type=int, help="read only the first N of the corpus")
    args = parser.parse_args()
    torch.set_num_threads(1)
    started = time.process_time()
    lexicon, stream = read_stream(islice(read_documents(args.corpus), args.documents))
    model = KneserNey(stream, len(lexicon.ids))
    print(
        f"{len(stream):,} words and marks, {len(lexicon.words):,} different words; "
        f"{(time.process_time() - started) / 60:.1f} minutes of CPU, "
        f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB"
    )
    for line in rows(WordPredictor(lexicon, model), args.text, args.max_chars):
        print(line, flush=True)


if __name__ == "__main__":
    main()
