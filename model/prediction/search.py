"""Search for words: from the place before the word under the caret to whole words.

The network's tokens end where it likes, the user's letters where the caret stands. So the
place before the word is kept, and tokenisations that agree with the typed letters are
summed: pieces that begin with them by look-up, longer ways in batched steps (beam search
over the prefix tree; cf. Cao and Rimell 2021, arXiv 2109.02550, on marginalising over
tokenisations).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from model.document_cache import DocumentCache
from model.learning.counts import UserCounts
from model.prediction.pieces import Pieces
from model.prediction.reader import Outlook, Place, Reader

_BEAM = 6
_CHILDREN = 3
_ROUNDS = 6  # batched steps a word may take beyond its first token
_SPELLING_ROUNDS = 12
_EXACT = 2  # of the likeliest paths are always looked behind
_OPEN = 0.1  # of the likeliest path: what may go on with less is not looked behind
_LEAST = 1e-7
_HOPELESS = 1e-2  # of the likeliest way: not worth a step


@dataclass(frozen=True, slots=True)
class Path:
    """Tokens from the boundary on, the text they spell, and their probability together."""

    tokens: tuple[int, ...]
    text: str
    probability: float
    parent: Place  # the place before the last token


@dataclass(frozen=True, slots=True)
class Word:
    """A finished word: what is left to type of it, its probability, its likeliest spelling."""

    insert: str
    probability: float
    path: Path


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may stand at the caret, best first, and the place if it is complete now.

    Probabilities are conditional on what was typed. `complete` is the chance that the
    word ends where the caret stands, `spaced` that it does and a space follows, `here` the
    place there.
    """

    words: tuple[Word, ...]
    complete: float = 0.0
    spaced: float = 0.0
    here: Place | None = None


