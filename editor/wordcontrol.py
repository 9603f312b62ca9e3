"""How many words the document on top has, in the status bar; a click shows more figures.

Words are counted in small portions while nothing else is to be done, never while a key is handled.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from editor.rules.counting import WORDS_A_MINUTE, Count, minutes
from editor.tabs.sheet import Sheet
from editor.tabs.sheets import Sheets
from editor.view.counter import Counter

_PAUSE_MS = 200  # after a change, so that a run of keys is counted once
_PORTION = 0.004  # seconds; what comes meanwhile waits no longer
_NEXT_MS = 8  # between two portions: most of the time is others'


class WordControl(QToolButton):
    """Shows the number of words, and of the selected ones while there are some.

    State: _sheets are the documents, _counters count them; _wanted is whether the user wants to
    see it; _pause runs until there is something to count or to show.
    """

    def __init__(self, sheets: Sheets, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheets = sheets
        self._counters: dict[Sheet, Counter] = {}
        self._wanted = True
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._work)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoRaise(True)
        # It gives way: the window may be narrower than what it says.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Words, characters, paragraphs and minutes of this document"))
        menu = QMenu(self.tr("Figures of This Document"), self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        sheets.added.connect(self._follow)
        sheets.turned_to.connect(self._turn)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt chose the name
        """No room at all."""
        return QSize(0, super().minimumSizeHint().height())

    def want(self, *, wanted: bool) -> None:
        """Count from now on, or no more."""
        self._wanted = wanted
        self._wake()

    def _follow(self, sheet: Sheet) -> None:
        self._counters[sheet] = counter = Counter(sheet.view)
        sheet.opened.connect(counter.begin)
        sheet.opened.connect(self._turn)
        sheet.view.document().contentsChanged.connect(self._wake)
        sheet.view.selectionChanged.connect(self._wake)
        sheet.destroyed.connect(lambda: self._counters.pop(sheet, None))

    @Slot()
    def _wake(self) -> None:
        if self._wanted and not self._pause.isActive():
            self._pause.start(_PAUSE_MS)

    @Slot()
    def _turn(self) -> None:
        self._pause.start(0)  # once what is under way is done

    @Slot()
    def _work(self) -> None:
        """Count for a moment; go on soon, or show what was counted."""
        if self._wanted and self._sheets.count():
            self._counter.go_on(_PORTION)
            if not self._counter.complete:
                self._pause.start(_NEXT_MS)
            self._show()

    @property
    def _counter(self) -> Counter:
        return self._counters[self._sheets.current]

    def _show(self) -> None:
        shown, name = self.tr("… words"), self.tr("Counting words")
        if self._counter.complete:
            shown = name = self._words(self._counter.total, self._selected())
        if name != self.accessibleName():
            self.setText(shown)
            self.setAccessibleName(name)

    def _selected(self) -> Count | None:
        """What there is of the selected text, where some is selected."""
        cursor = self._sheets.current.view.textCursor()
        if not cursor.hasSelection():
            return None
        return self._counter.between(cursor.selectionStart(), cursor.selectionEnd())

    def _fill(self) -> None:
        """The menu as it is now. Its rows are there to be read; choosing one closes it."""
        self._counter.go_on(_PORTION)  # who clicks right after a key is not to be put off
        rows = self._rows() if self._counter.complete else {"counting": self.tr("Counting words")}
        self.menu().clear()
        for name, text in rows.items():
            self.menu().addAction(text).setObjectName(f"count: {name}")

    def _rows(self) -> dict[str, str]:
        whole, part = self._counter.total, self._selected()
        return {
            "words": self._words(whole, part),
            "characters": _figure(
                (self.tr("%1 character"), self.tr("%1 characters")),
                whole.characters,
                part and part.characters,
            ),
            "without spaces": _figure(
                (self.tr("%1 character without spaces"), self.tr("%1 characters without spaces")),
                whole.without_spaces,
                part and part.without_spaces,
            ),
            "paragraphs": _figure(
                (self.tr("%1 paragraph"), self.tr("%1 paragraphs")),
                whole.paragraphs,
                part and part.paragraphs,
            ),
            "minutes": self._minutes(whole.words if part is None else part.words),
            "gained": self._gained(self._counter.gained),
        }

    def _words(self, whole: Count, part: Count | None) -> str:
        forms = (self.tr("%1 word"), self.tr("%1 words"))
        return _figure(forms, whole.words, part and part.words)

    def _minutes(self, words: int) -> str:
        time = self.tr("Less than a minute of reading")
        if minutes(words):
            forms = (self.tr("%1 minute of reading"), self.tr("%1 minutes of reading"))
            time = _figure(forms, minutes(words))
        rate = self.tr("%1, at %2 words a minute")
        return rate.replace("%1", time).replace("%2", QLocale().toString(WORDS_A_MINUTE))

    def _gained(self, words: int) -> str:
        forms = (
            self.tr("%1 word more than when it was opened"),
            self.tr("%1 words more than when it was opened"),
        )
        if words < 0:
            forms = (
                self.tr("%1 word fewer than when it was opened"),
                self.tr("%1 words fewer than when it was opened"),
            )
        return _figure(forms, abs(words))


def _figure(forms: tuple[str, str], whole: int, part: int | None = None) -> str:
    """A number and what there is so much of: in these words for one and for several.

    Of a part it says "12 of 1,234 words".
    """
    number = QLocale().toString(whole)
    if part is not None:
        number = _tr("%1 of %2").replace("%2", number).replace("%1", QLocale().toString(part))
    return forms[whole != 1].replace("%1", number)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WordControl", text)
