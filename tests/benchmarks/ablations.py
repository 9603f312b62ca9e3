"""What each choice of the base's recipe is worth, on networks small enough to train in a minute.

    python -m tests.benchmarks.ablations --corpus ARCHIVE ... --dev FILE ...

All networks read the same text once, with the same seed, on one thread: they differ in what
their row names and in nothing else. Bits are per character, the mean of the dev files, so
that vocabularies can be compared; CPU seconds say what the choice costs. So little text says
which way a choice points, not how much it is worth in the end.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

import model.tokens
from model.evaluation.bits import bits_per_character
from model.network import Network, NetworkConfig
from model.text import pretokens
from model.training.corpus import CorpusWeights, read_documents
from model.training.gradients import Gradients
from model.training.loss import Candidates
from model.training.materials import Materials, Recipe, prepare, read_dev
from model.training.plan import TrainingPlan
from model.training.trainer import Trainer
from tests.benchmarks.mogrifier import MogrifierNetwork, trained_so

CHARACTERS = 1_900_000  # some 0.45 M tokens
VOCABULARY = 8_000
CONFIG = NetworkConfig(VOCABULARY, width=192)
PLAN = TrainingPlan(
    streams=32,
    steps=32,
    part=32,
    rate=1e-2,
    warm_up=60,
    samples=1024,
    precision="bfloat16",
    checkpoint_minutes=1e9,
)


class UntiedNetwork(Network):
    """An output layer of its own."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__(config)
        self.output = nn.Parameter(self.embedding.weight.detach().clone())

    def logits(self, hidden: Tensor) -> Tensor:
        return nn.functional.linear(hidden, self.output, self.bias)


class UntiedGradients(Gradients):
    """The gradients of the two layers apart, each made as if the other had none."""

    def _weights(self, candidates: Candidates | None) -> Any:
        output = self._network.output.detach()
        if candidates is not None:
            output = output[candidates.classes]
        return replace(super()._weights(candidates), output=output.to(self._kind))

    def _sum(self, inputs: Tensor, candidates: Candidates | None, outcomes: Any) -> None:
        zeros = torch.zeros_like
        super()._sum(inputs, candidates, [replace(o, embedded=zeros(o.embedded)) for o in outcomes])
        self._network.output.grad = self._network.embedding.weight.grad
        super()._sum(inputs, candidates, [replace(o, output=zeros(o.output)) for o in outcomes])


@dataclass(frozen=True)
class Variant:
    """One row: what differs from the first one."""

    name: str
    config: NetworkConfig = CONFIG
    plan: TrainingPlan = PLAN
    untied: bool = False
    zero_bias: bool = False
    suffix: bool = False  # of words: "the " instead of " the"
    mogrifier: bool = False


VARIANTS = (
    Variant("2x192, 8k pieces, tied, rate 1e-2, sampled softmax"),
    Variant("vocabulary of 16k", replace(CONFIG, vocabulary=16_000)),
    Variant("space at the end of a word, not before it", suffix=True),
    Variant("untied embeddings", untied=True),
    Variant("dropout 0.1", replace(CONFIG, dropout=0.1)),
    Variant("rate 2.5e-3", plan=replace(PLAN, rate=2.5e-3)),
    Variant("rate 5e-3", plan=replace(PLAN, rate=5e-3)),
    Variant("rate 2e-2", plan=replace(PLAN, rate=2e-2)),
    Variant("1 layer of 192", replace(CONFIG, layers=1)),
    Variant("384 then 192 units", replace(CONFIG, inner=(384,))),
    Variant("embeddings times 8 on the way in", replace(CONFIG, scale=8.0)),
    Variant("output bias from zero, not from the frequencies", zero_bias=True),
    Variant("full softmax", plan=replace(PLAN, full_share=1.0)),
    Variant("linear fall from the start", plan=replace(PLAN, falling=1.0)),
    Variant("mogrifier of 5 rounds", mogrifier=True),
)


