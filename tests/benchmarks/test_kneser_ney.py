"""The yardstick itself, against the formulas of Chen & Goodman written out word by word."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest
import torch

from tests.benchmarks.kneser_ney import UNKNOWN, Lexicon, WordPredictor, read_stream
from tests.benchmarks.ngrams import MOST_WORDS, KneserNey

WORDS = 6


@pytest.fixture(scope="module")
def stream() -> list[int]:
    chance = random.Random(5)
    return [min(int(chance.expovariate(0.6)), WORDS - 1) for _ in range(300)]


def plainly(stream: list[int], context: tuple[int, ...], word: int) -> Fraction:
    """The interpolated probability, from dictionaries and by recursion."""
    grams = {n: Counter(zip(*(stream[i:] for i in range(n)), strict=False)) for n in range(1, 5)}
    counts = {4: grams[4]}
    for n in (3, 2, 1):
        counts[n] = Counter(gram[1:] for gram in counts[n + 1])
    return _plain(counts, context, word)


def _plain(
    counts: dict[int, Counter[tuple[int, ...]]], context: tuple[int, ...], word: int
) -> Fraction:
    order = len(context) + 1
    here = counts[order]
    lower = _plain(counts, context[1:], word) if context else Fraction(1, WORDS)
    after = {gram: count for gram, count in here.items() if gram[:-1] == context}
    if not after:
        return lower
    n = [max(1, sum(count == k for count in here.values())) for k in range(5)]
    y = Fraction(n[1], n[1] + 2 * n[2])
    raw = [Fraction(0), *(k - (k + 1) * y * n[k + 1] / n[k] for k in (1, 2, 3))]
    discount = [min(max(d, Fraction(0)), Fraction(k)) for k, d in enumerate(raw)]
    total = sum(after.values())
    taken = sum((discount[min(3, count)] for count in after.values()), Fraction(0))
    count = here[(*context, word)]
    return (count - discount[min(3, count)] + taken * lower) / total


@pytest.mark.parametrize("context", [[], [0], [1, 0], [0, 1, 2], [5, 5, 4], [3, 0, 0], [4, 1, 1]])
def test_it_agrees_with_the_formulas(stream: list[int], context: list[int]) -> None:
    model = KneserNey(torch.tensor(stream, dtype=torch.int32), WORDS)
    found = model.probabilities(context)
    expected = [float(plainly(stream, tuple(context), word)) for word in range(WORDS)]
    assert found.tolist() == pytest.approx(expected, abs=1e-6)
    assert float(found.sum()) == pytest.approx(1)


def test_the_largest_lexicon_still_fits_its_numbers() -> None:
    assert MOST_WORDS**4 < 2**63 <= (MOST_WORDS + 1) ** 4
    last = MOST_WORDS - 1
    model = KneserNey(torch.tensor([last, 0, last, last, 0] * 5, dtype=torch.int32), MOST_WORDS)
    assert int(model.probabilities([last, 0, last]).argmax()) == last
    with pytest.raises(ValueError, match="more than"):
        KneserNey(torch.tensor([0]), MOST_WORDS + 1)


def test_it_finishes_words_and_expects_the_next() -> None:
    story = (
        "The keeper lit the lamp. Then the keeper's friend lit the stove, and the keeper slept.\n"
    )
    lexicon, stream = read_stream([("story", story)] * 3)
    predictor = WordPredictor(lexicon, KneserNey(stream, len(lexicon.ids)))
    assert predictor.suggest("and the ").candidates[0].word == "keeper"
    assert predictor.suggest("lit the st").inline == "ove "
    assert predictor.suggest("the keeper").candidates[0].insert == "'s"
    assert predictor.suggest("").candidates
    assert predictor.suggest("zebra").candidates == ()
    assert len(predictor.suggest("the ", limit=3).candidates) == 3


def test_words_are_numbered_in_their_order_before_the_marks() -> None:
    lexicon = Lexicon(["the", ",", "then", "a", "The", "'"])
    assert lexicon.words == ["The", "a", "the", "then"]
    assert lexicon.words[lexicon.beginning_with("the")] == ["the", "then"]
    assert lexicon.words[lexicon.beginning_with("")] == lexicon.words
    assert lexicon.encode(["zebra"]) == [lexicon.ids[UNKNOWN]]
