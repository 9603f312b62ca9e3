from __future__ import annotations

import argparse
import time
from pathlib import Path

import pytest

from model.commands.options import count, moment, named, positive, positive_number


def test_moments() -> None:
    assert moment("2026-03-12T10:45:00Z") == 1773312300.0
    assert moment("2026-03-12T10:45:00+01:00") == 1773308700.0
    assert moment("2026-03-12") < moment("2026-03-12T00:01")
    now = time.time()
    for text, age in (("90s", 90), ("5m", 300), ("2h", 7200), ("3d", 259200), ("1.5h", 5400)):
        assert moment(text) == pytest.approx(now - age, abs=5)


@pytest.mark.parametrize("text", ["", "2", "h", "2y", "-3d", "12.3.2026", "99999-01-01"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="neither"):
        moment(text)


def test_numbers() -> None:
    assert positive("12") == 12
    assert positive_number("0.5") == 0.5
    for text in ("0", "-1", "x", "1.5", "\u00b2", ""):
        with pytest.raises(argparse.ArgumentTypeError):
            positive(text)
    for text in ("0", "-1", "x", "nan", "inf"):
        with pytest.raises(argparse.ArgumentTypeError):
            positive_number(text)


def test_a_folder_has_a_name() -> None:
    assert named("a b") == Path("a b")
    with pytest.raises(argparse.ArgumentTypeError, match="no folder"):
        named("")


def test_counts() -> None:
    assert [count(n, "lesson") for n in (0, 1, 2000)] == ["0 lessons", "1 lesson", "2,000 lessons"]
