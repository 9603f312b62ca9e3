"""A text costs what it would cost whoever typed it: each word as a request there foresees it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from model.base import BaseModel
from model.document_cache import DocumentCache
from model.learning.counts import UserCounts
from model.prediction.code_length import code_length
from model.prediction.composer import Composer
from tests.model.conftest import STORY

TEXT = STORY * 6  # 4,800 characters: the window before the caret moves seven times


class Noting(DocumentCache):
    """Keeps what it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[int, ...]] = []

    def show(self, ids: Sequence[int]) -> None:
        if not self.shown or self.shown[-1] != tuple(ids):
            self.shown.append(tuple(ids))
        super().show(ids)


@pytest.fixture
def composer(toy_base: BaseModel) -> Composer:
    composer = Composer(toy_base.inference, toy_base, UserCounts(toy_base.tokens.size))
    composer.search.document = Noting()
    return composer


def shown(composer: Composer) -> list[tuple[int, ...]]:
    assert isinstance(composer.search.document, Noting)
    return composer.search.document.shown


def test_the_document_is_known_as_far_as_a_request_knows_it(composer: Composer) -> None:
    code_length(composer, TEXT)
    measured = shown(composer).copy()
    shown(composer).clear()
    for match in re.finditer(r"\b\w", TEXT):
        composer.suggest(TEXT[: match.start()])
    asked = shown(composer)
    assert len(asked) > 500
    assert set(asked) <= set(measured)
    assert max(map(len, measured)) < 2 * min(map(len, measured[len(measured) // 2 :]))


def test_paragraphs_cost_together_what_the_whole_costs(composer: Composer) -> None:
    whole = code_length(composer, TEXT)
    measured = set(shown(composer))
    shown(composer).clear()
    bits, begun = 0.0, ""
    for line in TEXT.splitlines(keepends=True):
        bits += code_length(composer, line, begun)
        begun += line
    assert bits == pytest.approx(whole, rel=1e-3)
    assert set(shown(composer)) <= measured


def test_what_is_prose_is_found_where_it_stands(composer: Composer) -> None:
    seen = []
    code = "def f(x):\n    return g(x[0], y=1) or h(x[-1])\n" * 20

    class Watched(Noting):
        def show(self, ids: Sequence[int]) -> None:
            super().show(ids)
            seen.append(composer.search.prose)

    composer.search.document = Watched()
    code_length(composer, STORY + code + STORY)
    assert (seen[0], seen[-1]) == (True, True)
    assert False in seen


def test_every_character_is_told(composer: Composer) -> None:
    for text, before in ((TEXT, ""), ("  The\n\nsea  was calm.\n", STORY), ("\n", "")):
        told: list[int] = []
        code_length(composer, text, before, told.append)
        assert sum(told) == len(text)
        assert min(told) > 0
