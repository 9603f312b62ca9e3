from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from model.base import load_base
from model.errors import BaseModelError, SourceError
from model.network import NetworkConfig
from model.training.command import TrainOptions, train
from model.training.curve import Curve
from model.training.plan import TrainingPlan
from model.training.trainer import CHECKPOINT

TEXT = (
    "Der Leuchtturmw\u00e4rter \u00f6ffnete das Fenster. "
    "Das Meer war ruhig, und die M\u00f6wen schliefen.\n"
)
PLAN = TrainingPlan(streams=2, steps=8, passes=2, warm_up=2, samples=32, precision="float32")


@pytest.fixture
def options(tmp_path: Path) -> TrainOptions:
    (tmp_path / "corpus.txt").write_text(TEXT * 40, encoding="utf-8")
    (tmp_path / "dev.txt").write_text(TEXT, encoding="utf-8")
    return TrainOptions(
        corpus=[tmp_path / "corpus.txt"],
        output=tmp_path / "base",
        dev=[tmp_path / "dev.txt"],
        network=NetworkConfig(vocabulary=320, width=16),
        plan=PLAN,
    )


def test_a_base_for_another_language_from_a_file_of_text(options: TrainOptions) -> None:
    figures = train(options)
    base = load_base(options.output)
    assert "Leuchtturmw\u00e4rter" in base.words
    assert base.description["training"] == figures
    assert 0 < figures["dev_bits_per_character"]["dev"] == figures["dev_bits_per_character"]["mean"]


def test_what_lies_in_the_folder_is_never_mixed(options: TrainOptions) -> None:
    train(options)
    with pytest.raises(SourceError, match="another corpus"):
        train(replace(options, plan=replace(PLAN, seed=2)))


def test_mistakes_are_told_before_the_hours_of_training(options: TrainOptions) -> None:
    with pytest.raises(SourceError, match=r"missing\.txt"):
        train(replace(options, dev=[Path("missing.txt")]))
    with pytest.raises(SourceError, match="pieces"):
        train(replace(options, network=NetworkConfig(vocabulary=70_000)))
    other = options.output.with_name("other")
    with pytest.raises(SourceError, match="too small"):
        train(replace(options, output=other, network=NetworkConfig(vocabulary=5000)))


def test_an_output_that_can_be_no_folder_is_told(options: TrainOptions) -> None:
    for output in (options.dev[0], options.dev[0] / "base"):
        with pytest.raises(SourceError, match=r"cannot be made or .*: name another --output"):
            train(replace(options, output=output))


def test_a_base_that_is_none_is_told_with_its_option(options: TrainOptions) -> None:
    nowhere = options.output / "nowhere"
    for option in ("grow_from", "teacher", "average"):
        with pytest.raises(BaseModelError, match=f"with --{option.replace('_', '-')}"):
            train(replace(options, **{option: nowhere}))


def test_after_a_mistake_the_same_folder_serves(options: TrainOptions) -> None:
    for mistake in (
        replace(options, corpus=[Path("missing")]),
        replace(options, network=NetworkConfig(vocabulary=5000)),
    ):
        with pytest.raises(SourceError):
            train(mistake)
    assert train(options)["finished"]


def test_the_curve_is_drawn_and_goes_on(options: TrainOptions) -> None:
    first = train(options)["steps"]
    second = train(replace(options, resume=True))["steps"]
    curve = Curve(options.output / "work" / "curve.jsonl")
    assert [curve.means()[0][0], curve.means()[-1][0]] == [first, second]
    assert (options.output / "curve.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ids.u16", r"ids\.u16 is damaged .*delete it"),
        ("words.txt", r"words\.txt is damaged .*delete it"),
        ("recipe.json", r"recipe\.json is damaged .*delete the folder .*work"),
        ("tokens.model", r"tokens\.model is damaged .*delete the folder .*work"),
        ("curve.jsonl", r"curve\.jsonl is damaged .*delete it"),
        (CHECKPOINT, r"checkpoint .* is damaged .*delete it"),
    ],
)
def test_what_is_damaged_is_told_and_what_is_deleted_is_made_anew(
    options: TrainOptions, name: str, told: str
) -> None:
    train(replace(options, stop_after=1e-9))
    file = options.output / "work" / name
    content = file.read_bytes()
    for damaged in (b"\xff\xff\n" + content[:-3], content[: len(content) // 2 | 1] + b"\n{\xff"):
        file.write_bytes(damaged)
        with pytest.raises(SourceError, match=told):
            train(replace(options, resume=True))
    if "delete it" in told:
        file.unlink()
        assert train(replace(options, resume=True))["finished"]


def test_a_network_grows_from_a_base_or_a_checkpoint(options: TrainOptions) -> None:
    before = train(options)["dev_bits_per_character"]["mean"]
    for name, start in (("a", options.output), ("b", options.output / "work" / CHECKPOINT)):
        wider = replace(options.network, inner=(24,), vocabulary=16_000)
        more = replace(options, output=options.output / name, grow_from=start, network=wider)
        assert train(more)["dev_bits_per_character"]["mean"] < before
        base = load_base(more.output)
        assert base.config.widths == (24, 16)
        assert base.tokens.size == 320
    with pytest.raises(SourceError, match="cannot grow"):
        train(replace(more, network=replace(wider, inner=(8,))))
    other = replace(options, network=replace(options.network, vocabulary=330))
    train(replace(other, output=options.output / "c"))
    with pytest.raises(SourceError, match="another corpus, vocabulary"):
        train(replace(other, output=options.output / "c", grow_from=options.output))


def test_a_student_takes_its_teachers_vocabulary(options: TrainOptions) -> None:
    train(options)
    named = replace(options, teacher=options.output, network=NetworkConfig(16_000, width=12))
    student = train(replace(named, output=options.output / "student"))
    assert load_base(options.output / "student").tokens.size == 320
    assert student["dev_bits_per_character"]["mean"] < 3
    other = options.output.with_name("other.txt")
    other.write_text(TEXT.upper() * 40, encoding="utf-8")
    alone = replace(options, output=options.output / "alone", corpus=[other])
    train(alone)
    with pytest.raises(SourceError, match="another vocabulary"):
        train(replace(alone, teacher=options.output))


def test_what_was_trained_on_is_averaged_with_where_it_began(options: TrainOptions) -> None:
    train(options)
    on = replace(options, grow_from=options.output, average=options.output)
    mean = train(replace(on, output=options.output / "mean"))
    alone = train(replace(on, output=options.output / "alone", average=None))
    assert mean["dev_bits_per_character"] != alone["dev_bits_per_character"]
    began, ended, between = (
        load_base(options.output / name).floats()["embedding.weight"]
        for name in (".", "alone", "mean")
    )
    torch.testing.assert_close(between, (began + ended) / 2, atol=0.02, rtol=0)
    assert float((ended - began).abs().max()) > 0.1
    wider = replace(on, output=options.output / "wider", network=replace(on.network, inner=(24,)))
    with pytest.raises(SourceError, match="name a base to average with that has 24 and 16 units"):
        train(wider)
