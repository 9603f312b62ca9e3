"""A command line that runs in this process, and a predictor that only takes notes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

import model
from model.commands.line import run
from model.messages import Candidate, Forgetting, Suggestion


@dataclass(frozen=True)
class Outcome:
    """What a command line gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on the standard output."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


Line = Callable[..., Outcome]


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str]) -> Line:
    """Run `main.py` with these arguments; opening the editor is an error."""

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        try:
            code = run([str(argument) for argument in arguments], no_editor)
        except SystemExit as error:
            code = int(error.code or 0)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


def no_editor(files: list[str], profile: Path | None, base: Path | None) -> int:
    raise AssertionError("the editor was opened")


@dataclass(frozen=True)
class Report:
    lessons: int
    characters: int
    left_out: tuple[str, ...] = ()
    taken_back: int = 0


class FakePredictor:
    """Answers at once, and notes what it was asked."""

    calls: list[tuple[Any, ...]]
    forgets = 0
    reasons: tuple[str, ...] = ()
    backlog = 0

    @classmethod
    def open(cls, **places: Any) -> Self:
        cls.calls.append(("open", places))
        return cls()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.calls.append(("close",))

    def suggest(self, before: str, after: str = "", limit: int = 5) -> Suggestion:
        self.calls.append(("suggest", before, after, limit))
        return Suggestion("orrow ", (Candidate("tomorrow", "orrow ", 0.5),))

    def teach_document(self, text: str, document: str) -> Report:
        self.calls.append(("teach", text, document))
        return Report(1, len(text), self.reasons)

    def drop(self, wish: Forgetting) -> int:
        self.calls.append(("drop", wish))
        return self.forgets

    @property
    def learner(self) -> Self:
        return self

    def fold_next(self) -> bool:
        return False


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakePredictor]:
    """Put the fake in the predictor's place."""
    monkeypatch.setattr(FakePredictor, "calls", [], raising=False)
    monkeypatch.setattr(FakePredictor, "forgets", 0)
    monkeypatch.setattr(model, "Predictor", FakePredictor, raising=False)
    return FakePredictor
