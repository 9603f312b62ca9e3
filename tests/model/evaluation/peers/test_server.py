"""What runs in the system's Python: its lines, and Onboard's rules around its library."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from model.evaluation.peers import server


class Parrot:
    """Expects what was learnt last."""

    heard = ""

    def words(self, before: str, limit: int) -> list[tuple[str, str]]:
        return [(self.heard, self.heard)] * limit

    def learn(self, text: str) -> None:
        self.heard = text


def test_a_line_for_a_line() -> None:
    asked = [{"learn": "tea\n"}, {"before": "a pot of \ud800", "limit": 2}]
    out = io.StringIO()
    server.serve(Parrot(), [json.dumps(one) for one in asked], out)
    learnt, answer = (json.loads(line) for line in out.getvalue().splitlines())
    assert learnt["cpu_ms"] >= 0
    assert answer["words"] == [["tea\n", "tea\n"]] * 2


def test_a_python_without_the_library_says_so() -> None:
    command = [sys.executable, "-I", server.__file__, "onboard"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Onboard" in json.loads(done.stdout)["missing"]


class Library:
    """Stands in for Onboard's: notes options, and gives the words it was made with."""

    LanguageModel = SimpleNamespace(
        CASE_INSENSITIVE=1,
        CASE_INSENSITIVE_SMART=2,
        ACCENT_INSENSITIVE_SMART=8,
        IGNORE_NON_CAPITALIZED=32,
    )

    def __init__(self, words: list[str]) -> None:
        self.found = [(word, 0.5) for word in words]
        self.options = 0

    def tokenize_context(self, text: str) -> tuple[list[str], None]:
        return text.replace(". ", " <s> ").split(" "), None

    def predictp(self, tokens: list[str], limit: int, options: int) -> list[tuple[str, float]]:
        self.options = options
        return self.found


def onboard(words: list[str]) -> tuple[server.Onboard, Library]:
    made: Any = server.Onboard.__new__(server.Onboard)
    made._library = made._model = library = Library(words)
    return made, library


@pytest.mark.parametrize(
    ("before", "options", "inserts"),
    [
        ("He made th", 8 + 2, ["e", "at"]),  # any case, words that continue what stands there
        ("He made Th", 8 + 32, ["omas", "e"]),  # a name
        ("It rains. Th", 8 + 1, ["e", "at", "omas"]),  # a sentence begins: capitals for all
        ("Th", 8 + 1, ["e", "at", "omas"]),  # so does the text
    ],
)
def test_capital_letters_as_onboard_has_them(before: str, options: int, inserts: list[str]) -> None:
    predictor, library = onboard(["the", "<bot:txt>", "that", "Thomas", "The", "th", "Th"])
    assert [insert for _, insert in predictor.words(before, 5)] == inserts
    assert library.options == options
    assert len(predictor.words(before, 1)) == 1


def test_far_from_the_beginning_there_is_no_mark_of_it() -> None:
    predictor, library = onboard(["the"])
    predictor.words("x" * 255 + " Th", 5)
    assert library.options == 8 + 32
