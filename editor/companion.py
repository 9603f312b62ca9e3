"""Whoever suggests and learns in one document, and rests while another is on top."""

from __future__ import annotations

from PySide6.QtCore import QObject

from editor.settings import Settings
from editor.statuscontrol import StatusControl
from editor.suggesting.assistant import Assistant
from editor.suggesting.engine import Engine
from editor.suggesting.suggester import Suggester
from editor.tabs.sheet import Sheet
from editor.teaching.harvest import Harvester
from editor.teaching.teacher import Teacher


class Companion(QObject):
    """The suggester, the assistant and the teacher of one sheet."""

    def __init__(
        self, sheet: Sheet, control: StatusControl, discarded: dict[str, Harvester]
    ) -> None:
        """`discarded` are the documents that may be had back, by their sheets' ids."""
        super().__init__(sheet)
        self.sheet = sheet
        self._discarded = discarded
        view = sheet.view
        self.suggester = Suggester(view, self)
        self.assistant = Assistant(view, self.suggester, sheet.words, control)
        self.teacher = Teacher(view, parent=self)
        view.edited.connect(self.teacher.on_edited)
        # The suggester first: it puts the shrunken ghost back before anything else is done.
        view.entered.connect(self.suggester.on_entered)
        view.entered.connect(self.teacher.on_entered)
        view.removed.connect(self.suggester.on_removed)
        view.strayed.connect(self.suggester.on_strayed)
        view.dismissed.connect(self.suggester.on_dismissed)
        view.accepted.connect(self.suggester.on_accepted)
        view.left.connect(self.teacher.on_left)
        sheet.opened.connect(self._on_opened)
        sheet.saved.connect(self._on_saved)
        sheet.closing.connect(self._on_closing)
        sheet.turned_private.connect(self._on_turned)
        self._on_opened()

    def follow(self, settings: Settings) -> None:
        """These are the user's choices; whoever is on top follows them at once."""
        self.assistant.follow(settings, self.sheet.identity)
        self.teacher.set_learns(settings.learn and not self.sheet.private)

    def use(self, engine: Engine | None, *, teaches: bool) -> None:
        """Ask this engine, and teach it if that was allowed."""
        self.assistant.use(engine)
        self.teacher.use(engine if teaches else None)

    def rest(self) -> None:
        """Another document is on top: teach what is settled, then do nothing at all."""
        self.assistant.rest()
        self.teacher.rest()

    def _on_opened(self) -> None:
        self.suggester.on_opened()
        self.teacher.on_opened(self.sheet.identity, self._discarded.pop(self.sheet.id, None))

    def _on_saved(self) -> None:
        self.teacher.on_saved(self.sheet.identity)

    def _on_turned(self) -> None:
        self.teacher.on_turned(self.sheet.identity, private=self.sheet.private)

    def _on_closing(self, kept: bool) -> None:
        if kept:
            self.teacher.on_closing()
        else:
            harvester = self.teacher.on_discarded(self.sheet.unsaved)
            self._discarded[self.sheet.id] = harvester
