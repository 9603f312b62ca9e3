"""A toy base, trained in seconds on a text written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.base import BaseModel, load_base
from model.network import NetworkConfig
from model.training.command import TrainOptions, train
from model.training.plan import TrainingPlan

STORY = """\
The keeper of the lighthouse woke before the sun. He lit the stove and made a pot of tea.
The sea was calm, and the gulls sat on the rail of the balcony. The keeper looked at the sea.
Every morning he climbed the stairs and cleaned the glass of the lamp with a soft cloth.
Every evening he climbed the stairs and lit the lamp for the ships on the water.
The ships passed the lighthouse and the sailors waved at the keeper. The keeper waved back.
I don't know how long the storm lasted, he wrote in his book, but the lamp did not go out.
In the morning the sea was calm again. The keeper made a pot of tea and sat on the balcony.
A letter came from the town. Thank you for the light, it said, we saw the lamp from the sea.
The keeper read the letter to the gulls. They did not say a word, but they stayed for tea.
"""


@pytest.fixture(scope="session")
def toy_base_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base folder with 420 pieces and a network of 64 units that knows STORY well."""
    folder = tmp_path_factory.mktemp("toy")
    corpus = folder / "story.txt"
    corpus.write_text("\n<|doc|>\n".join([STORY] * 6), encoding="utf-8")
    plan = TrainingPlan(streams=8, steps=16, passes=75, warm_up=10, samples=64, precision="float32")
    train(
        TrainOptions(
            corpus=[corpus],
            output=folder / "base",
            network=NetworkConfig(vocabulary=420, width=64),
            plan=plan,
        )
    )
    return folder / "base"


@pytest.fixture(scope="session")
def toy_base(toy_base_folder: Path) -> BaseModel:
    return load_base(toy_base_folder)
