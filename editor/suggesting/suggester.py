"""Asks the engine after each entry, and shows what still fits when the answer comes.

It holds no thread: the engine answers when it can, the newest request wins, and an answer that
no longer agrees with the text is dropped. A new ghost waits for a pause in the typing; one that
is typed along does not, and grows but never shrinks by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from editor.rules.alternatives import alternatives, steady, with_space
from editor.rules.ghost import NOTHING, Ghost, fit
from editor.rules.passing import Passing
from editor.rules.refusals import Refusals
from editor.rules.silence import Rules, Scene, trimmed, worth_beginning
from editor.suggesting.engine import Engine
from editor.view.units import units
from model.messages import Answer, Candidate, Outcome, Request, Suggestion

# One row of numbers for all documents: an answer to another's request is older than its own.
_tickets = count(1)
# The model reads only the last of it, but it knows all the words of so much of the document; more
# would be copied at each key for little.
WINDOW = 40_000


class Page(Protocol):
    """The writing surface, as far as suggestions need it."""

    def before(self, limit: int) -> str:
        """The text before the caret."""

    def after(self) -> str:
        """The text behind the caret in its line."""

    def below(self) -> str:
        """The line below the caret's."""

    def length(self) -> int:
        """The length of the whole text, in Qt's units."""

    def takes_ghost(self) -> bool:
        """Whether a ghost may be shown at the caret."""

    def ghost_is_readable(self) -> bool:
        """Whether the ghost was there long enough to be read."""

    def show_ghost(self, text: str) -> None:
        """Show a ghost, or none."""

    def take(self, text: str) -> None:
        """Take a word into the text that was offered beside the ghost."""


