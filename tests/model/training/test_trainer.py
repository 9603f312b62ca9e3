from __future__ import annotations

import contextlib
from array import array
from pathlib import Path

import pytest
import torch

from model.network import NetworkConfig
from model.training.trainer import Progress, Trainer, TrainingPlan

CONFIG = NetworkConfig(vocabulary=300, width=32)
PLAN = TrainingPlan(streams=4, steps=8, passes=3, warm_up=5, samples=64, precision="float32")


@pytest.fixture
def stream() -> array[int]:
    ids = torch.randint(0, 300, (4 * 8 * 12,), generator=torch.Generator().manual_seed(0))
    return array("H", ids.tolist())


def losses(trainer: Trainer, stop_after: int | None = None) -> list[float]:
    seen: list[float] = []

    def note(progress: Progress) -> None:
        seen.append(progress.loss)
        if progress.step == stop_after:
            trainer.save()
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        trainer.run(note)
    return seen


def test_it_goes_on_at_the_exact_step(stream: array[int], tmp_path: Path) -> None:
    whole = losses(Trainer(CONFIG, stream, PLAN, tmp_path / "whole"))
    first = losses(Trainer(CONFIG, stream, PLAN, tmp_path / "parts"), stop_after=13)
    second = Trainer(CONFIG, stream, PLAN, tmp_path / "parts")
    assert second.resume()
    assert first + losses(second) == whole


def test_it_learns(tmp_path: Path) -> None:
    counting = array("H", [i % 50 for i in range(4 * 8 * 12)])
    plan = TrainingPlan(streams=4, steps=8, passes=70, warm_up=5, samples=64, precision="float32")
    seen = losses(Trainer(CONFIG, counting, plan, tmp_path))
    assert sum(seen[-5:]) < 0.5 * sum(seen[:5])


def test_nothing_to_resume(stream: array[int], tmp_path: Path) -> None:
    assert not Trainer(CONFIG, stream, PLAN, tmp_path).resume()


def test_the_rate_warms_up_and_falls(stream: array[int], tmp_path: Path) -> None:
    trainer = Trainer(CONFIG, stream, PLAN, tmp_path)
    assert trainer._rate(0.0) == pytest.approx(PLAN.rate / PLAN.warm_up)
    trainer._step = 100
    assert trainer._rate(0.0) == pytest.approx(PLAN.rate)
    assert trainer._rate(1.0) == pytest.approx(PLAN.rate * PLAN.final_rate)
