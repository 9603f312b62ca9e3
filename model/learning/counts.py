"""What the user's own text counts for, at once: token n-grams and words.

An n-gram model with Dirichlet priors (MacKay and Peto 1995): each order's prior is the order
below it, and the lowest one's is the LSTM, so with nothing learnt the LSTM speaks alone. How
strong the priors are is said by `gates`. Everything is a sum over lessons and can be taken
away again to the last count.

What was accepted counts too, by half and at most as often as it was typed: it says that what the
user writes is wanted again, and can never say so of what nobody but the program wrote.

Prose of the base's language and all else (another language, source code) are counted apart, so
that a German letter or a program says nothing of what follows in English. The words themselves
are counted together: a name is the same everywhere.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from model.learning.gates import CONSTANT, FOR_EACH_KIND, ContextCount, Gates
from model.learning.reading import ACCEPTED, Reading
from model.tensors import to_bytes
from model.text import small

_LONGEST = len(CONSTANT) - 1
_BEGINNING = 2  # letters that words are looked up by
_MANY = 24  # kinds after a context, from which on they are kept as tensors

Followers = dict[int, int]
Weighed = Mapping[int, float]
Accepted = Mapping[tuple[int, int], int]  # by context and token


class _Table(NamedTuple):
    """What followed a context, with what was accepted there."""

    weighed: Weighed
    kinds: int
    total: float
    tensors: tuple[Tensor, Tensor] | None = None  # tokens and their counts, where they are many


class UserCounts:
    """Counts over the surviving lessons; the same lessons in any order give the same counts."""

    def __init__(self, vocabulary: int) -> None:
        self._vocabulary = vocabulary
        self._unigrams = torch.zeros(vocabulary)
        self._total = 0
        # By context; most are followed by one token, once, which stands there by itself.
        self._followers: dict[int, Followers | int] = {}
        self._accepted: dict[tuple[int, int], int] = {}  # by context and token
        self._tables: dict[int, _Table] = {}  # the large ones, until they change
        self.words: Counter[str] = Counter()  # in small letters
        self._by_beginning: dict[str, set[str]] = {}  # the words, by their first two letters
        # How often they were written with capitals that begin no sentence, as in `McTavish`.
        self._spellings: dict[str, Counter[str]] = {}
        self.version = 0  # goes up with each change, for those who keep a blend
        self._doubts = Gates().doubts()
        self._lock = threading.Lock()  # learnt in one thread, asked in another

    def add(self, reading: Reading) -> None:
        """Count the tokens of one lesson that are learnt from, and its words."""
        with self._lock:
            self.version += 1
            for context, token, accepted in self._events(reading):
                if accepted:
                    self._note_accepted(context, token, 1)
                elif context:
                    self._put(context, token)
                else:
                    self._unigrams[token] += 1
                    self._total += 1
            for word in reading.words:
                self._add_word(word)

    def remove(self, reading: Reading) -> None:
        """Take away what `add` of the same reading added."""
        with self._lock:
            self.version += 1
            for context, token, accepted in self._events(reading):
                if accepted:
                    self._note_accepted(context, token, -1)
                elif context:
                    self._take_away(context, token)
                else:
                    self._unigrams[token] -= 1
                    self._total -= 1
            for word in reading.words:
                self._remove_word(word)

    def _add_word(self, spelling: str) -> None:
        word = small(spelling)
        self.words[word] += 1
        self._by_beginning.setdefault(word[:_BEGINNING], set()).add(word)
        if spelling[1:] != word[1:]:
            self._spellings.setdefault(word, Counter())[spelling] += 1

    def _remove_word(self, spelling: str) -> None:
        word = small(spelling)
        if spelling[1:] != word[1:]:
            spellings = self._spellings[word]
            spellings[spelling] -= 1
            if not spellings[spelling]:
                del spellings[spelling]
            if not spellings:
                del self._spellings[word]
        self.words[word] -= 1
        if not self.words[word]:
            del self.words[word]
            alike = self._by_beginning[word[:_BEGINNING]]
            alike.discard(word)
            if not alike:  # nothing is left of what is forgotten
                del self._by_beginning[word[:_BEGINNING]]

    def beginning(self, letters: str) -> list[str]:
        """The words that begin so, in no order."""
        with self._lock:
            if len(letters) < _BEGINNING:
                rows = [row for key, row in self._by_beginning.items() if key.startswith(letters)]
            else:
                rows = [self._by_beginning.get(letters[:_BEGINNING], set())]
            return [word for row in rows for word in row if word.startswith(letters)]

    def spellings(self, word: str) -> Counter[str]:
        """How often a word in small letters was written how; a first capital alone is no other way.

        Empty where it was only written in small letters, or not at all.
        """
        with self._lock:
            found = self._spellings.get(word)
            if found is None:
                return Counter()
            return found + Counter({word: self.words[word] - found.total()})

    def believe(self, gates: Gates) -> None:
        """Weigh the orders as `gates` say, from the next blend on."""
        with self._lock:
            self.version += 1
            self._doubts = gates.doubts()

    def _note_accepted(self, context: int, token: int, times: int) -> None:
        self._tables.pop(context, None)
        left = self._accepted.get((context, token), 0) + times
        if left:
            self._accepted[context, token] = left
        else:
            del self._accepted[context, token]

    def _put(self, context: int, token: int) -> None:
        known = self._followers.get(context)
        if known is None:
            self._followers[context] = token
            return
        followers = _table(known)
        followers[token] = followers.get(token, 0) + 1
        self._keep(context, followers)

    def _take_away(self, context: int, token: int) -> None:
        followers = _table(self._followers[context])
        followers[token] -= 1
        if not followers[token]:
            del followers[token]
        self._keep(context, followers)

    def _keep(self, context: int, followers: Followers) -> None:
        self._tables.pop(context, None)
        if not followers:
            del self._followers[context]
        elif len(followers) == 1 and 1 in followers.values():
            self._followers[context] = next(iter(followers))
        else:
            self._followers[context] = followers

    def _after(self, context: int) -> Followers:
        known = self._followers.get(context)
        return {} if known is None else _table(known)

    def _weighed(self, context: int, followers: Followers, ahead: Accepted) -> Weighed:
        """What followed a context, with what was accepted there: `followers` less those `ahead`."""
        if not self._accepted:
            return followers
        weighed = {}
        for token, typed in followers.items():
            place = context, token
            accepted = self._accepted.get(place, 0) - ahead.get(place, 0)
            weighed[token] = typed + min(typed, ACCEPTED * accepted)
        return weighed

    def tallies(self, before: Sequence[int], token: int, ahead: UserCounts) -> list[ContextCount]:
        """What was seen in prose at context lengths 0 to 4 before `token`.

        Without what `ahead` holds; the list ends before the first context that was never seen.
        """
        with self._lock:
            total = self._total - ahead._total
            if not total:
                return []
            count = float(self._unigrams[token] - ahead._unigrams[token])
            found = [ContextCount(total, 0, count)]
            for context in self._contexts(before, prose=True):
                followers, less = self._after(context), ahead._after(context)
                if less:
                    left = {t: n - less.get(t, 0) for t, n in followers.items()}
                    followers = {t: n for t, n in left.items() if n}
                if not followers:
                    break
                weighed = self._weighed(context, followers, ahead._accepted)
                own = weighed.get(token, 0.0)
                found.append(ContextCount(sum(weighed.values()), len(weighed), own))
            return found

    def blend(self, probabilities: Tensor, context: Sequence[int], *, prose: bool = True) -> Tensor:
        """(vocabulary,) LSTM probabilities -> with the user's counts after `context`."""
        with self._lock:
            return self._blend(probabilities, context, prose)

    def _blend(self, probabilities: Tensor, before: Sequence[int], prose: bool) -> Tensor:
        if not self._followers and not self._total:
            return probabilities
        found = []
        for order, context in enumerate(self._contexts(before, prose), start=1):
            known = self._followers.get(context)
            if known is None:
                break
            table = self._table_of(context, _table(known))
            prior = (CONSTANT[order] + FOR_EACH_KIND[order] * table.kinds) * self._doubts[order]
            found.append((table, prior, table.total + prior))
        # Shares from the longest context down, so that the whole row is gone over but once.
        left, shares = 1.0, []
        for _, prior, total in reversed(found):
            shares.append(left / total)
            left *= prior / total
        prior = CONSTANT[0] * self._doubts[0]
        left /= self._total + prior
        blended = torch.add(probabilities * (prior * left), self._unigrams, alpha=left)
        tokens: list[int] = []
        gains: list[float] = []
        for (table, _, _), share in zip(found, reversed(shares), strict=True):
            if table.tensors is not None:
                blended.index_add_(0, *table.tensors, alpha=share)
            else:
                tokens += table.weighed
                gains += [share * count for count in table.weighed.values()]
        if tokens:  # few as they are, at once
            blended.index_add_(0, torch.tensor(tokens), torch.tensor(gains))
        return blended

    def _table_of(self, context: int, followers: Followers) -> _Table:
        kept = self._tables.get(context)
        if kept is None:
            weighed = self._weighed(context, followers, {})
            kept = _Table(weighed, len(weighed), float(sum(weighed.values())))
            if len(weighed) >= _MANY:
                ids, counts = torch.tensor(list(weighed)), torch.tensor(list(weighed.values()))
                kept = kept._replace(tensors=(ids, counts.float()))
                self._tables[context] = kept
        return kept

    def _contexts(self, before: Sequence[int], prose: bool) -> Iterator[int]:
        """The last 1, 2, 3 and 4 tokens of `before`, each as one number; below 0 if no prose."""
        key, place = 1, 1
        for token in reversed(before[-_LONGEST:]):
            key += token * place
            place *= self._vocabulary
            context = key + (place - 1)
            yield context if prose else -context

    def _events(self, reading: Reading) -> Iterator[tuple[int, int, bool]]:
        """Each learnt token with each of the contexts before it; 0 is the empty one.

        And whether it was accepted. The empty context is for what was typed, and prose.
        """
        for position, (token, weight) in enumerate(zip(reading.ids, reading.weights, strict=True)):
            if not weight:
                continue
            accepted = weight < 1
            if reading.prose and not accepted:
                yield 0, token, False
            before = reading.ids[max(0, position - _LONGEST) : position]
            for context in self._contexts(before, reading.prose):
                yield context, token, accepted

    def digest(self) -> bytes:
        """SHA-256 over all counts, whatever the order in which they came."""
        with self._lock:
            found = hashlib.sha256(to_bytes({"unigrams": self._unigrams}))
            tables = ((c, sorted(_table(self._followers[c]).items())) for c in self._followers)
            taken, words = sorted(self._accepted.items()), sorted(self.words.items())
            for line in (*sorted(tables), *taken, *words):
                found.update(repr(line).encode("utf-8", "surrogatepass"))
            return found.digest()


def _table(known: Followers | int) -> Followers:
    """The followers of a context in full."""
    return {known: 1} if isinstance(known, int) else known
