from __future__ import annotations

import os
import socket
import subprocess
import sys
from array import array
from contextlib import suppress
from pathlib import Path

import torch

from model.network import Network, NetworkConfig
from model.tensors import from_bytes
from model.training.plan import TrainingPlan
from model.training.team import join
from model.training.trainer import CHECKPOINT, Trainer

PLAN = TrainingPlan(
    streams=8, steps=6, passes=2, warm_up=5, samples=32, part=2, precision="float32"
)
CONFIG = NetworkConfig(vocabulary=300, width=16, inner=(24,), dropout=0.2)
IDS = array("H", [(7 * i * i + i) % 300 for i in range(8 * 6 * 12)])


def train(folder: Path, minutes: float | None = None) -> None:
    """One process of those that are; it goes on where a checkpoint lies."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    with join() as team:
        trainer = Trainer(Network(CONFIG), IDS, PLAN, folder, team=team)
        trainer.resume()
        assert trainer.run(lambda progress: None, minutes) is (minutes is None)


def threads() -> list[str]:
    """The names of this process's threads; none where there is no /proc."""
    names = []
    for task in Path("/proc/self/task").glob("*"):
        with suppress(FileNotFoundError):  # it has ended meanwhile
            names.append((task / "comm").read_text())
    return names


def test_two_processes_train_what_one_trains(tmp_path: Path) -> None:
    train(tmp_path / "one")
    train(tmp_path / "two", minutes=1e-9)  # alone at first
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {**os.environ, "PYTHONPATH": ".", "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1"}
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__, str(tmp_path / "two")],
            env={**environment, "RANK": str(rank), "MASTER_PORT": port},
            cwd=Path(__file__).parents[3],
        )
        for rank in range(2)
    ]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    one, two = (from_bytes((tmp_path / n / CHECKPOINT).read_bytes()) for n in ("one", "two"))
    assert one.keys() == two.keys()
    for name in one:
        torch.testing.assert_close(two[name], one[name], atol=2e-3, rtol=0, msg=name)


if __name__ == "__main__":
    train(Path(sys.argv[1]))
    # One of the group's threads left here may abort the process as the interpreter ends.
    sys.exit(any("gloo" in name for name in threads()))
