from __future__ import annotations

import io

import pytest
from tqdm import tqdm

from model.errors import SourceError
from model.evaluation.parallel import Progress, in_processes


def spell(word: str, progress: Progress) -> str:
    for _ in word:
        progress.update(1)
    if not word:
        raise SourceError("There is no word.")
    return word.upper()


def test_results_keep_their_order_and_every_character_is_counted() -> None:
    with tqdm(total=13, file=io.StringIO()) as bar:
        bar.update(3)
        assert in_processes(spell, ["keep", "the", "tea"], 2, bar) == ["KEEP", "THE", "TEA"]
        assert bar.n == 13


def test_a_named_error_stays_that_error() -> None:
    with tqdm(disable=True) as bar, pytest.raises(SourceError, match="There is no word"):
        in_processes(spell, ["tea", ""], 2, bar)