class Search:
    """Word search over one reader; `counts` adds what the user's own text says.

    `document` adds what stands before the caret, which whoever asks has to `show` it first.
    """

    def __init__(
        self,
        reader: Reader,
        pieces: Pieces,
        counts: UserCounts,
        goes_on: Sequence[float] | None = None,
    ) -> None:
        """`goes_on`: for each token, how often the word goes on behind it.

        Where it is given, a step is spared for words that hardly go on or are far from likely.
        """
        self._reader = reader
        self._pieces = pieces
        self._counts = counts
        self._goes_on = goes_on
        self.document = DocumentCache()
        self.frugal = False  # no step for other words than those that were looked behind already
        self.prose = True  # whether the user's counts of prose are asked, or those of all else

    def follow(self, place: Place, token: int) -> Place:
        """The place after one more token."""
        return self._reader.follow([place], [token])[0]

    def distribution(self, place: Place) -> Tensor:
        """(vocabulary,) probabilities after `place`, the user's counts blended in."""
        return self.outlook(place).distribution

    def outlook(self, place: Place) -> Outlook:
        """What `place` promises; worked out once and kept until the user's counts change."""
        if place.outlook is None or place.outlook.version != self._version:
            self._look_out([place])
        assert place.outlook is not None
        return place.outlook

    @property
    def _version(self) -> tuple[int, int, bool]:
        return self._counts.version, self.document.version, self.prose

    def _look_out(self, places: Sequence[Place]) -> None:
        """Work out what is not known yet, for all places at once."""
        version = self._version
        new = [p for p in places if p.outlook is None or p.outlook.version != version]
        if not new:
            return
        rows = torch.stack([self._blended(place) for place in new])
        shares = (rows @ self._pieces.kinds.T).tolist()
        continuing = self._pieces.continuing
        likeliest = rows.index_select(1, continuing).topk(_CHILDREN)
        tokens, chances = continuing[likeliest.indices].tolist(), likeliest.values.tolist()
        for i, (place, row, (going_on, space)) in enumerate(zip(new, rows, shares, strict=True)):
            goes_on = tuple(zip(tokens[i], chances[i], strict=True))
            place.outlook = Outlook(version, row, max(0.0, 1.0 - going_on), space, goes_on)

    def _blended(self, place: Place) -> Tensor:
        """What the base expects, then the user's own text, then this document."""
        expected = self._reader.probabilities(place)
        learnt = self._counts.blend(expected, place.key, prose=self.prose)
        return self.document.blend(learnt, place.key)

    def words(self, boundary: Place, typed: str, known: Callable[[str], bool], n: int) -> Found:
        """Up to `n` words that agree with the `typed` text behind `boundary`.

        `known` says of the text of a whole path whether it may be shown.
        """
        finished: dict[str, Word] = {}
        complete, spaced, here = 0.0, 0.0, None
        frontier = self._cover(boundary, typed, max(n, _BEAM))
        for _ in range(_ROUNDS):
            grown: list[Path] = []
            unsure, guessed = self._parted(frontier, typed)
            for path, ends in guessed:
                if known(path.text):
                    _merge(finished, Word(path.text[len(typed) :], path.probability * ends, path))
            for path, place in self._stepped(unsure):
                outlook = self.outlook(place)
                ends = path.probability * outlook.ends
                insert = path.text[len(typed) :]
                if not insert:
                    complete, here = complete + ends, here or place
                    spaced += path.probability * outlook.space
                elif known(path.text):
                    _merge(finished, Word(insert, ends, path))
                grown += self._grown(path, place, outlook.goes_on)
            frontier = self._worth_a_step(grown, finished, n)
            if not frontier:
                break
        ranked = sorted(finished.values(), key=lambda w: -w.probability)[:n]
        return Found(tuple(ranked), complete, spaced, here)

    def behind(self, word: Word) -> Place:
        """The place after a word that was found."""
        return self.follow(word.path.parent, word.path.tokens[-1])

    def _parted(self, paths: list[Path], typed: str) -> tuple[list[Path], list[tuple[Path, float]]]:
        """The paths to look behind, and the others with the share of them that is thought to end.

        Worth a look are the likeliest, what is typed to its end, and what may go on to a word
        that is not far behind the likeliest one; where steps are to be spared, of these only what
        takes none.
        """
        if self._goes_on is None or not paths:
            return paths, []
        bar = _OPEN * max(path.probability for path in paths)
        unsure, guessed = [], []
        for rank, path in enumerate(paths):  # best first
            share = self._goes_on[path.tokens[-1]]
            worth = rank < _EXACT or path.probability * share > bar
            if path.text == typed or (worth and not self._is_spared(path)):
                unsure.append(path)
            else:
                guessed.append((path, 1.0 - share))
        return unsure, guessed

    def _is_spared(self, path: Path) -> bool:
        """Whether a look behind it would take a step that is to be spared."""
        return self.frugal and not self._reader.knows(path.parent, path.tokens[-1])

    @staticmethod
    def _worth_a_step(grown: list[Path], finished: dict[str, Word], n: int) -> list[Path]:
        """The unfinished paths that may still end among the best `n`."""
        best = sorted((w.probability for w in finished.values()), reverse=True)[:n]
        ranked = sorted(grown, key=lambda p: -p.probability)[:_BEAM]
        likeliest = max([*best[:1], *(p.probability for p in ranked[:1])], default=0.0)
        bar = max(best[-1] if len(best) == n else 0.0, _HOPELESS * likeliest, _LEAST)
        return [p for p in ranked if p.probability > bar]

    def _cover(self, boundary: Place, typed: str, n: int) -> list[Path]:
        """The `n` likeliest paths that begin with `typed`; probabilities are given `typed`."""
        covering: list[Path] = []
        mass = self._mass_of_blank(boundary, typed)
        frontier = [(Path((), "", 1.0, boundary), boundary)]
        for _ in range(_SPELLING_ROUNDS):
            shorter: list[Path] = []
            for path, place in frontier:
                after = self.distribution(place)
                rest = typed[len(path.text) :]
                ids = self._pieces.extending(rest)
                chances = after[ids]
                if typed.strip():
                    mass += path.probability * float(chances.sum())
                likeliest = chances.topk(min(n, len(ids)))
                covering += self._grown(
                    path, place, _pairs(ids[likeliest.indices], likeliest.values)
                )
                inside = self._pieces.inside(rest)
                shorter += self._grown(path, place, _pairs(inside, after[inside]))
            # A way that starts far below what is found already cannot catch up.
            shorter = [p for p in shorter if p.probability > _HOPELESS * mass]
            shorter = [p for p in shorter if not self._is_spared(p)]
            shorter = sorted(shorter, key=lambda p: -p.probability)[:_BEAM]
            if not shorter:
                break
            frontier = self._stepped(shorter)
        scale = 1.0 / mass if mass else 0.0
        best = sorted(covering, key=lambda p: -p.probability)[:n]
        best = [path for path in best if path.probability > _HOPELESS * best[0].probability]
        return [replace(path, probability=path.probability * scale) for path in best]

    def _mass_of_blank(self, boundary: Place, typed: str) -> float:
        """Where no letter is typed yet: the chance of a space, or of anything at all."""
        if typed.strip():
            return 0.0
        return self.outlook(boundary).space if typed else 1.0

    def _stepped(self, paths: list[Path]) -> list[tuple[Path, Place]]:
        """Paths with the places behind them, in one batched step."""
        last = [path.tokens[-1] for path in paths]
        places = self._reader.follow([path.parent for path in paths], last)
        self._look_out(places)
        return list(zip(paths, places, strict=True))

    def _grown(
        self, path: Path, place: Place, followers: Iterable[tuple[int, float]]
    ) -> list[Path]:
        """`path` with each of the tokens appended, which have these probabilities after it."""
        return [
            Path(
                (*path.tokens, token),
                path.text + self._pieces.surfaces[token],
                path.probability * probability,
                place,
            )
            for token, probability in followers
            if probability > 0
        ]


def _pairs(tokens: Tensor, probabilities: Tensor) -> Iterable[tuple[int, float]]:
    return zip(tokens.tolist(), probabilities.tolist(), strict=True)


def _merge(finished: dict[str, Word], word: Word) -> None:
    """Add a word; another tokenisation of the same word adds its probability."""
    other = finished.get(word.insert)
    if other:
        best = max(other, word, key=lambda w: w.probability)
        word = Word(word.insert, other.probability + word.probability, best.path)
    finished[word.insert] = word
