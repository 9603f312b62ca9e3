"""Which words may be offered at all: the user's own, and what the base may say here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from model.learning.counts import UserCounts
from model.messages import Ladder
from model.prediction.decency import Decency, load_decency
from model.prediction.document_words import DocumentWords
from model.prediction.others_data import OthersData, load_known_names
from model.text import small, word_tail
from model.text.language import Language

_PLACEHOLDERS = frozenset({"email", "url"})
_CONTEXT = 80  # characters before a word that decide whether the base may offer it


class Lexicon:
    """The words of one base, and what their neighbours must not be."""

    def __init__(self, words: Mapping[str, int], counts: UserCounts) -> None:
        """Take the base's words, most frequent first, with their ranks, and the user's counts."""
        self._words = words
        self._counts = counts
        self.ladder = Ladder()
        # Both in small letters; those added by hand with how they are written.
        self.added: Mapping[str, str] = {}
        self.blocked: Collection[str] = frozenset()
        self._language = Language(words)
        self.document = DocumentWords(self._language)
        self._decency = load_decency()
        self._others_data = OthersData(words, load_known_names())
        self._settled: str | None = None  # the text that these two were worked out for
        self._base: Collection[str] = ()
        self._prose = True

    def known(self, settled: str, far: str = "", *, begun: bool = False) -> Known:
        """What may be offered behind folded text; in another language the base is silent.

        `far`: the document before it. `begun`: the word's first letters stand there.
        """
        self.document.show(settled, far)
        if settled != self._settled:  # the same for every key of a word
            self._settled = settled
            self._base = () if self._language.is_foreign(settled) else self._words
            self._prose = self._language.ends_in_prose(settled)
        return Known(
            self._base,
            self.document.here,
            self._counts,
            self.added,
            self.blocked,
            self.ladder,
            self._decency,
            self._others_data,
            settled[-_CONTEXT:],
            begun,
            self._prose,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """Says of a word whether it may be offered at one place.

    The user's own words always may: those of this document (`here`), and of those learnt the
    ones that have come far enough up the ladder. The base's words may if they are decent and
    nobody's data.
    """

    base: Collection[str]
    here: Collection[str]
    learnt: UserCounts = field(repr=False)
    added: Mapping[str, str]
    blocked: Collection[str]
    ladder: Ladder
    decency: Decency = field(repr=False)
    others_data: OthersData = field(repr=False)
    before: str = ""
    begun: bool = False
    prose: bool = True  # in the base's language, and no source code

    def __call__(self, text: str) -> bool:
        """Whether the word that ends `text` may be offered; `text` begins at the place."""
        word = self._whole(text)
        if self.is_blocked(word) or self.is_blocked(word_tail(text)):
            return False
        rung = self.ladder.offered if self.begun else self.ladder.known
        if self._is_own(word, rung):
            return True
        return self._is_listed(word) and self._may_offer(text, word)

    def is_blocked(self, word: str) -> bool:
        """Whether the user never wants to see a word, in whatever case, or as an owner ('s)."""
        lower = small(word)
        return lower in self.blocked or lower.removesuffix("'s") in self.blocked

    def is_word(self, text: str) -> bool:
        """Whether `text` ends in a word, no matter who would offer it."""
        word = self._whole(text)
        return self._is_own(word, self.ladder.known) or self._is_listed(word)

    def _whole(self, text: str) -> str:
        """The word that ends `text`, with what stands of it before the place, as `co-` does.

        Two hyphens there are a dash, behind which a word begins.
        """
        return word_tail(self.before.rpartition("--")[2] + text)

    def after(self, text: str) -> Known:
        """What may be offered once `text` stands at the place."""
        return replace(self, before=(self.before + text)[-_CONTEXT:], begun=False)

    def sightings(self, word: str) -> int:
        """How often a word in small letters was learnt; adding it by hand counts for enough."""
        return self.learnt.words[word] + self.ladder.known * (word in self.added)

    def own_beginning(self, letters: str) -> set[str]:
        """The words, learnt or added, that begin with these small letters."""
        added = (word for word in self.added if word.startswith(letters))
        return {*self.learnt.beginning(letters), *added}

    def spellings(self, word: str) -> Counter[str]:
        """How often a word in small letters was written how, as `UserCounts.spellings` says.

        How it was written on the user's list counts as its adding does.
        """
        spellings = self.learnt.spellings(word)
        added = self.added.get(word, word)
        if added[1:] != word[1:]:  # a first capital alone is no other way
            spellings[added] += self.ladder.known
        return spellings

    def _is_own(self, word: str, rung: int) -> bool:
        lower = small(word)
        # Which word comes next the network knows in its own language alone.
        here = (self.begun or bool(self.base)) and lower in self.here
        return bool(word) and (here or self.sightings(lower) >= rung)

    def _is_listed(self, word: str) -> bool:
        if word in self.base or word.lower() in self.base:
            return bool(word)
        # Compounds are made up as they are needed, of words in small letters.
        parts = word.lower().split("-")
        return len(parts) > 1 and word[1:].islower() and all(part in self.base for part in parts)

    def _may_offer(self, text: str, word: str) -> bool:
        if not self.decency.allows(word) or self._is_placeholder(text, word):
            return False
        ends_pair = self.decency.ends_pair(word)
        if word.islower() and word.isalpha() and not ends_pair:
            return True  # as most words; what stands before it does not matter
        before = (self.before + text).removesuffix(word)
        if ends_pair and not self.decency.allows_pair(word_tail(before.rstrip(" ")), word):
            return False
        return self.others_data.allows(before, word)

    def _is_placeholder(self, text: str, word: str) -> bool:
        """Whether it is the inside of what addresses are read as."""
        return word in _PLACEHOLDERS and (self.before + text).endswith(f"<{word}")
