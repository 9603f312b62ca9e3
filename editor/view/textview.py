# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""The writing surface: plain text, with a ghost at the caret that is not part of it.

It says what the user did in words of the editor (`entered`, `strayed`, `left`, `edited`), shows
the ghost it is given and takes it into the text when asked. It refuses to know where a ghost
comes from or what is learnt from an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QKeyCombination, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDropEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from editor.rules.ghost import Ghost
from editor.rules.keymap import Keymap
from editor.rules.keys import Meaning
from editor.rules.silence import Rules
from editor.rules.spacing import BroughtSpace, may_replace, next_word, replaces, whole
from editor.view.dropping import dropped_files
from editor.view.exchange import exchange
from editor.view.ghostpage import GhostPage
from editor.view.longlines import PARAGRAPH
from editor.view.modifiers import MODIFIERS, is_missed_shortcut, writes
from editor.view.pieces import select_next, select_previous
from editor.view.provenance import Origin
from editor.view.recorder import EditRecorder

_StandardKey = QKeySequence.StandardKey
_Modifier = Qt.KeyboardModifier
_PLAIN = (_Modifier.NoModifier, _Modifier.ShiftModifier, _Modifier.KeypadModifier)
_QUOTED = 2_000  # characters before the caret, in which a quotation may have been opened
# Qt's own Backspace takes half of what a reader sees as one: a skin tone, an accent.
_ERASERS = {Qt.Key.Key_Backspace: select_previous, Qt.Key.Key_Delete: select_next}


