from __future__ import annotations

from array import array
from collections import Counter

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base import BaseModel
from model.ngrams import DISCOUNT, ORDERS, Ngrams, encode_counts
from model.training.ngrams import count_ngrams, fit_gate

VOCABULARY = 6
streams = st.lists(st.integers(0, VOCABULARY - 1), max_size=120).map(lambda ids: array("H", ids))
uniform = torch.full((VOCABULARY,), 1 / VOCABULARY)


def occurrences(stream: array[int], n: int) -> Counter[tuple[int, ...]]:
    return Counter(tuple(stream[i : i + n]) for i in range(len(stream) - n + 1))


@settings(deadline=None)
@given(streams, st.lists(st.integers(0, VOCABULARY - 1), max_size=5))
def test_what_was_counted_is_what_a_loop_over_the_stream_counts(
    stream: array[int], context: list[int]
) -> None:
    """Plain discounting and backing off, written once more as a loop."""
    expected = uniform.clone()
    levels = {n: {k: c for k, c in occurrences(stream, n).items() if c >= 2} for n in (2, 3, 4)}
    deepest = 0
    for n in ORDERS:
        key = tuple(context[len(context) - n + 1 :])
        after = {k[-1]: c for k, c in levels[n].items() if k[:-1] == key and len(key) == n - 1}
        if not after:
            break
        kept = {token: rounded(c) - DISCOUNT[n] for token, c in after.items()}
        total = max(rounded(occurrences(stream, n - 1)[key]), sum(kept.values()) / 0.98)
        expected = expected * (1 - sum(kept.values()) / total)
        for token, value in kept.items():
            expected[token] += value / total
        deepest = n - 1

    ngrams = count_ngrams(stream, VOCABULARY, least=2)
    mixed, level, _ = ngrams.discounted(uniform, context)

    assert level == deepest - 1
    assert torch.allclose(mixed, expected, atol=1e-5)


def rounded(count: int) -> float:
    return float(torch.exp(encode_counts(torch.tensor([count])).float() / 8)[0])


@settings(deadline=None)
@given(streams, st.lists(st.integers(0, VOCABULARY - 1), max_size=5))
def test_a_blend_adds_up_to_one_and_survives_the_disk(
    stream: array[int], context: list[int]
) -> None:
    ngrams = count_ngrams(stream, VOCABULARY, least=2)
    again = Ngrams.from_bytes(ngrams.to_bytes())

    blended = ngrams.blend(uniform, context)

    assert blended.sum().item() == pytest.approx(1.0, abs=1e-5)
    assert torch.equal(again.blend(uniform, context), blended)
    assert len(again) == len(ngrams)


def test_what_was_seen_often_is_likelier_than_the_network_thinks() -> None:
    ngrams = count_ngrams(array("H", [1, 2, 3, 4] * 20), VOCABULARY)

    blended = ngrams.blend(uniform, [1, 2])

    assert int(blended.argmax()) == 3
    assert torch.equal(ngrams.blend(uniform, [5]), uniform)


def test_the_gate_opens_for_texts_that_the_counts_know_better(toy_base: BaseModel) -> None:
    text = "The keeper of the lighthouse woke before the sun. " * 4
    stream = array("H", toy_base.tokens.encode(" " + text))
    ngrams = count_ngrams(stream, toy_base.tokens.size, least=2)
    weak = toy_base.network()
    # Assigned, not copied: the tensors are the base's own, which other tests use as well.
    weak.load_state_dict({k: v * 0.1 for k, v in weak.state_dict().items()}, assign=True)

    trusting = fit_gate(ngrams, weak, toy_base.tokens, [text] * 5)
    other = fit_gate(ngrams, toy_base.network(), toy_base.tokens, ["Gulls do not say a word."] * 5)

    assert trusting.max() > 0.8
    assert other.min() < 0.25
    assert torch.equal(fit_gate(ngrams, weak, toy_base.tokens, []), ngrams.gate)


@settings(deadline=None)
@given(streams, st.lists(st.integers(0, VOCABULARY - 1), max_size=5))
def test_what_one_token_is_told_is_its_part_of_the_blend(
    stream: array[int], context: list[int]
) -> None:
    ngrams = count_ngrams(stream, VOCABULARY, least=2)
    ngrams = ngrams.with_gate(torch.full_like(ngrams.gate, 0.3))
    blended = ngrams.blend(uniform, context)
    for token in range(VOCABULARY):
        kept, added = ngrams.share_of(token, context)
        assert abs(kept / VOCABULARY + added - float(blended[token])) < 1e-6
