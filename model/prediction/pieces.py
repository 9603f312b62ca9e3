"""Which vocabulary pieces can continue what was typed: prefix look-up and character classes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache

import torch
from torch import Tensor

from model.text import is_word_character
from model.tokens import Tokens

_MARKS = frozenset(".,;:!?")
_LAST = "\U0010ffff"


class Pieces:
    """Index over the surfaces of a vocabulary; made once for each base model."""

    def __init__(self, tokens: Tokens) -> None:
        self.surfaces = tokens.surfaces
        pairs = sorted((surface, i) for i, surface in enumerate(self.surfaces) if surface)
        self._sorted = [surface for surface, _ in pairs]
        self._order = torch.tensor([i for _, i in pairs], dtype=torch.long)
        self._token_of = dict(pairs)
        # Pieces that go on with a word, and those that begin with a space.
        self.continuing = self._where(lambda surface: is_word_character(surface[0]))
        spaced = self._where(lambda surface: surface[0] == " ")
        self.marks = self._where(lambda surface: surface in _MARKS)  # behind a word
        # (2, vocabulary): a distribution times one of them is the chance of that kind. In this
        # layout the product with both takes a quarter of the time that their columns would.
        self.kinds = torch.zeros(2, len(self.surfaces))
        self.kinds[0, self.continuing] = 1.0
        self.kinds[1, spaced] = 1.0
        self.beginning = 1.0 - self.kinds[0]  # (vocabulary,) 1 for what continues no word
        self._in_words = torch.zeros(len(self.surfaces), dtype=torch.bool)
        self._in_words[self._where(lambda s: is_word_character(s.lstrip(" ")[:1] or "."))] = True
        self.extending = lru_cache(maxsize=4096)(self._extending)
        self.inside = lru_cache(maxsize=512)(self._inside)

    def _where(self, test: Callable[[str], bool]) -> Tensor:
        return torch.tensor([i for i, s in enumerate(self.surfaces) if s and test(s)])

    def continues(self, token: int) -> bool:
        """True where this piece goes on with the word before it."""
        surface = self.surfaces[token]
        return bool(surface) and is_word_character(surface[0])

    def _extending(self, typed: str) -> Tensor:
        """Ids of the pieces that begin with `typed` and begin or continue a word."""
        low = bisect_left(self._sorted, typed)
        high = bisect_left(self._sorted, typed + _LAST)
        ids = self._order[low:high]
        return ids[self._in_words[ids]]

    def _inside(self, typed: str) -> Tensor:
        """Ids of the pieces that are a proper beginning of `typed`."""
        beginnings = (typed[:length] for length in range(1, len(typed)))
        found = [self._token_of[b] for b in beginnings if b in self._token_of]
        return torch.tensor(found, dtype=torch.long)
