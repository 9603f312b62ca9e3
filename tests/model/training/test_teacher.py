from __future__ import annotations

from array import array
from pathlib import Path

import pytest
import torch

from model.base import BaseModel
from model.network import Network, NetworkConfig
from model.training.plan import TrainingPlan
from model.training.teacher import Teacher
from model.training.trainer import CHECKPOINT, Trainer

PLAN = TrainingPlan(streams=4, steps=8, passes=4, warm_up=5, part=2, precision="float32")
IDS = array("H", [(7 * i * i + i) % 400 for i in range(4 * 8 * 12)])


@pytest.fixture
def student() -> Network:
    return Network(NetworkConfig(420, width=16, inner=(24,)))


def test_it_reads_as_the_student_does(toy_base: BaseModel) -> None:
    teacher = Teacher(toy_base, 0.5)
    teacher.prepare(torch.device("cpu"), torch.float32)
    network = toy_base.network()
    ids = torch.tensor([[300, 301, 302], [310, 311, 312]])
    state = torch.zeros(2, 2, teacher.units)
    first, state = teacher.read(ids[:, :2], state)
    second, _ = teacher.read(ids[:, 2:], state)
    with torch.no_grad():
        hidden, _ = network(ids, network.initial_state(2))
        expected = network.logits(hidden).log_softmax(2)
    torch.testing.assert_close(first.log_probabilities(slice(0, 2)), expected[:, 0])
    torch.testing.assert_close(first.log_probabilities(slice(2, 4)), expected[:, 1])
    torch.testing.assert_close(second.log_probabilities(slice(0, 2)), expected[:, 2])


def test_the_student_comes_nearer_to_it(
    toy_base: BaseModel, student: Network, tmp_path: Path
) -> None:
    teacher = Teacher(toy_base, 1.0)
    trainer = Trainer(student, IDS, PLAN, tmp_path, threads=2, teacher=teacher)
    losses: list[float] = []
    trainer.run(lambda progress: losses.append(progress.loss))
    assert 0 < losses[-1] < 0.5 * losses[0]


def test_it_goes_on_with_the_state_of_both(
    toy_base: BaseModel, student: Network, tmp_path: Path
) -> None:
    before = {name: value.clone() for name, value in student.state_dict().items()}
    results = []
    for stops in ((None,), (1e-9, None)):
        folder = tmp_path / str(len(stops))
        for minutes in stops:
            student.load_state_dict(before)
            trainer = Trainer(student, IDS, PLAN, folder, teacher=Teacher(toy_base, 0.5))
            trainer.resume()
            trainer.run(lambda progress: None, minutes)
        results.append({k: v.clone() for k, v in student.state_dict().items()})
        assert (folder / CHECKPOINT).exists()
    assert all(torch.equal(value, results[1][name]) for name, value in results[0].items())
