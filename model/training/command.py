"""`main.py train`: from a corpus to a base folder that the program can use.

The output folder holds the base itself; its sub-folder `work` holds what only training
needs (token ids, checkpoint, curve) and may be deleted afterwards.
"""

from __future__ import annotations

import errno
import math
import os
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from model.base import save_base
from model.errors import SourceError
from model.evaluation.bits import bits_per_character
from model.network import Network, NetworkConfig
from model.tokens import Tokens
from model.training.averaging import average, check_shape
from model.training.corpus import CorpusWeights
from model.training.curve import Curve, draw
from model.training.growth import check_vocabulary, grown, load_trained
from model.training.materials import Materials, Recipe, gate_texts, prepare, read_dev
from model.training.ngrams import count_ngrams, fit_gate
from model.training.plan import TrainingPlan
from model.training.teacher import Teacher
from model.training.team import Team, join
from model.training.trainer import Progress, Trainer

_CURVE_EVERY = 250  # steps


@dataclass(frozen=True)
class TrainOptions:
    """What the command line says."""

    corpus: Sequence[Path]
    output: Path
    dev: Sequence[Path] = ()
    weights: Path | None = None  # how often each kind of text is seen
    network: NetworkConfig = NetworkConfig(16_000)
    plan: TrainingPlan = TrainingPlan()
    resume: bool = False
    length_named: bool = False  # that of `plan` is what the user asked for, and no default
    threads: int = 1
    grow_from: Path | None = None  # a base or a checkpoint to start from
    teacher: Path | None = None  # a base or a checkpoint that the network learns from
    average: Path | None = None  # a base or a checkpoint that is averaged with at the end
    stop_after: float | None = None  # minutes; the schedule may then be unfinished


def train(options: TrainOptions) -> dict[str, Any]:
    """Run the whole command; returns the figures that also stand in base.json.

    Where the schedule is unfinished, `finished` is false among them and there is no base yet.
    Of several processes only the first has figures; the others return none.
    """
    torch.set_num_threads(1)  # what is worth more than one goes through workers
    # cuDNN wants the weights of a layer in one piece; it says so, and copies them.
    warnings.filterwarnings("ignore", message="RNN module weights")
    with join() as team:
        return _train(options, team)


def _train(options: TrainOptions, team: Team) -> dict[str, Any]:
    work = _work_folder(options.output)
    curve = Curve(work / "curve.jsonl")
    curve.check()
    dev = read_dev(options.dev)
    named = {path: load_trained(path, option) for path, option in _others(options)}
    given = next((trained.tokens for trained in named.values()), None)
    vocabulary = given.size if given else options.network.vocabulary
    weights = CorpusWeights.load(options.weights) if options.weights else CorpusWeights()
    recipe = Recipe(options.corpus, weights, vocabulary, options.plan.seed)
    with team.first_goes_first():
        materials = prepare(recipe, work, given)
    tokens = materials.tokens
    for path, trained in named.items():
        check_vocabulary(trained, path, tokens)
    torch.manual_seed(options.plan.seed)
    config = replace(options.network, vocabulary=tokens.size)
    if options.average:
        check_shape(named[options.average], config)
    if options.grow_from:
        start = named[options.grow_from]
        network = grown(start.floats(), start.config, config)
    else:
        network = Network(config)
        network.bias.data = materials.first_bias()
    teacher = None
    if options.teacher:
        teacher = Teacher(named[options.teacher], options.plan.teacher_share)
    trainer = Trainer(network, materials.stream, options.plan, work, options.threads, team, teacher)
    if options.resume and not trainer.resume(options.length_named) and team.first:
        tqdm.write("There is no checkpoint to resume; starting from the beginning.")
    finished = _run(trainer, tokens, dev, curve, options.stop_after)
    bits = curve.last()
    if finished and options.average:
        average(network, named[options.average])
        bits = _dev_bits(network, tokens, dev, team.device)
    figures = {
        "tokens_in_a_pass": len(materials.stream),
        "steps": trainer.step,
        "share": round(trainer.share, 4),
        "finished": finished,
        "plan": asdict(options.plan),
        "dev_bits_per_character": bits,
    }
    if finished and team.first:
        _write(options, network.cpu(), materials, figures, curve)
    return figures if team.first else {}


def _others(options: TrainOptions) -> list[tuple[Path, str]]:
    """The bases and checkpoints that are named, with the options that name them."""
    named = (
        (options.grow_from, "--grow-from"),
        (options.teacher, "--teacher"),
        (options.average, "--average"),
    )
    return [(path, option) for path, option in named if path]


def _work_folder(output: Path) -> Path:
    work = output / "work"
    try:
        work.mkdir(parents=True, exist_ok=True)
        if not os.access(work, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise SourceError(
            f"The folder {work} cannot be made or written in ({error.strerror}): name another "
            "--output."
        ) from error
    return work


def _write(
    options: TrainOptions,
    network: Network,
    materials: Materials,
    figures: dict[str, Any],
    curve: Curve,
) -> None:
    tokens, words = materials.tokens, materials.words
    ngrams = count_ngrams(materials.stream, tokens.size)
    ngrams = ngrams.with_gate(fit_gate(ngrams, network, tokens, gate_texts(options.dev)))
    save_base(options.output, network, tokens, words, figures, ngrams)
    if curve.means():
        picture = draw(curve.means(), "Bits per character of the development texts, by step")
        (options.output / "curve.svg").write_text(picture, encoding="utf-8")


def _run(
    trainer: Trainer,
    tokens: Tokens,
    dev: dict[str, list[str]],
    curve: Curve,
    minutes: float | None,
) -> bool:
    """The loop with a progress bar and lines in the curve; whether the schedule is finished."""
    losses: list[float] = []
    first = trainer.team.first
    bar = tqdm(
        total=100,
        desc="Training",
        unit="%",
        bar_format="{l_bar}{bar}| {postfix}",
        disable=not first,
    )

    def note(step: int, share: float) -> None:
        loss = round(math.fsum(losses) / len(losses), 4) if losses else None
        bits = _dev_bits(trainer.network, tokens, dev, trainer.team.device)
        curve.note({"step": step, "share": round(share, 4), "loss": loss, "dev": bits})
        losses.clear()

    def show(progress: Progress) -> None:
        losses.append(progress.loss)
        bar.n = round(100 * progress.share, 1)
        bar.set_postfix(loss=f"{progress.loss:.3f}", tokens=f"{progress.tokens_per_second:.0f}/s")
        if first and progress.step % _CURVE_EVERY == 0:
            note(progress.step, progress.share)

    finished = trainer.run(show, minutes)
    bar.close()
    if first and trainer.step % _CURVE_EVERY:
        note(trainer.step, trainer.share)
    return finished


def _dev_bits(
    network: Network, tokens: Tokens, dev: dict[str, list[str]], device: torch.device
) -> dict[str, float]:
    """Bits per character of the beginning of each dev file, and their mean."""
    with device:  # new tensors are made there
        bits = {name: bits_per_character(network, tokens, texts) for name, texts in dev.items()}
    if bits:
        bits["mean"] = math.fsum(bits.values()) / len(bits)
    return {name: round(value, 4) for name, value in bits.items()}