def suffixed(text: str) -> Iterator[str]:
    """The pretokens of `text`, each with the space that follows it."""
    held = ""
    for piece in pretokens(text):
        word = piece.removeprefix(" ") or piece
        if word != piece and held not in ("", "\n"):
            held += " "
        if held:
            yield held
        held = word
    if held:
        yield held


@contextmanager
def spaces(suffix: bool) -> Iterator[None]:
    """Let the vocabulary keep its spaces at the end of words, for as long as this lasts."""
    cut, recipe = model.tokens.pretokens, dict(model.tokens._RECIPE)
    if suffix:
        model.tokens.pretokens = suffixed
        model.tokens._RECIPE["treat_whitespace_as_suffix"] = True
    try:
        yield
    finally:
        model.tokens.pretokens = cut
        model.tokens._RECIPE.update(recipe, treat_whitespace_as_suffix=False)


def slice_of(paths: Sequence[Path], characters: int) -> str:
    """Whole documents from all over the corpus, in an order that only their text decides."""
    documents: list[tuple[bytes, str]] = []
    for _, text in read_documents(paths):
        digest = hashlib.blake2b(text[:500].encode(), digest_size=8).digest()
        if digest[0] < 32 and len(text) < 20_000:  # an eighth is choice enough
            documents.append((digest, text))
    chosen = []
    for _, text in sorted(documents):
        chosen.append(text)
        characters -= len(text)
        if characters <= 0:
            break
    return "\n<|doc|>\n".join(chosen)


def measure(variant: Variant, materials: Materials, dev: dict[str, list[str]]) -> dict[str, float]:
    """Train one network; bits per character, its weights in thousands, and CPU seconds."""
    torch.manual_seed(variant.plan.seed)
    config = replace(variant.config, vocabulary=materials.tokens.size)
    kind = UntiedNetwork if variant.untied else MogrifierNetwork if variant.mogrifier else Network
    network = kind(config)
    if not variant.zero_bias:
        network.bias.data = materials.first_bias()
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(network, materials.stream, variant.plan, Path(folder))
        if variant.untied:
            trainer._gradients = UntiedGradients(network, torch.bfloat16, variant.plan.part, 1)
        started = time.process_time()
        with trained_so() if variant.mogrifier else nullcontext():
            trainer.run(lambda progress: None)
        seconds = time.process_time() - started
    bits = [bits_per_character(network, materials.tokens, texts) for texts in dev.values()]
    return {
        "bits": math.fsum(bits) / len(bits),
        "weights": sum(p.numel() for p in network.parameters()) / 1000,
        "tokens": len(materials.stream) / 1000,
        "seconds": seconds,
    }


def main() -> None:
    """Print the table row by row."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for option in ("--corpus", "--dev"):
        parser.add_argument(option, nargs="+", type=Path, required=True, metavar="PATH")
    parser.add_argument("--characters", type=int, default=CHARACTERS, metavar="N")
    parser.add_argument(
        "--rows", default="", metavar="TEXT", help="only those whose names hold this, and the first"
    )
    args = parser.parse_args()
    torch.set_num_threads(1)
    dev = read_dev(args.dev)
    prepared: dict[tuple[int, bool], Materials] = {}
    print("| | bits/char | difference | weights | tokens read | CPU s |")
    print("|---|---|---|---|---|---|", flush=True)
    first = None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "slice.txt").write_text(slice_of(args.corpus, args.characters), encoding="utf-8")
        for variant in VARIANTS:
            if variant is not VARIANTS[0] and args.rows not in variant.name:
                continue
            key = (variant.config.vocabulary, variant.suffix)
            with spaces(variant.suffix):
                if key not in prepared:
                    work = folder / str(len(prepared))
                    work.mkdir()
                    recipe = Recipe([folder / "slice.txt"], CorpusWeights(), key[0], seed=1)
                    prepared[key] = prepare(recipe, work)
                row = measure(variant, prepared[key], dev)
            first = first or row["bits"]
            print(
                f"| {variant.name} | {row['bits']:.3f} | {row['bits'] - first:+.3f} | "
                f"{row['weights']:,.0f} k | {row['tokens']:,.0f} k | {row['seconds']:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
