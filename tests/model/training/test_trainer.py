from __future__ import annotations

import contextlib
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from model.errors import SourceError
from model.network import Network, NetworkConfig
from model.tensors import from_bytes, to_bytes
from model.training.checkpoint import Checkpoint
from model.training.plan import TrainingPlan
from model.training.team import Team
from model.training.trainer import CHECKPOINT, STABLE, Progress, Trainer

CONFIG = NetworkConfig(vocabulary=300, width=32)
PLAN = TrainingPlan(streams=4, steps=8, passes=3, warm_up=5, samples=64, precision="float32")


@pytest.fixture
def stream() -> array[int]:
    ids = torch.randint(0, 300, (4 * 8 * 12,), generator=torch.Generator().manual_seed(0))
    return array("H", ids.tolist())


def trainer(config: NetworkConfig, *rest: Any, **more: Any) -> Trainer:
    torch.manual_seed(1)
    return Trainer(Network(config), *rest, **more)


def losses(one: Trainer, stop_after: int | None = None) -> list[float]:
    seen: list[float] = []

    def note(progress: Progress) -> None:
        seen.append(progress.loss)
        if progress.step == stop_after:
            one.save()
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        one.run(note)
    return seen


def test_it_goes_on_at_the_exact_step(stream: array[int], tmp_path: Path) -> None:
    whole = losses(trainer(CONFIG, stream, PLAN, tmp_path / "whole"))
    first = losses(trainer(CONFIG, stream, PLAN, tmp_path / "parts"), stop_after=13)
    second = trainer(CONFIG, stream, PLAN, tmp_path / "parts")
    assert second.resume()
    assert first + losses(second) == whole


def test_it_learns(tmp_path: Path) -> None:
    counting = array("H", [i % 50 for i in range(4 * 8 * 12)])
    plan = TrainingPlan(streams=4, steps=8, passes=70, warm_up=5, samples=64, precision="float32")
    seen = losses(trainer(CONFIG, counting, plan, tmp_path))
    assert sum(seen[-5:]) < 0.5 * sum(seen[:5])


def test_nothing_to_resume(stream: array[int], tmp_path: Path) -> None:
    assert not trainer(CONFIG, stream, PLAN, tmp_path).resume()


def test_threads_change_nothing(stream: array[int], tmp_path: Path) -> None:
    plan = replace(PLAN, part=1, passes=1)
    config = replace(CONFIG, dropout=0.1)
    one, two = (trainer(config, stream, plan, tmp_path / str(n), threads=n) for n in (1, 2))
    assert losses(one) == losses(two)
    for ours, theirs in zip(one.network.parameters(), two.network.parameters(), strict=True):
        assert torch.equal(ours, theirs)


def test_a_finished_training_goes_on_from_before_the_fall(
    stream: array[int], tmp_path: Path
) -> None:
    first = trainer(CONFIG, stream, PLAN, tmp_path)
    losses(first)
    stable = Checkpoint.read(tmp_path / STABLE)
    assert not stable.falling
    assert stable.step == pytest.approx(0.65 * first.step, abs=1)
    second = trainer(CONFIG, stream, PLAN, tmp_path)
    assert second.resume()
    assert (second.step, second.share) == (stable.step, 0.0)
    weights = stable.under("network.")
    assert all(torch.equal(v, weights[k]) for k, v in second.network.state_dict().items())
    assert len(losses(second)) == first.step


def test_an_unfinished_schedule_keeps_its_length(stream: array[int], tmp_path: Path) -> None:
    losses(trainer(CONFIG, stream, PLAN, tmp_path), stop_after=10)
    longer = replace(PLAN, passes=6)
    for named, share in ((False, 10 / 33), (True, 10 / 66)):
        again = trainer(CONFIG, stream, longer, tmp_path)
        assert again.resume(length_named=named)
        assert again.share == pytest.approx(share, abs=0.02)


def test_a_checkpoint_of_the_first_program_goes_on(stream: array[int], tmp_path: Path) -> None:
    first = trainer(CONFIG, stream, PLAN, tmp_path)
    losses(first, stop_after=10)
    path = tmp_path / CHECKPOINT
    tensors = from_bytes(path.read_bytes())
    tensors["state.cell"] = tensors["state.cell"].bfloat16()
    tensors["state.hidden"] = tensors["state.hidden"].bfloat16()
    path.write_bytes(to_bytes(tensors, {"progress": '{"step": 10, "seconds": 7.5}'}))
    second = trainer(CONFIG, stream, PLAN, tmp_path)
    assert second.resume()
    assert (second.step, second.share) == (10, 0.0)
    assert len(losses(second)) == pytest.approx(33, abs=1)


def test_it_can_stop_before_the_end(stream: array[int], tmp_path: Path) -> None:
    first = trainer(CONFIG, stream, PLAN, tmp_path)
    assert not first.run(lambda progress: None, minutes=1e-9)
    assert first.step == 1
    second = trainer(CONFIG, stream, PLAN, tmp_path)
    assert second.resume()
    assert second.run(lambda progress: None)
    assert second.step == 33


def test_what_does_not_fit_is_named(stream: array[int], tmp_path: Path) -> None:
    losses(trainer(CONFIG, stream, PLAN, tmp_path), stop_after=1)
    with pytest.raises(SourceError, match="another shape"):
        trainer(replace(CONFIG, width=16), stream, PLAN, tmp_path).resume()
    with pytest.raises(SourceError, match="4 streams cannot be shared by 3"):
        trainer(CONFIG, stream, PLAN, tmp_path, team=Team(size=3))
    with pytest.raises(SourceError, match="too small"):
        trainer(CONFIG, stream[:36], PLAN, tmp_path)
    (tmp_path / CHECKPOINT).write_bytes(b"torn")
    with pytest.raises(SourceError, match="damaged"):
        trainer(CONFIG, stream, PLAN, tmp_path).resume()
