"""How many bits a text costs under everything that predicts: network, counts, cache, blend."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from model.prediction.composer import Composer, window_moves, window_start
from model.text import pretokens, view

_LEAST = 1e-12


def code_length(
    composer: Composer,
    text: str,
    before: str = "",
    progress: Callable[[int], object] = lambda characters: None,
) -> float:
    """Bits of `text`, token by token, where `before` is the document up to it.

    Each word is foreseen as by a request that is made before it, which knows no more than a
    window of the document: so the time grows as the text does. `progress` is told of the
    characters that are done.
    """
    origin = window_start(before, len(before))
    read = view(before[origin:] + text)
    # After a line end the model sees a space that nobody has typed yet.
    words = _Words(composer, read.text.removesuffix(" ") if text.endswith("\n") else read.text)
    whole = before + text
    moves = [(0, 0)]  # from which place in the view on the window begins at which
    for end in window_moves(len(before), len(whole)):
        begin = read.place(window_start(whole, end) - origin) - 1  # the space before a word
        moves.append((read.place(end - origin), begin))
    context = view(before[origin:]).text if before else ""
    bits, told = 0.0, 0
    for end, cost in words.costs(context, moves, from_start=not origin):
        bits += cost
        done = min(end - len(context), len(text))
        if done > told:
            progress(done - told)
            told = done
    if told < len(text):
        progress(len(text) - told)
    return bits


class _Words:
    """A folded text, word by word."""

    def __init__(self, composer: Composer, folded: str) -> None:
        self._composer = composer
        self._folded = folded
        self._ids: list[int] = []
        self._places = [0]  # where each word begins, in characters
        self._firsts = [0]  # and in tokens
        for word in pretokens(folded):
            self._ids += composer.tokens.encode(word)
            self._places.append(self._places[-1] + len(word))
            self._firsts.append(len(self._ids))

    def costs(
        self, context: str, moves: Sequence[tuple[int, int]], *, from_start: bool
    ) -> Iterator[tuple[int, float]]:
        """Where each word ends that is not of `context`, and its bits."""
        search = self._composer.search
        known = self._composer.tokens.encode(context)
        pairs = enumerate(zip(self._ids, known, strict=False))
        shorter = min(len(self._ids), len(known))
        begin = next((place for place, (one, other) in pairs if one != other), shorter)
        start = [self._composer.tokens.document] * from_start
        place = self._composer.reader.read([*start, *self._ids[:begin]])
        for word in range(bisect_right(self._firsts, begin) - 1, len(self._firsts) - 1):
            self._look_around(word, moves, start)
            bits = 0.0
            for token in self._ids[max(self._firsts[word], begin) : self._firsts[word + 1]]:
                bits -= math.log2(max(_LEAST, float(search.distribution(place)[token])))
                place = search.follow(place, token)
            yield self._places[word + 1], bits

    def _look_around(self, word: int, moves: Sequence[tuple[int, int]], start: list[int]) -> None:
        """Show what a request before this word sees, with the space that begins it typed."""
        here = self._places[word]
        typed = here + self._folded.startswith(" ", here)
        move = bisect_right(moves, typed, key=lambda move: move[0]) - 1
        first = bisect_left(self._places, moves[move][1])
        settled = self._folded[self._places[first] : here]
        ids = self._ids[self._firsts[first] : self._firsts[word]]
        self._composer.search.prose = self._composer.lexicon.known(settled).prose
        self._composer.search.document.show(ids if move else [*start, *ids])
