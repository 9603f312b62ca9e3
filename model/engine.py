"""The model's two threads, behind calls that never wait: ask, teach, forget, survey, lock, close.

One thread answers requests, newest first, and owns the predictor. A second one of lower
priority learns on its own copy of the weights and hands whole new weights over between
requests, so that a request never waits behind a step. An error in either becomes a status
for the user and ends nothing but what it was doing.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import ModelError, ProfileError, log_without_text, why_not_loaded
from model.machine import (
    give_memory_back,
    lower_priority,
    reason_to_wait,
    take_memory_sparingly,
)
from model.messages import (
    Answer,
    Eagerness,
    Forgetting,
    Ladder,
    Outcome,
    Overview,
    Phase,
    Request,
    Status,
    Suggestion,
    Teaching,
    WordList,
)
from model.pace import Pace

if TYPE_CHECKING:
    from model.errands import Errand, Errands
    from model.inference import Inference
    from model.predictor import Predictor

_QUIET_SECONDS = 0.7  # the weights move only after this long without a request
_PUBLISH_RECORDS = 8
_NAP_SECONDS = 0.5
_WAITING_SECONDS = 30.0  # for power or memory
_FORGOTTEN_ONCE_OPEN = (
    "What was learnt is locked: it is forgotten once your passphrase opens it, and not if you quit "
    "before. Without it, `foretype forget --all` erases everything."
)
_CLOSING_TRIES = 3  # a teaching that cannot be kept holds up the end only so long


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
        self._served_restarts = 0  # of the learner, known to what serves
        self._errands: deque[Errand] = deque()
        self._passphrase: str | None = None  # to be tried
        self._pace = Pace()
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
        self._send(teaching)

    def forget(self, wish: Forgetting) -> None:
        """Forget for good, after what was taught before; a status says how much went."""
        self._send(wish)
        if wish.said and self._rested.phase is Phase.LOCKED:
            self._on_status(Status(Phase.LOCKED, _FORGOTTEN_ONCE_OPEN))

    def survey(self, then: Callable[[Overview], None]) -> None:
        """Have `then` called, on the learning thread, with all that is kept of what was learnt."""
        from model.errands import Survey

        self._send(Survey(then))

    def unlock(self, passphrase: str) -> None:
        """Open the profile with this passphrase; a status tells whether it was the right one."""
        with self._wake:
            self._passphrase = passphrase
            self._wake.notify_all()

    def set_passphrase(self, new: str | None, current: str | None) -> None:
        """Have the profile open only with `new`, None: without a passphrase; a status tells."""
        from model.errands import Locking

        self._send(Locking(new, current))

    def _send(self, errand: Errand) -> None:
        with self._wake:
            self._errands.append(errand)
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
                log_without_text("the checkpoint was not saved", error)

    # -- the engine thread ------------------------------------------------------------

    def _answer_requests(self) -> None:
        self._on_status(Status(Phase.LOADING))
        try:
            self._begin(None)
        except Exception as error:
            self._go_without(why_not_loaded(error))
            return
        while self._wait_for_work():
            with self._wake:
                passphrase, self._passphrase = self._passphrase, None
                request, self._request = self._request, None
            if passphrase is not None and self._rested.phase is Phase.LOCKED:
                self._unlock(passphrase)
            if request is not None and self._predictor is not None:
                self._answer(self._predictor, request)

    def _begin(self, passphrase: str | None) -> None:
        """Load what suggests, and learn where that can be.

        Raises BaseModelError and WrongPassphrase, and what a broken installation does.
        """
        from model.loading import load

        before = self._predictor
        self._predictor, self._rested = load(
            self._profile_folder, self._base_folder, self._eagerness, passphrase
        )
        if before is not None:
            before.close()
        self._on_status(self._rested)
        give_memory_back()
        take_memory_sparingly()
        if self._rested.phase is not Phase.LOCKED:  # what was taught waits for the passphrase
            self._learning.start()

    def _unlock(self, passphrase: str) -> None:
        """Open what was learnt; whatever stands in the way, the base goes on suggesting."""
        from model.loading import UNLOCK

        try:
            self._begin(passphrase)
        except Exception as error:
            self._on_status(Status(Phase.LOCKED, f"{why_not_loaded(error)} {UNLOCK}"))

    def _go_without(self, reason: str) -> None:
        """There is no model: what is taught is kept, for when there is one again."""
        from model.errands import Errands
        from model.profile.store import Profile

        try:
            with Profile.open_as_can_be(self._profile_folder) as profile:
                errands = Errands(profile, self._say)
                later = " What you write is kept, to be learnt later."
                reason += later * (self._profile_folder is not None)
                self._rested = Status(Phase.FAILED, reason)
                self._on_status(self._rested)
                self._work(lambda: self._take(errands))
        except ProfileError as error:
            self._on_status(Status(Phase.FAILED, f"{reason} {error}"))

    def _say(self, news: str) -> None:
        """Tell what was done; how it is with the model stays as it was told."""
        self._on_status(Status(self._rested.phase, news, passing=True))

    def _wait_for_work(self) -> bool:
        """True once there is a request or a passphrase to try, False at the end."""
        with self._wake:
            while self._request is None and self._passphrase is None and not self._closing:
                self._wake.wait()
            return not self._closing

    def _answer(self, predictor: Predictor, request: Request) -> None:
        suggestion = Suggestion()
        try:
            with self._wake:
                published, self._published = self._published, None
            if published is not None:
                predictor.composer.renew(published.inference, fresh=published.fresh)
            predictor.eagerness = self._eagerness
            predictor.set_ladder(self._ladder)
            suggestion = predictor.suggest(request.before, request.after, passed=request.passed)
        except Exception as error:
            log_without_text("a request failed", error)
            self._say(f"A suggestion failed ({type(error).__name__}).")
        self._on_answer(Answer(request.ticket, request.before, suggestion))

    # -- the learning thread ----------------------------------------------------------

    def _learn(self) -> None:
        import torch

        torch.set_num_threads(1)
        lower_priority()
        from model.errands import Errands

        predictor = self._predictor
        assert predictor is not None
        errands = Errands(predictor.profile, self._say, predictor)
        self._work(
            lambda: (
                predictor.learner.gather()  # while the weights suggest already
                or self._run_next(predictor, errands)
                or self._fold_some(predictor)
            )
        )

    def _work(self, do_some: Callable[[], bool]) -> None:
        """Until the end, and until everything taught is kept: `do_some`, False where it rests."""
        failures = 0
        while failures < _CLOSING_TRIES or not self._closing:
            try:
                busy = do_some()
                if failures:
                    self._on_status(self._rested)
                failures = 0
                if not busy:
                    if self._closing:
                        return
                    give_memory_back()  # 2 ms; what a few lessons leave behind is 30 MB
                    self._rest(None)
            except Exception as error:
                # The last good weights go on serving, and what was to be learnt is tried again.
                failures += 1
                log_without_text("learning failed", error)
                reason = str(error) if isinstance(error, ModelError) else type(error).__name__
                self._on_status(
                    Status(Phase.PAUSED, f"Learning failed and is tried again. {reason}")
                )
                self._nap()

    def _run_next(self, predictor: Predictor, errands: Errands) -> bool:
        """Run the oldest errand; False where there is none."""
        try:
            return self._take(errands)
        finally:  # what an errand has removed is removed, even where the rest of it failed
            restarts = predictor.learner.restarts
            if restarts != self._served_restarts:
                self._publish(predictor, fresh=True)
                self._served_restarts = restarts

    def _take(self, errands: Errands) -> bool:
        """Have the oldest errand run; False where there is none."""
        with self._wake:
            errand = self._errands[0] if self._errands else None
        if errand is None:
            return False
        errands.run(errand)
        with self._wake:
            self._errands.popleft()  # only now: it is on the disk
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
        if reason := reason_to_wait():
            left = learner.backlog
            self._on_status(Status(Phase.READY, f"{_lessons(left)} to learn later: {reason}", left))
            self._rest(_WAITING_SECONDS)
            return True
        for _ in range(_PUBLISH_RECORDS):
            left = learner.backlog
            parts = (f"{_lessons(left)} left", self._pace.words(left))
            self._on_status(Status(Phase.LEARNING, ", ".join(filter(None, parts)), left))
            start = time.perf_counter()
            if not self._quiet() or not learner.fold_next():
                break
            self._pace.note(time.perf_counter() - start, 1)
            if not learner.backlog:
                break
        if not learner.rebuilding:  # else those that serve know more
            self._publish(predictor)
        if not learner.backlog:
            self._on_status(self._rested)
        give_memory_back()
        return True

    def _quiet(self) -> bool:
        with self._wake:
            busy = self._closing or self._errands or self._request is not None
            return not busy and time.monotonic() - self._last_asked > _QUIET_SECONDS

    def _rest(self, seconds: float | None) -> None:
        """Wait for something to do, at most so long; None: however long it takes."""
        with self._wake:
            self._wake.wait_for(lambda: self._closing or bool(self._errands), seconds)

    def _nap(self) -> None:
        """Wait a little whatever there is to do, so that a failing disk is not asked in a spin."""
        time.sleep(_NAP_SECONDS)


def _lessons(count: int) -> str:
    return f"{count} lesson" if count == 1 else f"{count} lessons"
