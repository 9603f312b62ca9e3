"""From the text around the caret to a suggestion: what is read, what is found, what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.base import BaseModel
from model.inference import Inference
from model.learning.counts import UserCounts
from model.messages import Eagerness, PassedGhost, Suggestion
from model.prediction.calibration import Calibration
from model.prediction.case import plain_form, with_plain
from model.prediction.document_words import far_part
from model.prediction.ghosts import MAX_GHOST, POLICIES, Ghosts, Policy
from model.prediction.lexicon import Known, Lexicon
from model.prediction.own_words import OwnWords
from model.prediction.passed import Passed
from model.prediction.pieces import Pieces
from model.prediction.reader import Place, Reader
from model.prediction.search import Found, Search
from model.prediction.surroundings import Surroundings
from model.text import split_unsettled, view, word_tail

_WINDOW = 2400  # characters before the caret that are encoded
_JUMP = 400  # characters by which that window moves
_WORDS_SEARCHED = 5


class Composer:
    """Answers requests for one base model; not thread-safe, its owner's thread alone calls it."""

    def __init__(self, inference: Inference, base: BaseModel, counts: UserCounts) -> None:
        tokens = base.tokens
        self.tokens = tokens
        self.lexicon = Lexicon(base.words, counts)
        self._own_words = OwnWords(tokens, base.words, self.lexicon.document)
        self._counts = counts
        self._pieces = Pieces(tokens)
        self.calibration = Calibration()
        self._last: tuple[str, bool] | None = None  # the text that has these tokens
        self._ids: list[int] = []
        self._shown = ("", "")  # the ghost of the last answer, and the text before it
        self._goes_on: list[float] | None = None
        if base.ngrams is not None:
            self._goes_on = base.ngrams.share_followed_by(self._pieces.continuing).tolist()
        self._use(Reader(inference, base.ngrams))

    def _use(self, reader: Reader) -> None:
        self.reader = reader
        self.search = Search(reader, self._pieces, self._counts, self._goes_on)
        self._ghosts = Ghosts(self.search, self._pieces)

    def renew(self, inference: Inference, *, fresh: bool = False) -> None:
        """Go on with moved weights; `fresh` drops the states that the old ones have made."""
        if fresh:
            self._shown = ("", "")
        self._use(
            Reader(inference, self.reader.ngrams) if fresh else self.reader.renewed(inference)
        )

    def suggest(
        self,
        before: str,
        after: str = "",
        limit: int = 5,
        eagerness: Eagerness = "balanced",
        passed: Sequence[PassedGhost] = (),
    ) -> Suggestion:
        """What may follow `before`; see `model.messages.Suggestion`.

        `passed` are the ghosts that the writer typed past on the way there.
        """
        follows = self._follows_ghost(before)
        self._shown = (before, "")
        start = window_start(before, len(before))
        read = view(before[start:])
        if read.in_address:
            return Suggestion()
        settled, typed = split_unsettled(read.text)
        ids = self._encoded(settled, from_start=len(before) <= _WINDOW)
        far = far_part(before, start)
        known = self.lexicon.known(settled, far, begun=bool(word_tail(typed)))
        self.search.prose = known.prose
        # Who writes what was expected needs no other words: those known already will do.
        self.search.frugal = follows
        self.search.document.show(ids)
        boundary = self.reader.read(ids or [self.tokens.newline])
        around = Surroundings.of(before, after, read)
        wanted = limit + bool(around.behind.first)  # one of them may be there already
        found = self._found(boundary, typed, known, max(wanted, _WORDS_SEARCHED))
        begun = word_tail(settled + typed)
        if begun and not (found.words and known.base):
            own = self._own_words.words(self.reader, ids, begun, typed, known)
            found = replace(found, words=own)
        found = self._own_words.with_name(found, self.reader, ids, begun, typed, known)
        found = _without_blocked(found, settled + typed, known)
        candidates = around.candidates(found.words, limit)  # a list stays as steady as it can
        ghost = self._ghosts.best(
            found, typed, known, Passed(typed, passed), self._policy(eagerness)
        )
        text = around.ghost(ghost.text) if ghost else ""
        if len(text) > MAX_GHOST:  # with accents that are characters of their own
            text = text[: text.rfind(" ", 1, MAX_GHOST) + 1]
        if ghost is None or not text:
            return Suggestion("", candidates)
        self._shown = (before, text)
        return Suggestion(text, candidates, ghost.certainty)

    def _follows_ghost(self, before: str) -> bool:
        """Whether what was written since the last answer is a part of its ghost."""
        earlier, ghost = self._shown
        written = before[len(earlier) :]
        return before.startswith(earlier) and "" != written != ghost and ghost.startswith(written)

    def _policy(self, eagerness: Eagerness) -> Policy:
        """How readily ghosts are shown, as this user has found them to be right."""
        policy = POLICIES[eagerness]
        least = self.calibration.bar(policy.least_probability)
        return replace(policy, least_probability=least)

    def _encoded(self, settled: str, *, from_start: bool) -> list[int]:
        """The tokens of a text; the same for every key of a word."""
        if (settled, from_start) != self._last:
            self._last = (settled, from_start)
            self._ids = [self.tokens.document] * from_start + self.tokens.encode(settled)
        return self._ids

    def _found(self, boundary: Place, typed: str, known: Known, n: int) -> Found:
        """Words in the case that was typed, where there are too few in just these letters."""
        found = self.search.words(boundary, typed, known, n)
        plain = plain_form(typed) if len(found.words) < n else None
        if plain is None:
            return found
        return with_plain(found, self.search.words(boundary, plain, known, n), typed, known, n)


def window_start(text: str, end: int) -> int:
    """Where the part of `text[:end]` begins that is encoded: where a word does, if one does.

    It moves in jumps, so that from key to key its beginning is the same.
    """
    if end <= _WINDOW:
        return 0
    start = (end - _WINDOW) // _JUMP * _JUMP
    cut = text.find(" ", start, start + _WINDOW // 2)
    return start if cut < 0 else cut + 1


def window_moves(begin: int, end: int) -> list[int]:
    """The lengths of a text, above `begin` and up to `end`, at which its window moves on."""
    moves = [_WINDOW + 1, *range(_WINDOW + _JUMP, end + 1, _JUMP)]
    return [length for length in moves if begin < length <= end]


def _without_blocked(found: Found, text: str, known: Known) -> Found:
    """Without the words that the user blocked, from whichever source they come."""
    if not known.blocked:
        return found
    words = (word for word in found.words if not known.is_blocked(word_tail(text + word.insert)))
    return replace(found, words=tuple(words))
