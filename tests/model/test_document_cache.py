from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base import BaseModel
from model.document_cache import DocumentCache
from model.inference import Inference
from model.learning.counts import UserCounts
from model.prediction.composer import Composer

VOCABULARY = 5
texts = st.lists(st.integers(0, VOCABULARY - 1), max_size=30)
uniform = torch.full((VOCABULARY,), 1 / VOCABULARY)


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=5), texts)
def test_typing_deleting_and_jumping_leave_what_a_fresh_cache_knows(
    shown: list[list[int]], context: list[int]
) -> None:
    cache, fresh = DocumentCache(), DocumentCache()
    for ids in shown:
        cache.show(ids)
    fresh.show(shown[-1])

    blended = cache.blend(uniform, context)

    assert torch.allclose(blended, fresh.blend(uniform, context), atol=1e-6)
    assert blended.sum().item() == pytest.approx(1.0, abs=1e-5)


@settings(deadline=None)
@given(texts, texts, st.integers(0, VOCABULARY - 1))
def test_one_token_is_foreseen_as_in_the_whole_row(
    shown: list[int], context: list[int], token: int
) -> None:
    cache = DocumentCache()
    cache.show(shown)

    kept, added = cache.share_of(token, context)

    expected = cache.blend(uniform, context)[token].item()
    assert kept / VOCABULARY + added == pytest.approx(expected, abs=1e-6)


def test_what_came_before_comes_again() -> None:
    cache = DocumentCache()
    cache.show([1, 2, 3, 1, 2, 3, 4, 1, 2])

    assert cache.blend(uniform, [4, 1, 2])[3] > 2 * uniform[3]
    assert torch.equal(DocumentCache().blend(uniform, [1, 2]), uniform)


def test_its_version_changes_with_the_text_alone() -> None:
    cache = DocumentCache()
    cache.show([1, 2])
    before = cache.version
    cache.show([1, 2])
    assert cache.version == before
    cache.show([1])
    assert cache.version > before


def test_a_name_of_this_document_is_offered_from_its_first_letters(toy_base: BaseModel) -> None:
    inference = Inference(toy_base.config, toy_base.network().state_dict())
    composer = Composer(inference, toy_base, UserCounts(toy_base.tokens.size))
    with_name = "Bolinda climbed the stairs. He met the keeper. Bol"

    assert composer.suggest(with_name).candidates[0].word == "Bolinda"
    others = composer.suggest("The keeper climbed the stairs. Bol").candidates
    assert "Bolinda" not in [candidate.word for candidate in others]
