"""What stands in this document already comes again: a cache over its last few hundred words.

A cache language model (Kuhn and De Mori 1990) of token n-grams up to five with Dirichlet
priors, each order's prior the order below, the lowest one's whatever else predicts. It knows
only the text before the caret, learns nothing and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

# Strength of the prior at context lengths 0 to 4: a constant, and a share for each kind of
# token seen there (Witten and Bell 1991). The model card says what the cache is worth as a whole.
_CONSTANT = (8_000.0, 5.0, 1.0, 0.3, 0.3)
_FOR_EACH_KIND = (0.0, 12.0, 5.0, 2.0, 1.5)
_LONGEST = len(_CONSTANT) - 1


class DocumentCache:
    """Counts over the tokens before the caret; one thread at a time."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._unigrams: dict[int, int] = {}
        self._followers: dict[tuple[int, ...], dict[int, int]] = {}
        self._unigram_tensors: tuple[Tensor, Tensor] | None = None
        self.version = 0  # goes up with each change, for those who keep a blend

    def show(self, ids: Sequence[int]) -> None:
        """Have it know these tokens and no others; what it knew of them costs nothing again."""
        if ids == self._ids:  # as for every key of a word
            return
        same = self._same_as(ids)
        self.version += 1
        self._unigram_tensors = None
        if same < len(self._ids) // 2:  # elsewhere now: to begin anew is quicker
            self._ids.clear()
            self._unigrams.clear()
            self._followers.clear()
            same = 0
        while len(self._ids) > same:
            self._take_last()
        for token in ids[same:]:
            self._add(token)

    def _same_as(self, ids: Sequence[int]) -> int:
        """How many of the first tokens are known already."""
        if ids[: len(self._ids)] == self._ids:
            return len(self._ids)
        pairs = zip(self._ids, ids, strict=False)
        return next(
            (place for place, (old, new) in enumerate(pairs) if old != new),
            min(len(self._ids), len(ids)),
        )

    def _add(self, token: int) -> None:
        self._unigrams[token] = self._unigrams.get(token, 0) + 1
        for length in range(1, min(_LONGEST, len(self._ids)) + 1):
            followers = self._followers.setdefault(tuple(self._ids[-length:]), {})
            followers[token] = followers.get(token, 0) + 1
        self._ids.append(token)

    def _take_last(self) -> None:
        token = self._ids.pop()
        self._unigrams[token] -= 1
        if not self._unigrams[token]:
            del self._unigrams[token]
        for length in range(1, min(_LONGEST, len(self._ids)) + 1):
            context = tuple(self._ids[-length:])
            followers = self._followers[context]
            followers[token] -= 1
            if not followers[token]:
                del followers[token]
            if not followers:
                del self._followers[context]

    def blend(self, probabilities: Tensor, context: Sequence[int]) -> Tensor:
        """(vocabulary,) probabilities -> with what followed `context` in this document."""
        if not self._ids:
            return probabilities
        added: dict[int, float] = {}
        left = 1.0  # the share of the next shorter context
        for length in range(min(_LONGEST, len(context)), 0, -1):
            followers = self._followers.get(tuple(context[-length:]))
            if followers:
                prior = _CONSTANT[length] + _FOR_EACH_KIND[length] * len(followers)
                whole = sum(followers.values()) + prior
                for token, count in followers.items():
                    added[token] = added.get(token, 0.0) + left * count / whole
                left *= prior / whole
        whole = len(self._ids) + _CONSTANT[0]
        blended = probabilities * (left * _CONSTANT[0] / whole)
        tokens, counts = self._unigram_counts()
        blended.index_add_(0, tokens, counts, alpha=left / whole)
        if added:
            blended.index_add_(0, torch.tensor(list(added)), torch.tensor(list(added.values())))
        return blended

    def share_of(self, token: int, context: Sequence[int]) -> tuple[float, float]:
        """`blend` for one token: by what its probability is multiplied, and what is added."""
        if not self._ids:
            return 1.0, 0.0
        whole = len(self._ids) + _CONSTANT[0]
        kept, added = _CONSTANT[0] / whole, self._unigrams.get(token, 0) / whole
        for length in range(1, min(_LONGEST, len(context)) + 1):
            followers = self._followers.get(tuple(context[-length:]))
            if followers:
                prior = _CONSTANT[length] + _FOR_EACH_KIND[length] * len(followers)
                whole = sum(followers.values()) + prior
                kept *= prior / whole
                added = (added * prior + followers.get(token, 0)) / whole
        return kept, added

    def _unigram_counts(self) -> tuple[Tensor, Tensor]:
        if self._unigram_tensors is None:
            counts = torch.tensor(list(self._unigrams.values()), dtype=torch.float32)
            self._unigram_tensors = torch.tensor(list(self._unigrams)), counts
        return self._unigram_tensors
