"""The public face of the model: suggest, learn, forget, close (DESIGN: the contract)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import torch

from model.base import BaseModel, load_base
from model.errors import ProfileBusy, ProfileError
from model.inference import Inference
from model.learning.counts import UserCounts
from model.learning.learner import Learner
from model.learning.reading import fitting
from model.lessons.cutting import BEGINNING, cut, newest
from model.lessons.filters import screen
from model.lessons.matching import spaced
from model.lessons.teachings import screened_teaching
from model.messages import (
    EAGERNESS,
    Eagerness,
    Forgetting,
    Ladder,
    Lesson,
    Outcome,
    PassedGhost,
    Suggestion,
    Teaching,
    WordList,
)
from model.prediction.calibration import Calibration
from model.prediction.code_length import code_length
from model.prediction.composer import Composer
from model.prediction.passed import AnsweredGhosts
from model.profile.deleted import DeletedWords
from model.profile.forgetting import adjust_lists, list_word, removals
from model.profile.inbox import Inbox
from model.profile.journal import Journal
from model.profile.store import BUSY, Profile
from model.profile.word_lists import WordLists, is_listable

_CALIBRATION = "calibration"


@dataclass(frozen=True)
class LearnReport:
    """What was taken in of a text, why something was left out, and how many lessons went for it."""

    lessons: int
    characters: int
    left_out: tuple[str, ...] = ()
    taken_back: int = 0


class Predictor:
    """Suggestions from the base model and what its user taught it; one thread at a time."""

    def __init__(
        self, base: BaseModel, profile: Profile, eagerness: Eagerness, *, gather: bool = True
    ) -> None:
        """Prefer `open`; this takes ownership of `profile`.

        gather=False: what was learnt before counts only from `learner.gather` on.
        """
        if eagerness not in EAGERNESS:
            raise ValueError(f"eagerness is one of {', '.join(EAGERNESS)}, not {eagerness!r}")
        torch.set_num_threads(1)
        self.eagerness = eagerness
        self.profile = profile
        self._fit = partial(fitting, base.tokens)
        self._inbox = Inbox(profile, self._fit)
        self._has_left = False
        if profile.writable:
            self._inbox.take_in()
        self.journal = Journal(profile)
        self._word_lists = WordLists(profile)
        self._base = base
        self.counts = UserCounts(base.tokens.size)
        self.learner = Learner(base, self.counts, self.journal, gather=gather)
        self.composer = Composer(base.inference, base, self.counts)
        self._answered = AnsweredGhosts()
        self.composer.calibration = Calibration.from_bytes(self.journal.state_load(_CALIBRATION))
        self._show_lists()
        if self.learner.has_folded:
            self.composer.renew(self.personal_inference())

    @classmethod
    def open(
        cls,
        profile: Path | str | None = None,
        eagerness: Eagerness = "balanced",
        base: Path | str | None = None,
        passphrase: str | None = None,
        *,
        writable: bool = True,
        catch_up: bool = True,
    ) -> Self:
        """Open the base model and a profile folder (None: learning lives in memory alone).

        The weights first read what they have not read yet, but with catch_up=False. While another
        process writes to the profile it is only read, as with writable=False, where one that is not
        there yet is empty and not made; `learn` and `forget` then raise ProfileBusy. Raises
        BaseModelError where the base is missing or damaged, PassphraseNeeded where the profile
        opens only with another passphrase than this, and ProfileError where it cannot be opened.
        """
        model = load_base(Path(base) if base else None)
        folder = Path(profile) if profile else None
        if writable:  # as far as it can be: what a running editor has learnt can be read
            opened = Profile.open_as_can_be(folder, passphrase)
        else:
            opened = Profile.open(folder, writable=False, passphrase=passphrase)
        try:
            predictor = cls(model, opened, eagerness)
            if catch_up:
                predictor.catch_up()
        except BaseException:
            opened.close()
            raise
        return predictor

    def catch_up(self) -> None:
        """Read into the weights what they have not read yet, and serve them."""
        if self.learner.backlog and self.journal.writable:
            self.learner.fold_all()
            self.composer.renew(self.personal_inference())

    def personal_inference(self) -> Inference:
        """The network with the personal weights as they are now; any thread may call it."""
        return self._base.inference.with_changes(self.learner.changes())

    def suggest(
        self,
        before: str,
        after: str = "",
        limit: int = 5,
        passed: Sequence[PassedGhost] | None = None,
    ) -> Suggestion:
        """What may follow `before`: the ghost, and at most `limit` candidates.

        `passed` are the ghosts that the writer could read, and typed past. None: those that
        this answered itself before each of the last letters, as if each had been shown.
        """
        if passed is not None:
            return self.composer.suggest(before, after, limit, self.eagerness, passed)
        passed = self._answered.passed_at(before)
        suggestion = self.composer.suggest(before, after, limit, self.eagerness, passed)
        self._answered.note(before, suggestion.inline)
        return suggestion

    def learn(
        self, text: str, document: str | None = None, when: float | None = None
    ) -> LearnReport:
        """Learn from a finished text; the very next `suggest` knows it.

        What must not be learnt (secrets, addresses, numbers) is left out before anything
        reaches the disk; the report says why. What the same document taught before is not
        learnt a second time, and of a very long text only the end is, so that it does not take the
        place of all else. Raises ProfileBusy while another process writes to the profile.
        """
        if not self.journal.writable:
            raise ProfileBusy(BUSY)
        when = time.time() if when is None else when
        lessons, reasons, _ = screened(text, document, when)
        lessons = self.learner.fitting(lessons)
        if document is not None:
            lessons = _without(lessons, self.journal.texts_of(document))
        self.learner.take(lessons)
        self.catch_up()
        return LearnReport(len(lessons), _characters(lessons), reasons)

    def teach_document(self, text: str, document: str) -> LearnReport:
        """Journal and count a document as it is now; the weights follow when they are folded.

        What it taught before is taken back where it stands there no more, or in another lesson
        now; a document that grows would else teach its beginning each time. What is left out is
        as in `learn`. Raises ProfileBusy while another process writes to the profile.
        """
        lessons, reasons, beginning = screened(text, document, time.time())
        lessons = self.learner.fitting(lessons)
        earlier = self.journal.texts_of(document)
        fresh = _without(lessons, earlier)
        left = earlier - Counter(lesson.text for lesson in lessons)
        known = spaced(beginning)
        gone = [lesson for lesson in left.elements() if spaced(lesson) not in known]
        self.learner.revise(document, gone, fresh)
        return LearnReport(len(fresh), _characters(fresh), reasons, len(gone))

    def leave(self, item: Teaching | Forgetting) -> None:
        """Keep it for the process that writes to the profile next: this one only reads."""
        self._inbox.leave(item)
        self._has_left = True

    def teach(self, teaching: Teaching) -> None:
        """Journal and count what the editor taught; the weights follow when they are folded."""
        for word, on in teaching.listed:
            if on is None or is_listable(word):
                self.list_word(word, on)
        if teaching.renamed is not None:
            self.learner.rename(teaching.renamed, teaching.document)
        allowed = screened_teaching(teaching)
        self.learner.revise(allowed.document, allowed.retract, allowed.lessons)

    def set_ladder(self, ladder: Ladder) -> None:
        """How soon new words are offered, from the next request on."""
        self.composer.lexicon.ladder = ladder

    def list_word(self, word: str, on: WordList | None) -> None:
        """Know a word at once ("added"), or never offer it ("blocked"); None: neither any more.

        Kept until the word is forgotten. Raises ValueError where it is no single word,
        ProfileBusy where another process writes to the profile.
        """
        list_word(self.profile, word, on)
        self._show_lists()

    def listed_words(self) -> dict[str, WordList]:
        """Every word that the user put on a list, with its list."""
        lexicon = self.composer.lexicon  # its deleted words have no names
        found: dict[str, WordList] = dict.fromkeys(lexicon.added, "added")
        return found | dict.fromkeys(lexicon.blocked, "blocked")

    def _show_lists(self) -> None:
        lexicon = self.composer.lexicon
        lexicon.added = self._word_lists.spellings("added")
        blocked = self._word_lists.words("blocked")
        lexicon.blocked = DeletedWords(self.profile).and_blocked(blocked, self.counts.words)

    def forget(
        self,
        word: str | None = None,
        text: str | None = None,
        document: str | None = None,
        since: float | None = None,
        everything: bool = False,
        delete: str | None = None,
        until: float | None = None,
    ) -> int:
        """Forget lessons for good: by word, text, document, time, or all; how many went.

        `since` and `until` are POSIX times, both of them a range. A word to `delete` is forgotten,
        and not offered until it was written some times more.
        """
        removed = self.drop(
            Forgetting(word, text, document, since, everything, delete, until=until)
        )
        if removed:
            self.composer.renew(self.personal_inference(), fresh=True)
            self.catch_up()
        return removed

    def drop(self, wish: Forgetting) -> int:
        """Forget at once; the weights go back to before it and have yet to read what is left.

        Returns how many lessons went. Raises ProfileBusy where another process writes.
        """
        if not self.journal.writable:
            raise ProfileBusy(BUSY)
        self._answered = AnsweredGhosts()
        if wish.everything:
            self.composer.calibration = Calibration()
        adjust_lists(self.profile, wish)
        if next(self._inbox.items(), None):  # came from another process, before this wish
            self._inbox.leave(replace(wish, done=True))
        removed = sum(self.learner.drop(act) for act in removals(self.journal, wish))
        self._show_lists()
        return removed

    @property
    def base_words(self) -> Collection[str]:
        """The words of the base, names with their capitals."""
        return self._base.words

    def feedback(self, suggestion: Suggestion, outcome: Outcome) -> None:
        """Take in what became of a ghost that was shown: it moves the bar for the next ones.

        "undone" follows an "accepted". Kept in the profile on `close`, apart from what is learnt.
        """
        if suggestion.inline and suggestion.candidates:
            self.composer.calibration.note(suggestion.certainty, outcome)

    def fingerprint(self) -> str:
        """SHA-256 over what was learnt: weights, counts and gates."""
        return self.learner.fingerprint()

    def code_length(
        self,
        text: str,
        before: str = "",
        progress: Callable[[int], object] = lambda characters: None,
    ) -> float:
        """Bits that `text` costs under the model, where `before` is the document up to it.

        `progress` is told of the characters that are done.
        """
        return code_length(self.composer, text, before, progress)

    def close(self) -> None:
        """Keep what was learnt and release the profile; the predictor is of no use after."""
        try:
            self.learner.save()
            kept = self.composer.calibration.to_bytes()
            if self.journal.writable and self.composer.calibration.shift:
                self.journal.state_save(_CALIBRATION, kept, through=0)  # has seen no record
            if self.journal.writable:
                self._inbox.take_in()
        finally:
            self.profile.close()
        if self._has_left:
            self._take_in_left()

    def _take_in_left(self) -> None:
        """The other process may have ended: then nobody else takes in what was left for it."""
        with suppress(ProfileError), Profile.open(self.profile.folder) as profile:
            Inbox(profile, self._fit).take_in()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def screened(
    text: str, document: str | None, when: float
) -> tuple[list[Lesson], tuple[str, ...], str]:
    """Cut a text into lessons, without what must not be learnt, and the reasons for that.

    And the beginning of a very long text, which gives no lessons.
    """
    part = screen(text)  # before cutting: a key may be longer than a lesson
    kept = newest(part.text)
    beginning = part.text[: len(part.text) - len(kept)]
    lessons = [Lesson(piece, document, when=when) for piece in cut(kept)]
    return lessons, part.reasons + (BEGINNING,) * bool(beginning), beginning


def _characters(lessons: Sequence[Lesson]) -> int:
    return sum(len(lesson.text) for lesson in lessons)


def _without(lessons: Sequence[Lesson], known: Counter[str]) -> list[Lesson]:
    """Lessons whose text is not among `known`, each of which accounts for one."""
    left = Counter(known)
    fresh = []
    for lesson in lessons:
        if left[lesson.text]:
            left[lesson.text] -= 1
        else:
            fresh.append(lesson)
    return fresh
