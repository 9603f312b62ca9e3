"""Reads text: the network's state and next-token distribution at a place, remembered.

Every place is known by the tokens before it, so typing on, deleting a word or walking along
a ghost finds its state again, and only what is new costs a step. After a jump of the caret a
bounded window is read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from model.inference import Inference
from model.ngrams import Ngrams

_KEY_TOKENS = 32  # this many equal tokens before a place: the same place
_WINDOW_TOKENS = 256  # read at most this much after a jump
_PLACES = 512
_ROWS = 96  # of the places whose distributions are kept: 128 kB each, twice what a key may need


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a place promises: the distribution, and what the search asks of it again and again."""

    version: tuple[int, int, bool]  # of the user's counts and the document's; for prose
    distribution: Tensor  # (vocabulary,)
    ends: float  # chance that no word goes on here
    space: float  # chance of a space
    goes_on: tuple[tuple[int, float], ...]  # the likeliest tokens that continue a word


@dataclass(slots=True)
class Place:
    """A position in a text: the last tokens before it, the state there, what comes next."""

    key: tuple[int, ...]
    state: Tensor  # (2, 1, units)
    probabilities: Tensor | None = None  # (vocabulary,), made when first asked for
    outlook: Outlook | None = None  # with the user's counts, kept for the next key


class Reader:
    """Places of one set of weights; a new set of weights takes a new reader.

    What the network expects is blended with the base's `ngrams`, where there are any.
    """

    def __init__(self, inference: Inference, ngrams: Ngrams | None = None) -> None:
        self.inference = inference
        self.ngrams = ngrams
        self._places: OrderedDict[tuple[int, ...], Place] = OrderedDict()
        self._with_rows: OrderedDict[tuple[int, ...], Place] = OrderedDict()
        self.steps = 0  # LSTM steps taken so far, for tests and benchmarks

    def renewed(self, inference: Inference) -> Reader:
        """A reader for moved weights that goes on from this one's states.

        The states were made by the weights before; over one learning step they differ little,
        and reading the window again would cost a hundred steps.
        """
        reader = Reader(inference, self.ngrams)
        reader._places.update((k, Place(k, p.state)) for k, p in list(self._places.items()))
        return reader

    def read(self, ids: Sequence[int]) -> Place:
        """The place after `ids`, from the nearest one known."""
        place, start = self._nearest(ids)
        for position in range(start, len(ids)):
            place = self._step([place], [ids[position]])[0]
        return place

    def _nearest(self, ids: Sequence[int]) -> tuple[Place, int]:
        floor = max(0, len(ids) - _WINDOW_TOKENS)
        for end in range(len(ids), floor, -1):
            place = self._known(tuple(ids[max(0, end - _KEY_TOKENS) : end]))
            if place:
                return place, end
        return Place((), self.inference.initial_state()), floor

    def _known(self, key: tuple[int, ...]) -> Place | None:
        place = self._places.get(key)
        if place:
            self._places.move_to_end(key)
        return place

    def knows(self, place: Place, token: int) -> bool:
        """Whether to follow `place` with this token takes no step."""
        after = self._places.get(_extend(place.key, token))
        return after is not None and after.probabilities is not None

    def follow(self, places: Sequence[Place], ids: Sequence[int]) -> list[Place]:
        """The place after each of `places` and its token; unknown ones in one batched step."""
        keys = [_extend(place.key, token) for place, token in zip(places, ids, strict=True)]
        unknown = [i for i, key in enumerate(keys) if self._known(key) is None]
        if unknown:
            self._step([places[i] for i in unknown], [ids[i] for i in unknown])
        found = [self._places[key] for key in keys]
        self.fill(found)
        return found

    def _step(self, places: Sequence[Place], ids: Sequence[int]) -> list[Place]:
        state = torch.cat([place.state for place in places], dim=1)
        state = self.inference.advance(ids, state)
        self.steps += 1
        new = [
            Place(_extend(place.key, token), state[:, i : i + 1])
            for i, (place, token) in enumerate(zip(places, ids, strict=True))
        ]
        for place in new:
            self._places[place.key] = place
        while len(self._places) > _PLACES:
            self._places.popitem(last=False)
        return new

    def fill(self, places: Sequence[Place]) -> None:
        """Make the probabilities that are not there yet, in one batch."""
        empty = [place for place in places if place.probabilities is None]
        if empty:
            rows = self.inference.probabilities(torch.cat([p.state for p in empty], dim=1))
            for place, row in zip(empty, rows, strict=True):
                place.probabilities = (
                    self.ngrams.blend(row, place.key) if self.ngrams is not None else row
                )
        for place in places:
            self._with_rows[place.key] = place
            self._with_rows.move_to_end(place.key)
        while len(self._with_rows) > max(_ROWS, len(places)):
            _, place = self._with_rows.popitem(last=False)
            place.probabilities = place.outlook = None

    def probabilities(self, place: Place) -> Tensor:
        """(vocabulary,) probabilities of the token after `place`."""
        self.fill([place])
        assert place.probabilities is not None
        return place.probabilities


def _extend(key: tuple[int, ...], token: int) -> tuple[int, ...]:
    return (*key, token)[-_KEY_TOKENS:]
