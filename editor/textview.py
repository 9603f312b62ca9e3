# ruff: noqa: N802 - Qt chose the names of what is overridden here
"""The writing surface: plain text, with a ghost at the caret that is not part of it.

It says what the user did in words of the editor (`entered`, `strayed`, `left`, `edited`), shows
the ghost it is given and takes it into the text when asked. It refuses to know where a ghost
comes from or what is learnt from an edit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDropEvent,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from editor.ghost import Ghost, take_all, take_word
from editor.ghostlayer import GhostLayer
from editor.page import PARAGRAPH, Page
from editor.provenance import Origin
from editor.recorder import EditRecorder
from editor.rules.aids import Aids
from editor.rules.keymap import Keymap
from editor.rules.keys import GhostKeys, Meaning
from editor.rules.silence import Rules

# These take the place of the space that came with an accepted word.
_TUCKED = ".,;:!?)"
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_StandardKey = QKeySequence.StandardKey


class TextView(Page):
    """A page to write on.

    Signals: edited (each change of the text), entered (text came in at the caret by the user's
    hand, ghosts included), strayed (the user did something else: no ghost until more is
    entered), removed (text was taken away, undo included; before strayed),
    dismissed (the ghost was sent away), left (the user looks elsewhere).

    State: _layer shows the ghost, `keys` says what a key means to it and _commands which keys
    those are; _recorder notes the changes; _doing is true while a deed of the user is under way,
    _composing while an input method composes; _stop asks for an undo step of its own; _space is
    the place and revision right after the space of an accepted ghost, which _brings_space wants.
    """

    edited = Signal(object)
    entered = Signal(str)
    strayed = Signal()
    removed = Signal()
    dismissed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = GhostLayer(self)
        self._recorder = EditRecorder(self.document(), self)
        self._recorder.edited.connect(self.edited)
        self._doing = False
        self._composing = False
        self._stop = False
        self._space = (-1, -1)
        self._brings_space = True
        self.keys = GhostKeys()
        self.set_keymap(Keymap())
        self.cursorPositionChanged.connect(self._on_caret_moved)

    def set_text(self, text: str) -> None:
        """Begin anew with `text`, which is not the user's deed and cannot be undone."""
        self.hide_ghost()
        self._doing = True
        self._recorder.replace_text(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._doing = False
        self._space = (-1, -1)
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

    @property
    def ghost(self) -> str:
        """The ghost at the caret, "" where there is none."""
        return self._layer.text

    def takes_ghost(self) -> bool:
        """Whether a ghost may be shown where the caret is now."""
        return not self._composing and self._layer.has_room()

    def show_ghost(self, text: str) -> None:
        """Show `text` at the caret, or nothing where it is empty or has no room there."""
        if text and self.takes_ghost():
            self._layer.lay(text)
        else:
            self._layer.lift()
        self.keys.show(self.ghost)

    def hide_ghost(self) -> None:
        """Show no ghost."""
        self.show_ghost("")

    def accept_all(self) -> None:
        """Take the whole ghost into the text."""
        self._accept(take_all)

    def accept_word(self) -> None:
        """Take the ghost's next word into the text."""
        self._accept(partial(take_word, space=self._brings_space))

    def dismiss(self) -> None:
        """Send the ghost away."""
        if self._layer.lift():
            self.keys.dismissed()
            self.dismissed.emit()

    def _accept(self, take: Callable[[Ghost], str]) -> None:
        taken = take(Ghost(self.ghost))
        if not taken:
            return
        self._do(Origin.ACCEPTED, lambda: self._insert(taken))
        self._stop = True
        if taken[-1] == " ":
            self._space = (self.caret(), self.document().revision())

    def _insert(self, text: str, *, instead_of_last: bool = False) -> None:
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if instead_of_last:
            cursor.deletePreviousChar()
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def set_aids(self, aids: Aids) -> None:
        """Show ghosts as the user can see them best."""
        self._layer.aids = aids
        self._lay_again()

    def set_writing_font(self, font: QFont) -> None:
        """Write in this font, the ghost too."""
        super().set_writing_font(font)
        self._lay_again()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ghost, and the text and the caret over it."""
        self._layer.paint()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the ghost into the lines as they are now."""
        super().resizeEvent(event)
        self._lay_again()

    def _lay_again(self) -> None:
        wanted = self._layer.wanted
        if self._layer.lift():
            self.show_ghost(wanted)

    # Deeds of the user

    def undo(self) -> None:
        """Take back the last step."""
        self._do(None, super().undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._do(None, super().redo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that mean the ghost come first; every other key is Qt's."""
        if event.key() in _MODIFIERS:
            super().keyPressEvent(event)
        elif self._is_ghost_key(event) or self._is_own_key(event):
            event.accept()
        else:
            own_step = self._stop and event.text().isprintable() and event.text() != ""
            self._do(
                Origin.TYPED, lambda: super(TextView, self).keyPressEvent(event), own_step=own_step
            )
            # A word is what one undo takes back.
            self._stop = (self._stop and not own_step) or event.text() == " "

    def _is_ghost_key(self, event: QKeyEvent) -> bool:
        command = self._command(event)
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
        key = QKeySequence(event.keyCombination())
        return self._commands.get(key.toString(QKeySequence.SequenceFormat.PortableText))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Remember when the accept key was let go, to know a held one."""
        if self._command(event) == "accept":
            self.keys.released(event.timestamp())
        super().keyReleaseEvent(event)

    def _is_own_key(self, event: QKeyEvent) -> bool:
        if event.matches(_StandardKey.Undo):
            self.undo()
        elif event.matches(_StandardKey.Redo):
            self.redo()
        elif event.matches(_StandardKey.InsertLineSeparator):
            # Qt would put in a character that few other programs take for a line end.
            self._do(Origin.TYPED, lambda: self._insert("\n"))
        elif event.text() and event.text() in _TUCKED and self._is_after_accepted_space():
            mark = event.text()
            self._do(Origin.TYPED, lambda: self._insert(mark, instead_of_last=True))
        else:
            return False
        return True

    def _is_after_accepted_space(self) -> bool:
        here = (self.caret(), self.document().revision())
        return here == self._space and not self.textCursor().hasSelection()

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

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped here comes from elsewhere."""
        self._do(Origin.FOREIGN, lambda: super(TextView, self).dropEvent(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ends the ghost; Qt must see the line without it."""
        if self._layer.lift():
            self.strayed.emit()
        super().mousePressEvent(event)

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
        own_step: bool = False,
        line: QTextBlock | None = None,
    ) -> None:
        """Do one deed of the user with the ghost out of the way, then say what came of it."""
        self._layer.hold()
        ghost = self._layer.lift()
        cursor = self.textCursor()
        place = (cursor.anchor(), cursor.position())
        self._doing = True
        self._recorder.begin(origin, line)
        if own_step:
            cursor.beginEditBlock()
        try:
            deed()
        finally:
            if own_step:
                cursor.endEditBlock()
                self.ensureCursorVisible()
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
            self._layer.lift()
            self.strayed.emit()
