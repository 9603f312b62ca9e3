"""`main.py train`: from a corpus to a base folder that the program can use.

The output folder holds the base itself; its sub-folder `work` holds what only training
needs (token ids, checkpoint, curve) and may be deleted afterwards.
"""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from model.base import save_base
from model.errors import SourceError
from model.evaluation.bits import bits_per_character, documents_of
from model.network import Network, NetworkConfig
from model.text import WORD, fold
from model.tokens import PLACEHOLDERS, Tokens, load_vocabulary, train_vocabulary
from model.training.corpus import (
    CorpusWeights,
    copies,
    encode_corpus,
    read_documents,
    sample_lines,
)
from model.training.curve import Curve, draw
from model.training.ngrams import count_ngrams, fit_gate
from model.training.plan import TrainingPlan
from model.training.trainer import Progress, Trainer

_VOCABULARY_SAMPLE = 60_000_000  # characters; more changes no common piece
_WORDS = 80_000
_LEAST_COUNT = 3
_LEAST_VOCABULARY, _MOST_VOCABULARY = 300, 32_768  # byte pieces and a few; four fit a key
_CURVE_EVERY = 250  # steps
_DEV_CHARACTERS = 6_000  # of each dev file
_GATE_CHARACTERS = 12_000  # after those


@dataclass(frozen=True)
class TrainOptions:
    """What the command line says."""

    corpus: Sequence[Path]
    output: Path
    dev: Sequence[Path] = ()
    weights: CorpusWeights = CorpusWeights()
    network: NetworkConfig = NetworkConfig(16_000)
    plan: TrainingPlan = TrainingPlan()
    resume: bool = False
    length_named: bool = False  # that of `plan` is what the user asked for, and no default
    threads: int = 1


def train(options: TrainOptions) -> dict[str, Any]:
    """Run the whole command; returns the figures that also stand in base.json."""
    torch.set_num_threads(1)  # what is worth more than one goes through workers
    work = options.output / "work"
    work.mkdir(parents=True, exist_ok=True)
    _check_recipe(options, work)
    dev = _read_dev(options.dev)
    tokens, stream, words = _prepare(options, work)
    config = NetworkConfig(**{**asdict(options.network), "vocabulary": tokens.size})
    trainer = Trainer(config, stream, options.plan, work, options.threads)
    if options.resume and not trainer.resume(options.length_named):
        tqdm.write("There is no checkpoint to resume; starting from the beginning.")
    curve = Curve(work / "curve.jsonl")
    network = _run(trainer, tokens, dev, curve)
    figures = {
        "tokens_in_a_pass": len(stream),
        "steps": trainer.step,
        "plan": asdict(options.plan),
        "dev_bits_per_character": _dev_bits(network, tokens, dev),
    }
    ngrams = count_ngrams(stream, tokens.size)
    ngrams = ngrams.with_gate(fit_gate(ngrams, network, tokens, _gate_texts(options.dev)))
    save_base(options.output, network, tokens, words, figures, ngrams)
    if curve.means():
        picture = draw(curve.means(), "Bits per character of the development texts, by step")
        (options.output / "curve.svg").write_text(picture, encoding="utf-8")
    return figures


def _prepare(options: TrainOptions, work: Path) -> tuple[Tokens, array[int], list[str]]:
    """Vocabulary, token ids and word list, made once and kept in `work`."""
    vocabulary, ids, words = work / "tokens.model", work / "ids.u16", work / "words.txt"
    seed = options.plan.seed
    if vocabulary.exists():
        tokens = load_vocabulary(vocabulary)
    else:
        tqdm.write("Training the vocabulary ...")
        lines = sample_lines(options.corpus, options.weights, _VOCABULARY_SAMPLE, seed)
        tokens = train_vocabulary(lines, options.network.vocabulary)
        _keep(vocabulary, tokens.serialized)
    if not words.exists():
        _keep(words, "\n".join(_word_list(options)).encode("utf-8"))
    stream: array[int] = array("H")
    if ids.exists():
        stream.frombytes(ids.read_bytes())
    else:
        with tqdm(desc="Encoding", unit=" documents") as bar:
            stream = encode_corpus(
                options.corpus,
                options.weights,
                tokens,
                seed,
                lambda count: bar.update(count - bar.n) and None,
            )
        _keep(ids, stream.tobytes())
    return tokens, stream, words.read_text(encoding="utf-8").split("\n")


