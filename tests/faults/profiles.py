"""Profiles whose files can be searched, and the base that ships to learn and suggest with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from model.base import BaseModel, load_base
from model.predictor import Predictor
from model.profile.store import Profile

# Words that no base and no other lesson has.
SENTENCES = (
    "Tarethia climbed the stairs of the tower.",
    "In the morning Tarethia wrote a letter to the baker.",
    "The gulls were loud, and nobody came.",
)


@cache
def base() -> BaseModel:
    """The base that ships; read once for all tests."""
    return load_base()


def open_on(profile: Profile) -> Predictor:
    """A predictor that owns `profile`, and has read all that is in it."""
    predictor = Predictor(base(), profile, "eager")
    predictor.catch_up()
    return predictor


def fresh(*lessons: tuple[str, str]) -> Predictor:
    """One in memory that learnt these texts of these documents, and nothing else."""
    predictor = open_on(Profile.open(None))
    for text, document in lessons:
        predictor.learn(text, document, when=1.0)
    return predictor


def raw(folder: Path) -> bytes:
    """Every byte of every file."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
