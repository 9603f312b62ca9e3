"""Spell checking in all open documents: where its dictionary comes from, and whether it is on.

It looks for dictionaries on a thread of its own, when it is told to begin and when the user asks
for what was missing. The user's own words come from the engine, or where there is none from whoever
reads the lists, and from what is done in the window.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from editor.settings import Settings
from editor.spelling.dictionaries import Found
from editor.spelling.spelling import Spelling
from editor.spelling.underlines import Underlines
from editor.spelling.words import as_listed
from editor.tabs.sheet import Sheet
from editor.tabs.sheets import Sheets
from model.messages import Forgetting, WordList

Find = Callable[[str, str], Found]
Lists = Callable[[], Mapping[str, WordList]]


class SpellCheck(QObject):
    """One spelling, and the underlines of each sheet.

    Signals: changed (it is on or off, or has another dictionary), missing (the user asked for it,
    and there is no dictionary; what can be installed), _came (for which language, what was Found,
    the user's lists if they were read).

    State: found is what there is; _find looks for it, None before the beginning; _read_lists reads
    the user's lists, None once they are known; _wanted and _language are the user's choices; _asked
    is true while the user waits for an answer.
    """

    changed = Signal()
    missing = Signal(str)
    _came = Signal(str, object, object)

    def __init__(self, sheets: Sheets) -> None:
        super().__init__(sheets)
        self.found = Found()
        self._spelling = Spelling()
        self._underlines: dict[Sheet, Underlines] = {}
        self._find: Find | None = None
        self._read_lists: Lists | None = None
        self._wanted = False
        self._language = ""
        self._asked = False
        self._came.connect(self._on_found)
        sheets.added.connect(self._follow)

    @property
    def on(self) -> bool:
        """Whether words are checked."""
        return self._wanted and self.found.dictionary is not None

    def of(self, sheet: Sheet) -> Underlines:
        """The underlines of this document."""
        return self._underlines[sheet]

    def begin(self, find: Find, read_lists: Lists | None = None) -> None:
        """Look for dictionaries by this, now that the user's own words are known or can be read."""
        if self._find is None:
            self._find, self._read_lists = find, read_lists
            self._seek()

    def ask(self) -> None:
        """The user wants it: look once more, and say what is missing."""
        self._asked = self.found.dictionary is None

    def follow(self, settings: Settings) -> None:
        """These are the user's choices."""
        other = settings.spelling_language != self._language
        self._wanted, self._language = settings.spelling, settings.spelling_language
        if other or self._asked:
            self._seek()
        self._turn()

    # The user's own words

    def told(self, listed: Mapping[str, WordList]) -> None:
        """These are the user's lists, as they were kept."""
        self._read_lists = None
        own = frozenset(as_listed(word).lower() for word, on in listed.items() if on == "added")
        if own != self._spelling.listed:
            self._spelling.listed = own
            self._turn()

    @Slot(str, object)
    def list_word(self, word: str, on: WordList | None) -> None:
        """The user put a word on a list, or took it off."""
        self._spelling.list_word(word, own=on == "added")
        self._turn()

    @Slot(object)
    def forget(self, wish: Forgetting) -> None:
        """What is forgotten is on no list any more."""
        if wish.everything:
            self._spelling.forget()
        for word in filter(None, (wish.word, wish.delete)):
            self._spelling.list_word(word, own=False)
        self._turn()

    # Dictionaries

    def _seek(self) -> None:
        if self._find is not None and self._wanted:
            locale = QLocale.system().name()
            threading.Thread(
                target=self._run,
                args=(self._find, self._read_lists, self._language, locale),
                daemon=True,
            ).start()

    def _run(self, find: Find, read_lists: Lists | None, language: str, locale: str) -> None:
        found = find(language, locale)
        listed = read_lists() if read_lists is not None and found.dictionary is not None else None
        with contextlib.suppress(RuntimeError):  # the window has gone meanwhile
            self._came.emit(language, found, listed)

    @Slot(str, object, object)
    def _on_found(
        self, language: str, found: Found, listed: Mapping[str, WordList] | None = None
    ) -> None:
        if language != self._language:
            return  # the user chose another one meanwhile
        if listed is not None and self._read_lists is not None:  # else the engine told them
            self.told(listed)
        self.found = found
        self._spelling.use(found.dictionary)
        if self._asked and found.missing:
            self.missing.emit(found.missing)
        self._asked = False
        self._turn()

    def _turn(self) -> None:
        for underlines in self._underlines.values():
            underlines.turn(on=self.on)
        self.changed.emit()

    def _follow(self, sheet: Sheet) -> None:
        self._underlines[sheet] = underlines = Underlines(sheet.view, self._spelling)
        underlines.turn(on=self.on)
        sheet.opened.connect(underlines.begin_anew)
        sheet.destroyed.connect(lambda: self._underlines.pop(sheet, None))