def _word_list(options: TrainOptions) -> list[str]:
    """Words seen often enough to be offered, most frequent first."""
    counts: Counter[str] = Counter()
    for name, document in read_documents(options.corpus):
        if copies(name, document, options.weights, options.plan.seed):
            text = fold(document)
            for placeholder in PLACEHOLDERS:
                text = text.replace(placeholder, " ")
            counts.update(WORD.findall(text))
    return [word for word, count in counts.most_common(_WORDS) if count >= _LEAST_COUNT]


def _run(trainer: Trainer, tokens: Tokens, dev: dict[str, list[str]], curve: Curve) -> Network:
    """The loop with a progress bar and, now and then, a line in the curve; the network."""
    losses: list[float] = []
    bar = tqdm(total=100, desc="Training", unit="%", bar_format="{l_bar}{bar}| {postfix}")

    def note(step: int, share: float) -> Network:
        network = _snapshot(trainer.network)
        loss = round(math.fsum(losses) / len(losses), 4) if losses else None
        dev_bits = _dev_bits(network, tokens, dev)
        curve.note({"step": step, "share": round(share, 4), "loss": loss, "dev": dev_bits})
        losses.clear()
        return network

    def show(progress: Progress) -> None:
        losses.append(progress.loss)
        bar.n = round(100 * progress.share, 1)
        bar.set_postfix(loss=f"{progress.loss:.3f}", tokens=f"{progress.tokens_per_second:.0f}/s")
        if progress.step % _CURVE_EVERY == 0:
            note(progress.step, progress.share)

    trainer.run(show)
    bar.close()
    return note(trainer.step, 1.0)


def _snapshot(network: Network) -> Network:
    copy = Network(network.config).eval()
    copy.load_state_dict(network.state_dict())
    return copy


def _dev_bits(network: Network, tokens: Tokens, dev: dict[str, list[str]]) -> dict[str, float]:
    """Bits per character of the beginning of each dev file, and their mean."""
    bits = {name: bits_per_character(network, tokens, texts) for name, texts in dev.items()}
    if bits:
        bits["mean"] = math.fsum(bits.values()) / len(bits)
    return {name: round(value, 4) for name, value in bits.items()}


def _read_dev(paths: Sequence[Path]) -> dict[str, list[str]]:
    """The beginning of each dev file, read before the hours of training, not after them."""
    dev = {}
    for path in paths:
        try:
            dev[path.stem] = documents_of(path.read_text(encoding="utf-8")[:_DEV_CHARACTERS])
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(f"The dev file {path} cannot be read ({error}).") from error
    return dev


def _gate_texts(paths: Sequence[Path]) -> list[str]:
    """What of the dev files is not in the curve: there the n-grams show what they are worth."""
    part = slice(_DEV_CHARACTERS, _DEV_CHARACTERS + _GATE_CHARACTERS)
    return [text for path in paths for text in documents_of(path.read_text("utf-8")[part])]


def _check_recipe(options: TrainOptions, work: Path) -> None:
    """Refuse to mix what an earlier run left in `work` with another corpus or vocabulary."""
    if not _LEAST_VOCABULARY <= options.network.vocabulary <= _MOST_VOCABULARY:
        raise SourceError(
            f"A vocabulary has {_LEAST_VOCABULARY} to {_MOST_VOCABULARY:,} pieces, "
            f"not {options.network.vocabulary:,}."
        )
    recipe = {
        "corpus": [str(path.resolve()) for path in options.corpus],
        "weights": asdict(options.weights),
        "vocabulary": options.network.vocabulary,
        "seed": options.plan.seed,
    }
    file = work / "recipe.json"
    if not file.exists():
        file.write_text(json.dumps(recipe, indent=2), encoding="utf-8")
    elif json.loads(file.read_text(encoding="utf-8")) != recipe:
        raise SourceError(
            f"{work} was made from another corpus, vocabulary, seed or weights: name another "
            "--output, or delete that folder."
        )


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: the next run trusts what it finds."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)
