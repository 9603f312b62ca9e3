"""A base for another language, from a folder of text to words at the caret."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from model import Predictor

# A small Finnish: who does what, and to what, with the endings that this needs.
WHO = ("Majakanvartija", "Kalastaja", "Äitini", "Vanha merimies", "Pieni tyttö")
WHAT = {
    "keittää": ("kahvia", "teetä", "keittoa"),
    "katselee": ("merta", "tähtitaivasta", "lokkeja"),
    "kirjoittaa": ("kirjettä", "päiväkirjaa"),
    "kuuntelee": ("tuulta", "radiota", "äänilevyä"),
}
WHEN = ("aamulla", "illalla", "yöllä", "myöhään syksyllä")


def sentence(chance: random.Random) -> str:
    verb = chance.choice(list(WHAT))
    return f"{chance.choice(WHO)} {verb} {chance.choice(WHAT[verb])} {chance.choice(WHEN)}."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chance = random.Random(1)
    (tmp_path / "text").mkdir()
    for name in ("yksi", "kaksi", "kolme"):
        text = "\n".join(sentence(chance) for _ in range(200))
        (tmp_path / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_of_finnish_becomes_a_base(line: Any, folder: Path) -> None:
    outcome = line(
        *("train", "--corpus", folder / "text", "--output", folder / "base"),
        *("--vocabulary", "400", "--width", "48", "--layers", "1"),
        *("--streams", "4", "--passes", "20", "--rate", "0.02"),
    )
    assert outcome.code == 0, outcome.err
    with Predictor.open(base=folder / "base", eagerness="eager") as predictor:
        for verb, objects in WHAT.items():
            seen = predictor.suggest(f"Äitini kuuntelee radiota illalla.\nKalastaja {verb} ")
            assert seen.candidates[0].word in objects
        assert predictor.suggest("Kalastaja katselee täht").inline.startswith("itaivasta")
        assert predictor.suggest("Pieni tyt").candidates[0].word == "tyttö"
