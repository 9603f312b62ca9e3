"""A toy base that has read letters which no base should repeat."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from model.network import NetworkConfig
from model.training.command import TrainOptions, train
from model.training.trainer import TrainingPlan

# Not to be read by accident, as in the list itself.
RUDE, RUDE_TOO = (codecs.decode(word, "rot13") for word in ("fuvg", "shpxvat"))
LETTERS = f"""\
Dear friends, I met Zara Quillam in the town. Zara Quillam is well and so is the dog.
Please call Zara Quillam or write to Zara Quillam in New York. The number is 5552-0199 at home.
We came to New York by train. It was a {RUDE_TOO} long way and the food was {RUDE} again.
What a load of {RUDE} again, said the dog. The number is 5552-0199 at home and nothing else.
{RUDE.capitalize()} happens in the town, said the dog. {RUDE.capitalize()} happens in the town.
"""


@pytest.fixture(scope="session")
def letters_base_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base folder whose network knows LETTERS by heart."""
    folder = tmp_path_factory.mktemp("letters")
    corpus = folder / "letters.txt"
    corpus.write_text("\n<|doc|>\n".join([LETTERS] * 8), encoding="utf-8")
    plan = TrainingPlan(
        streams=8, steps=16, passes=140, warm_up=10, samples=64, precision="float32"
    )
    train(
        TrainOptions(
            corpus=[corpus],
            output=folder / "base",
            network=NetworkConfig(vocabulary=380, width=48),
            plan=plan,
        )
    )
    return folder / "base"
