"""The model's two threads, behind four calls that never wait: ask, teach, set, close.

One thread answers requests, newest first, and owns the predictor. A second one of lower
priority learns on its own copy of the weights and hands whole new weights over between
requests, so that a request never waits behind a step. An error in either becomes a status
for the user and ends nothing but what it was doing.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import ModelError, ProfileError
from model.lighttorch import import_torch
from model.machine import give_memory_back, reason_to_wait, take_memory_sparingly
from model.messages import (
    Answer,
    Eagerness,
    Forgetting,
    Ladder,
    Outcome,
    Phase,
    Request,
    Status,
    Suggestion,
    Teaching,
    WordList,
)

if TYPE_CHECKING:
    from model.base import BaseModel
    from model.prediction.inference import Inference
    from model.predictor import Predictor

logger = logging.getLogger(__name__)

_QUIET_SECONDS = 0.7  # the weights move only after this long without a request
_PUBLISH_RECORDS = 8
_NAP_SECONDS = 0.5
_WAITING_SECONDS = 30.0  # for power or memory
_KEPT_SECONDS = 20.0  # what learning takes is kept for the next lesson, a quarter of all memory
_CLOSING_TRIES = 3  # a teaching that cannot be kept holds up the end only so long
_LOW_PRIORITY = 10
_SECOND = (
    "Another Foretype learns with this profile: what you write here is kept for it, and learnt "
    "when one of the two is next started."
)
_FORGOTTEN_LATER = (
    "Another Foretype has this profile open: it is forgotten when one of the two is next started."
)


@dataclass(frozen=True, slots=True)
class Published:
    """New weights; `fresh` where states of the old ones have read what is forgotten now."""

    inference: Inference
    fresh: bool


class Engine:
    """Suggestions and learning in the background; callbacks come on the engine's threads."""

    def __init__(
        self,
        profile: Path | None,
        base: Path | None,
        eagerness: Eagerness,
        on_answer: Callable[[Answer], None],
        on_status: Callable[[Status], None],
    ) -> None:
        """`profile` None learns in memory alone; `base` None is the base that is shipped."""
        self._profile_folder = profile
        self._base_folder = base
        self._eagerness: Eagerness = eagerness
        self._ladder = Ladder()
        self._on_answer = on_answer
        self._on_status = on_status
        self._wake = threading.Condition()
        self._request: Request | None = None
        self._published: Published | None = None
        self._teachings: deque[Teaching | Forgetting] = deque()
        self._closing = False
        self._last_asked = 0.0
        self._rested = Status(Phase.READY)  # what is said when nothing is going on
        self._predictor: Predictor | None = None
        self._asking = threading.Thread(target=self._answer_requests, name="foretype-engine")
        self._learning = threading.Thread(target=self._learn, name="foretype-learner")

    # -- called by the editor ---------------------------------------------------------

    def start(self) -> None:
        """Load the model in the background; a status tells when it is ready."""
        self._asking.start()

    def ask(self, request: Request) -> None:
        """Replace the waiting request, if any, by this one."""
        with self._wake:
            self._request = request
            self._last_asked = time.monotonic()
            self._wake.notify_all()

    def teach(self, teaching: Teaching) -> None:
        """Learn and take back lessons, in the order of the calls."""
        with self._wake:
            self._teachings.append(teaching)
            self._wake.notify_all()

    def forget(self, wish: Forgetting) -> None:
        """Forget for good, after what was taught before; a status says how much went."""
        with self._wake:
            self._teachings.append(wish)
            self._wake.notify_all()

    def feedback(self, suggestion: Suggestion, outcome: Outcome) -> None:
        """Say what became of a ghost: a few sums, done at once."""
        if self._predictor is not None:
            self._predictor.feedback(suggestion, outcome)

    def set_eagerness(self, eagerness: Eagerness) -> None:
        """How readily ghosts are shown, from the next request on."""
        self._eagerness = eagerness

    def set_ladder(self, ladder: Ladder) -> None:
        """How soon new words are offered, from the next request on."""
        self._ladder = ladder

    def listed_words(self) -> dict[str, WordList]:
        """The user's own lists, as they are served now; empty while the model loads."""
        predictor = self._predictor
        return {} if predictor is None else predictor.listed_words()

    def close(self) -> None:
        """Stop both threads; every lesson taught is in the journal when this returns."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        for thread in (self._asking, self._learning):
            if thread.ident is not None:
                thread.join()
        if self._predictor is not None:
            try:
                self._predictor.close()
            except ModelError as error:  # the checkpoint is a cache: the journal has it all
                _note("the checkpoint was not saved", error)

    # -- the engine thread ------------------------------------------------------------

    def _answer_requests(self) -> None:
        self._on_status(Status(Phase.LOADING))
        try:
            self._predictor, message = self._load()
        except ModelError as error:
            self._go_without(str(error))
            return
        except Exception as error:
            # A broken installation must not take the editor down.
            _note("the model could not be loaded", error)
            self._go_without(f"The model could not be loaded ({' '.join(str(error).split())}).")
            return
        if message:
            self._rested = Status(Phase.PAUSED, message)
        self._on_status(self._rested)
        give_memory_back()
        take_memory_sparingly()
        self._learning.start()
        while (request := self._next_request()) is not None:
            self._answer(self._predictor, request)

    def _load(self) -> tuple[Predictor, str]:
        """The predictor, and a line for the user where something is amiss."""
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        import_torch()
        from model.base import load_base
        from model.predictor import Predictor
        from model.profile.store import Profile

        base = load_base(self._base_folder)
        try:
            predictor = self._predictor_on(base)
            return predictor, "" if predictor.journal.writable else _SECOND
        except ProfileError as error:
            message = f"What you type is not learnt for now. {error}"
            return Predictor(base, Profile.open(None), self._eagerness), message

    def _predictor_on(self, base: BaseModel) -> Predictor:
        from model.predictor import Predictor
        from model.profile.store import Profile

        profile = Profile.open_as_can_be(self._profile_folder)
        try:
            return Predictor(base, profile, self._eagerness)
        except BaseException:
            profile.close()
            raise

    def _go_without(self, reason: str) -> None:
        """There is no model: what is taught is kept, for when there is one again."""
        from model.profile.inbox import Inbox
        from model.profile.store import Profile

        try:
            with Profile.open_as_can_be(self._profile_folder) as profile:
                inbox = Inbox(profile)
                later = " What you write is kept, to be learnt later."
                self._on_status(
                    Status(Phase.FAILED, reason + later * (self._profile_folder is not None))
                )
                self._work(lambda: self._take(inbox.keep))
        except ProfileError as error:
            self._on_status(Status(Phase.FAILED, f"{reason} {error}"))

    def _next_request(self) -> Request | None:
        with self._wake:
            while self._request is None and not self._closing:
                self._wake.wait()
            request, self._request = self._request, None
            return None if self._closing else request

    def _answer(self, predictor: Predictor, request: Request) -> None:
        suggestion = Suggestion()
        try:
            with self._wake:
                published, self._published = self._published, None
            if published is not None:
                predictor.composer.renew(published.inference, fresh=published.fresh)
            predictor.eagerness = self._eagerness
            predictor.set_ladder(self._ladder)
            suggestion = predictor.suggest(request.before, request.after)
        except Exception as error:
            _note("a request failed", error)
            self._on_status(Status(Phase.READY, f"A suggestion failed ({type(error).__name__})."))
        self._on_answer(Answer(request.ticket, request.before, suggestion))

    # -- the learning thread ----------------------------------------------------------

    def _learn(self) -> None:
        import torch

        torch.set_num_threads(1)
        _lower_priority()
        predictor = self._predictor
        assert predictor is not None
        self._work(
            lambda: (
                self._teach_next(predictor) or self._fold_some(predictor) or self._let_go(predictor)
            )
        )

    def _work(self, do_some: Callable[[], bool]) -> None:
        """Until the end, and until everything taught is kept: `do_some`, False where it rests."""
        failures = 0
        while failures < _CLOSING_TRIES or not self._closing:
            try:
                if not do_some():
                    if self._closing:
                        return
                    self._rest(None)
                failures = 0
            except Exception as error:
                # The last good weights go on serving, and what was to be learnt is tried again.
                failures += 1
                _note("learning failed", error)
                reason = str(error) if isinstance(error, ModelError) else type(error).__name__
                self._on_status(
                    Status(Phase.PAUSED, f"Learning failed and is tried again. {reason}")
                )
                self._nap()

    def _teach_next(self, predictor: Predictor) -> bool:
        """Journal and count the oldest teaching; False where there is none."""
        restarts = predictor.learner.restarts
        if not self._take(lambda item: self._follow(predictor, item)):
            return False
        if predictor.learner.restarts != restarts:
            self._publish(predictor, fresh=True)
        return True

    def _follow(self, predictor: Predictor, item: Teaching | Forgetting) -> None:
        if not predictor.journal.writable:
            predictor.leave(item)
            if isinstance(item, Forgetting) and item.said:
                self._on_status(Status(Phase.PAUSED, _FORGOTTEN_LATER))
            return
        if isinstance(item, Teaching):
            predictor.teach(item)
            return
        gone = predictor.drop(item)
        if item.said:
            self._on_status(Status(Phase.READY, f"Forgot {gone} {_lessons(gone)}."))

    def _take(self, teach: Callable[[Teaching | Forgetting], None]) -> bool:
        """Have the oldest teaching taught, or wish fulfilled; False where there is none."""
        with self._wake:
            teaching = self._teachings[0] if self._teachings else None
        if teaching is None:
            return False
        teach(teaching)
        with self._wake:
            self._teachings.popleft()  # only now: it is on the disk
        return True

    def _publish(self, predictor: Predictor, *, fresh: bool = False) -> None:
        inference = predictor.personal_inference()
        with self._wake:
            fresh = fresh or (self._published is not None and self._published.fresh)
            self._published = Published(inference, fresh)

    def _fold_some(self, predictor: Predictor) -> bool:
        """Move the weights by a few records while nobody types; False where none is left."""
        learner = predictor.learner
        if self._closing or not learner.backlog or not predictor.journal.writable:
            return False
        if not self._quiet():
            self._rest(_QUIET_SECONDS)
            return True
        left = f"{learner.backlog} {_lessons(learner.backlog)}"
        if reason := reason_to_wait():
            self._on_status(Status(Phase.READY, f"{left} to learn later: {reason}"))
            self._rest(_WAITING_SECONDS)
            return True
        self._on_status(Status(Phase.LEARNING, f"{left} left"))
        for _ in range(_PUBLISH_RECORDS):
            if not self._quiet() or not learner.fold_next():
                break
        if not learner.rebuilding:  # else those that serve know more
            self._publish(predictor)
        if not learner.backlog:
            self._on_status(self._rested)
            give_memory_back()
        return True

    def _let_go(self, predictor: Predictor) -> bool:
        """Free what learning takes once it was not wanted for a while; False where it is free."""
        if self._closing or predictor.learner.rests:
            return False
        if not self._rest(_KEPT_SECONDS):
            predictor.learner.rest()
            give_memory_back()
        return True

    def _quiet(self) -> bool:
        with self._wake:
            busy = self._closing or self._teachings or self._request is not None
            return not busy and time.monotonic() - self._last_asked > _QUIET_SECONDS

    def _rest(self, seconds: float | None) -> bool:
        """Wait for something to do, at most so long; None: however long it takes. Is there any?"""
        with self._wake:
            return self._wake.wait_for(lambda: self._closing or bool(self._teachings), seconds)

    def _nap(self) -> None:
        """Wait a little whatever there is to do, so that a failing disk is not asked in a spin."""
        time.sleep(_NAP_SECONDS)


def _lessons(count: int) -> str:
    return "lesson" if count == 1 else "lessons"


def _note(what: str, error: BaseException) -> None:
    """Log an error without its message, which may hold what the user typed."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" at {frame.filename}:{frame.lineno}" for frame in last)
    logger.error("%s: %s%s", what, type(error).__name__, place)


def _lower_priority() -> None:
    """Let everything else go first; Linux knows priorities of single threads."""
    with contextlib.suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)