class TextView(GhostPage):
    """A page to write on.

    Signals: edited (each change of the text), entered (text came in at the caret by the user's
    hand, ghosts included), strayed (the user did something else: no ghost until more is
    entered), removed (text was taken away, undo included; before strayed),
    dismissed (the ghost was sent away), left (the user looks elsewhere),
    numbered (a digit was pressed while a numbered list of words is open).

    State: _commands are the keys that mean the ghost, _numbers how many words are in the list;
    _recorder notes the changes; _doing is true while a deed of the user is under way; _stop asks
    for an undo step of its own; _space is the one that came with an accepted ghost, which
    _brings_space wants.
    """

    edited = Signal(object)
    entered = Signal(str)
    strayed = Signal()
    removed = Signal()
    dismissed = Signal()
    accepted = Signal()
    left = Signal()
    numbered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recorder = EditRecorder(self.document(), self)
        self._recorder.edited.connect(self.edited)
        self._doing = False
        self._numbers = 0
        self._stop = False
        self._space = BroughtSpace()
        self._brings_space = True
        self.set_keymap(Keymap())
        self.cursorPositionChanged.connect(self._on_caret_moved)

    def set_text(self, text: str) -> None:
        """Begin anew with `text`, which is not the user's deed and cannot be undone."""
        self.hide_ghost()
        self._doing = True
        with self._recorder.unrecorded():
            self._pieces.put(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._doing = False
        self._space.forget()
        self.document().setModified(False)

    def set_keymap(self, keymap: Keymap) -> None:
        """Read these keys as commands to the ghost."""
        named = {"accept": keymap.accept, "accept_word": keymap.accept_word}
        named["dismiss"] = keymap.dismiss
        self._commands = {key: name for name, key in named.items() if key}

    def set_rules(self, rules: Rules) -> None:
        """Follow the user's choices about ghosts, as far as the page is concerned."""
        self._brings_space = rules.space
        self.keys.readable_ms = rules.readable_ms

    # The ghost

    def accept_all(self) -> None:
        """Take the whole ghost into the text."""
        self._accept(whole(Ghost(self.ghost), self.after(), space=self._brings_space))

    def accept_word(self) -> None:
        """Take the ghost's next word into the text."""
        self._accept(next_word(Ghost(self.ghost), self.after(), space=self._brings_space))

    def set_numbers(self, count: int) -> None:
        """Read the digits 1 to `count` as words of the list that is open; 0: it is closed."""
        self._numbers = count

    def take(self, text: str) -> None:
        """Take a word that was offered beside the ghost into the text."""
        if self.takes_ghost():
            self._accept(text)

    def dismiss(self) -> None:
        """Send away the ghost and the list of words."""
        if self._layer.lift() or self._numbers:
            self.keys.dismissed()
            self.dismissed.emit()

    def _accept(self, taken: str) -> None:
        if not taken:
            return
        self.accepted.emit()
        self._do(Origin.ACCEPTED, lambda: self._insert(taken))
        self._stop = True
        if taken[-1] == " ":
            self._space.came(self.caret(), self.document().revision())

    def _insert(self, text: str, *, instead_of_last: bool = False) -> None:
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart())
        cursor.beginEditBlock()
        if instead_of_last:
            cursor.deletePreviousChar()
        cursor.insertText(self._pieces.broken(text, first))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._follow_caret()

    def _take_away(self, select: Callable[[QTextCursor], None]) -> None:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            select(cursor)
        cursor.removeSelectedText()
        self.setTextCursor(cursor)
        self._follow_caret()

    def _follow_caret(self) -> None:
        # Qt's own call is dear even where there is nothing to do.
        if not self.viewport().rect().contains(self.cursorRect()):
            self.ensureCursorVisible()

    # Deeds of the user

    def undo(self) -> None:
        """Take back the last step."""
        self._do(None, super().undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._do(None, super().redo)

    def exchange(self, changes: Sequence[tuple[int, int, str]], origin: Origin) -> None:
        """Put other text in these places, given in order, as one step of undo."""
        self._layer.lift()
        self._doing, self._stop = True, True
        self._recorder.begin(origin)
        try:
            exchange(self.document(), self._pieces, self._recorder, changes)
        finally:
            self._recorder.end()
            self._doing = False
        self.keys.strayed()
        self.strayed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that mean the ghost come first; every other key is Qt's."""
        if event.key() in MODIFIERS:
            super().keyPressEvent(event)
        elif self._is_ghost_key(event):
            event.accept()
        elif is_missed_shortcut(event):
            event.ignore()
        elif self._is_own_key(event):
            event.accept()
        else:
            begins_step = self._stop and writes(event) and not self.isReadOnly()
            # An insertion of ours is a step of its own: what one undo takes back is a word.
            self._do(
                Origin.TYPED,
                lambda: (
                    self._insert(event.text())
                    if begins_step
                    else super(TextView, self).keyPressEvent(event)
                ),
            )
            self._stop = (self._stop and not begins_step) or event.text() == " "

    def _is_ghost_key(self, event: QKeyEvent) -> bool:
        command = self._command(event)
        if command == "dismiss" and self._numbers:
            self.dismiss()
            return True
        if command is None or self._composing or not self._caret_is_seen():
            return False
        cursor = self.textCursor()
        repeated = self.keys.is_repeat(auto=event.isAutoRepeat(), timestamp=event.timestamp())
        blank = not cursor.block().text()[: cursor.positionInBlock()].strip()
        indents = event.key() == Qt.Key.Key_Tab and blank
        meaning = self.keys.meaning(command, repeated=repeated, indents=indents)
        if meaning is Meaning.ACCEPT_ALL:
            self.accept_all()
        elif meaning is Meaning.ACCEPT_WORD:
            self.accept_word()
        elif meaning is Meaning.DISMISS:
            self.dismiss()
        return meaning is not Meaning.OWN

    def _caret_is_seen(self) -> bool:
        return self.viewport().rect().intersects(self.cursorRect())

    def _command(self, event: QKeyEvent) -> str | None:
        return self._commands.get(_written(event.keyCombination()))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Remember when the accept key was let go, to know a held one."""
        if self._command(event) == "accept":
            self.keys.released(event.timestamp())
        super().keyReleaseEvent(event)

    def _is_own_key(self, event: QKeyEvent) -> bool:
        text = event.text()
        if self._is_number(event):
            self.numbered.emit(int(text))
        elif event.modifiers() in _PLAIN and self._takes_space(text):
            self._type_instead_of_space(text)
        elif text.isprintable() and text and event.modifiers() in _PLAIN:
            return False  # a letter: to ask further is dear
        elif event.matches(_StandardKey.Undo):
            self.undo()
        elif event.matches(_StandardKey.Redo):
            self.redo()
        elif event.key() in _ERASERS and event.modifiers() in _PLAIN and not self.isReadOnly():
            select = _ERASERS[Qt.Key(event.key())]
            self._do(Origin.TYPED, lambda: self._take_away(select))
        elif event.matches(_StandardKey.InsertLineSeparator):
            # Qt would put in a character that few other programs take for a line end.
            self._do(Origin.TYPED, lambda: self._insert("\n"))
        else:
            return False
        return True

    def _is_number(self, event: QKeyEvent) -> bool:
        digit = event.text()
        open_here = self._numbers and not self._composing and digit in "12345" and digit
        return bool(open_here) and int(digit) <= self._numbers

    def _takes_space(self, text: str) -> bool:
        """Whether what is typed stands in the place of the space that came with a word."""
        if not may_replace(text) or self.textCursor().hasSelection():
            return False
        here = self._space.is_at(self.caret(), self.document().revision())
        return here and replaces(text, self.before(_QUOTED).rpartition("\n")[2])

    def _type_instead_of_space(self, text: str) -> None:
        self._space.forget()
        if text != " ":  # else it is there already
            typed = "\n" if text == "\r" else text
            self._do(Origin.TYPED, lambda: self._insert(typed, instead_of_last=True))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method commits is typed; while it composes there is no ghost."""
        self._composing = bool(event.preeditString())
        block = self.textCursor().block()
        self._do(Origin.TYPED, lambda: super(TextView, self).inputMethodEvent(event), line=block)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted and dropped text is foreign; only plain text comes in."""
        text = source.text()
        if self._doing:  # a key pasted
            self._recorder.origin = Origin.FOREIGN
            self._insert(text)
        else:
            self._do(Origin.FOREIGN, lambda: self._insert(text))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files are opened by the window, not written into the text."""
        return not dropped_files(source) and super().canInsertFromMimeData(source)

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped here comes from elsewhere."""
        self._do(Origin.FOREIGN, lambda: super(TextView, self).dropEvent(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ends the ghost; Qt must see the line without it.

        A menu is about what was clicked: the ghost, the selection, or else the word there.
        """
        asks = event.button() == Qt.MouseButton.RightButton
        place = event.position().toPoint()
        if asks and self._is_on_ghost(place):
            return
        if self._layer.lift():
            self.strayed.emit()
        if asks and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(place))
        super().mousePressEvent(event)

    def _is_on_ghost(self, place: QPoint) -> bool:
        caret = self.cursorRect()
        in_line = caret.top() <= place.y() <= caret.bottom()
        leftwards = self.textCursor().block().textDirection() == Qt.LayoutDirection.RightToLeft
        behind = place.x() <= caret.right() if leftwards else place.x() >= caret.left()
        return bool(self.ghost) and in_line and behind

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever looks elsewhere needs no ghost; a menu of ours is not elsewhere."""
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        ):
            self._layer.lift()
            self.strayed.emit()
            self.left.emit()
        super().focusOutEvent(event)

    def _do(
        self,
        origin: Origin | None,
        deed: Callable[[], None],
        *,
        line: QTextBlock | None = None,
    ) -> None:
        """Do one deed of the user with the ghost out of the way, then say what came of it."""
        self._layer.hold()
        ghost = self._layer.lift()
        cursor = self.textCursor()
        place = (cursor.anchor(), cursor.position())
        self._doing = True
        self._pieces.before(cursor)
        self._recorder.begin(origin, line)
        try:
            deed()
        finally:
            with self._recorder.unrecorded():
                self._pieces.after(self._recorder.edits)
            self._recorder.end()
            self._doing = False
        self._report(place, ghost)
        self._layer.release()

    def _report(self, place: tuple[int, int], ghost: str) -> None:
        cursor = self.textCursor()
        self.keys.strayed()
        if not self._recorder.edits:
            if place == (cursor.anchor(), cursor.position()) and not self._composing:
                self.show_ghost(ghost)  # the key did nothing here
            else:
                self._space.forget()
                self.strayed.emit()
            return
        edit = self._recorder.edits[-1]
        by_hand = edit.origin in (Origin.TYPED, Origin.ACCEPTED)
        if by_hand and edit.added and cursor.position() == edit.position + edit.added:
            cursor.setPosition(edit.position, QTextCursor.MoveMode.KeepAnchor)
            self.keys.wrote()
            self.entered.emit(cursor.selectedText().replace(PARAGRAPH, "\n"))
        else:
            if any(edit.removed for edit in self._recorder.edits):
                self.removed.emit()
            self.strayed.emit()

    def _on_caret_moved(self) -> None:
        if not self._doing:
            self._space.forget()
            self._layer.lift()
            self.strayed.emit()


@lru_cache(maxsize=256)
def _written(key: QKeyCombination) -> str:
    """A key as the keymap has it; asking Qt each time is dear."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