class Suggester(QObject):
    """Turns entries into requests and answers into ghosts and a list of words.

    Signals: offered (the words of the list, as candidates at the caret; none to close it).

    State: _answered is the ticket of the newest request that was answered and _answer what came
    since the last entry; _asked is the step to walk once there is one; _listening is false after
    the user strayed; _ghost is what is shown;
    _before is the text before the caret, read at each entry; _pause runs while a new ghost waits;
    _passing follows which ghosts were typed past, _chosen is true where the one that is shown was
    walked to;
    _words is the list of at most _list_size words; _shown is the suggestion of the ghost until it
    is known what became of it, _taken the one that was accepted last, until more is entered than
    it brought itself (_accepting).
    """

    offered = Signal(object)

    def __init__(
        self, page: Page, parent: QObject | None = None, rules: Rules | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._rules = rules or Rules()
        self._engine: Engine | None = None
        self._answered = 0
        self._answer: Answer | None = None
        self._listening = False
        self._asked = 0
        self._ghost = NOTHING
        self._shown: Suggestion | None = None
        self._taken: Suggestion | None = None
        self._accepting = False
        self._before = ""
        self._passing = Passing()
        self._chosen = False
        self._words: tuple[Candidate, ...] = ()
        self._list_size = 0
        self._refusals = Refusals()
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._on_pause)

    def use(self, engine: Engine | None) -> None:
        """Ask this engine from now on; what was asked before is answered in vain."""
        self._engine = engine
        self._answered = next(_tickets)
        self._passing.forget()

    def set_rules(self, rules: Rules) -> None:
        """Show ghosts by these rules from now on."""
        self._rules = rules

    def set_list(self, size: int) -> None:
        """Offer so many words beside the ghost, too; 0 for none."""
        self._list_size = size
        self._offer(())

    @Slot(str)
    def on_entered(self, text: str) -> None:
        """Shrink the ghost by what was entered, and ask what comes next."""
        if self._engine is None:
            return  # off: no work at all
        self._before = self._page.before(WINDOW)
        self._note_passing(text)
        rest = self._ghost.after(text)
        self._chosen = self._chosen and bool(rest)
        if self._ghost and not rest and not self._ghost.is_ended_by(text):
            self._tell("rejected")
        if not self._accepting:
            self._taken = None
        self._accepting = False
        self._show(rest)
        left = ((word, Ghost(word.insert).after(text)) for word in self._words)
        self._offer([replace(word, insert=rest.text) for word, rest in left if rest])
        self._listening, self._asked = True, 0
        self._answer = None
        self._pause.stop()
        if self._rules.delay_ms:
            self._pause.start(self._rules.delay_ms)
        self._ask()

    @Slot()
    def on_strayed(self) -> None:
        """Show nothing, and hear no answer, until more is entered."""
        self._listening, self._shown = False, None
        self._answer, self._chosen = None, False
        self._passing.forget()
        self._pause.stop()
        self._show(NOTHING)
        self._offer(())

    @Slot()
    def on_dismissed(self) -> None:
        """As after straying; and the word that was sent away does not come back here."""
        self._refusals.refuse(self._before, self._ghost.text)
        self._tell("rejected")
        self.on_strayed()

    @Slot()
    def on_accepted(self) -> None:
        """What is entered next was offered."""
        self._taken, self._accepting = self._shown, True
        self._tell("accepted")

    @Slot()
    def on_removed(self) -> None:
        """What was just taken away is not offered there again."""
        now = self._page.before(WINDOW)
        self._refusals.refuse_removed(self._before, now)
        self._before = now
        if self._taken is not None:
            self._shown, self._taken = self._taken, None
            self._tell("undone")

    @Slot(int)
    def walk(self, step: int) -> None:
        """Show the next or the previous alternative; where nothing is expected yet, ask."""
        if not self._page.takes_ghost():
            return
        if self._answer is None:
            self._asked, self._listening = step, True
            self._before = self._page.before(WINDOW)
            self._ask()
            return
        answer, scene = self._answer, self._scene()
        texts = alternatives(answer.suggestion, space=self._rules.space)
        trims = (trimmed(text, scene, self._rules) for text in texts)
        ghosts = [fit(text, answer.before, scene.before) for text in trims]
        ghosts = [ghost for ghost in ghosts if ghost]
        if ghosts:
            here = ghosts.index(self._ghost) if self._ghost in ghosts else -(step > 0)
            self._passing.turned_down(self._ghost)
            self._chosen = True
            self._show(ghosts[(here + step) % len(ghosts)])

    @Slot(int)
    def choose(self, number: int) -> None:
        """Take this word of the list, counted from one."""
        if 0 < number <= len(self._words):
            insert = self._words[number - 1].insert
            self._page.take(with_space(insert) if self._rules.space else insert)

    @Slot()
    def on_opened(self) -> None:
        """Another document: nothing was refused in it."""
        self.on_strayed()
        self._refusals.clear()
        self._before = ""

    @Slot(object)
    def on_answer(self, answer: Answer) -> None:
        """Show what of the answer still fits, now or when the pause is long enough."""
        if not self._listening or answer.ticket <= self._answered:
            return
        self._answered, self._answer = answer.ticket, answer
        step, self._asked = self._asked, 0
        if step:
            self.walk(step)
        elif self._ghost or not self._pause.isActive():
            self._show_answer(answer)

    def _on_pause(self) -> None:
        if self._answer is not None:
            self._show_answer(self._answer)

    def _show_answer(self, answer: Answer) -> None:
        ghost = self._worth_showing(answer)
        # Silence does not take away what the user is typing along with.
        if ghost and not self._refusals.hold(self._before, ghost.text):
            self._shown = answer.suggestion
            self._show(ghost)
        if self._list_size:
            self._offer(self._fitting(answer))

    def _worth_showing(self, answer: Answer) -> Ghost:
        """The ghost of an answer, or nothing where what is shown had better stay."""
        scene = self._scene()
        inline = trimmed(answer.suggestion.inline, scene, self._rules)
        ghost = fit(inline, answer.before, scene.before)
        if self._ghost and not ghost.is_of_another_word(self._ghost):
            less = len(ghost.text) < len(self._ghost.text)
            return NOTHING if less and self._ghost.text.startswith(ghost.text.rstrip()) else ghost
        if self._ghost and (self._chosen or self._pause.isActive()):
            return NOTHING
        return worth_beginning(ghost, answer.suggestion, scene, self._rules)

    def _fitting(self, answer: Answer) -> list[Candidate]:
        """The candidates of an answer, as they complete the text as it is by now."""
        candidates = answer.suggestion.candidates
        rests = (fit(one.insert, answer.before, self._before) for one in candidates)
        both = zip(candidates, rests, strict=True)
        return [replace(one, insert=rest.text) for one, rest in both if rest]

    def _offer(self, words: Sequence[Candidate]) -> None:
        had, self._words = self._words, steady(self._words, words, self._list_size)
        if had or self._words:
            self.offered.emit(self._words)

    def _scene(self) -> Scene:
        before, after = self._before, self._page.after()
        return Scene(before, after, self._page.length() <= units(before) + units(after))

    def _ask(self) -> None:
        if self._engine is None or not self._page.takes_ghost():
            return
        after, below = self._page.after(), self._page.below()
        if below:  # in wrapped text it goes on there
            after = f"{after}\n{below}"
        self._engine.ask(Request(next(_tickets), self._before, after, self._passing.ghosts))

    def _note_passing(self, entered: str) -> None:
        if self._accepting:
            self._passing.forget()
        else:
            read = self._page.ghost_is_readable() and not self._chosen
            self._passing.entered(entered, self._ghost if read else NOTHING)

    def _tell(self, outcome: Outcome) -> None:
        """Say once what became of a suggestion."""
        if self._shown is not None and self._engine is not None:
            self._engine.feedback(self._shown, outcome)
        self._shown = None

    def _show(self, ghost: Ghost) -> None:
        self._ghost = ghost
        self._page.show_ghost(ghost.text)
