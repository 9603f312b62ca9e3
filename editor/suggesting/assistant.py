"""Carries the user's choices about suggestions to those who follow them.

The engine is asked only while suggestions are on in this document: off means no work at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from editor.rules.aids import eagerness_with, rules_with
from editor.settings import Settings
from editor.statuscontrol import StatusControl
from editor.suggesting.announcer import Announcer
from editor.suggesting.candidatelist import CandidateList
from editor.suggesting.engine import Engine
from editor.suggesting.suggester import Suggester
from editor.view.textview import TextView
from model.messages import Candidate


class Assistant(QObject):
    """Whoever suggests on a page, and how.

    State: _settings and _document are the choices and the document they are for; _engine is asked
    while suggestions are on; _waking runs until a snooze ends.
    """

    def __init__(
        self,
        view: TextView,
        suggester: Suggester,
        words: CandidateList,
        control: StatusControl,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._suggester = suggester
        self._words = words
        self._control = control
        self._clock = clock
        self._engine: Engine | None = None
        self._settings = Settings()
        self._document = ""
        self.announcer = Announcer(view)
        self._waking = QTimer(self, singleShot=True)
        self._waking.timeout.connect(self._follow)
        view.appeared.connect(self.announcer.on_appeared)
        view.numbered.connect(suggester.choose)
        words.chosen.connect(suggester.choose)
        suggester.offered.connect(self.announcer.on_offered)
        suggester.offered.connect(self._show_words)

    @property
    def suggests(self) -> bool:
        """Whether there are suggestions in this document now."""
        return self._settings.control.suggests(self._document, self._clock())

    def use(self, engine: Engine | None) -> None:
        """Ask this engine, as far as the user wants suggestions."""
        self._engine = engine
        self._follow()

    def follow(self, settings: Settings, document: str) -> None:
        """These are the choices now, and the document."""
        moved = settings.aids.words != self._settings.aids.words
        self._settings, self._document = settings, document
        if moved:
            self._words.set_floating(floats=settings.aids.words == "caret")
        self._follow()

    def rest(self) -> None:
        """Ask nobody and wait for nothing until `use` is called again."""
        self._engine = None
        self._suggester.use(None)
        self._suggester.on_strayed()
        self._waking.stop()

    def read_again(self) -> None:
        """Say what is offered at the caret."""
        self.announcer.read_again(self._view.ghost)

    @Slot()
    def _follow(self) -> None:
        settings, now = self._settings, self._clock()
        aids, control = settings.aids, settings.control
        quieter = control.mode == "quieter"
        eagerness = eagerness_with(aids, settings.eagerness, quieter=quieter)
        rules = rules_with(aids, settings.rules, eagerness)
        self._view.set_keymap(settings.keys)
        self._view.set_rules(rules)
        self._view.set_aids(aids)
        self.announcer.mode = aids.announce
        self._suggester.set_rules(rules)
        self._suggester.set_list(0 if aids.words == "off" else aids.words_shown)
        self._suggester.use(self._engine if self.suggests else None)
        if not self.suggests:
            self._suggester.on_strayed()
        if self._engine is not None:
            self._engine.set_eagerness(eagerness)
            self._engine.set_ladder(settings.ladder)
        self._control.show_state(control, self._document, now)
        self._waking.stop()
        if left := control.snooze_left(now):
            self._waking.start(round(left * 1000))

    @Slot(object)
    def _show_words(self, words: Sequence[Candidate]) -> None:
        self._words.show_words(words)
        self._view.set_numbers(self._words.count)
