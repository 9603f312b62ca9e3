"""Random sequences of deeds against a reference model of what they do to text and caret."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from editor.rules.ghost import Ghost, take_word
from tests.editor.conftest import Desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
STORY = "the quick brown fox jumps over the lazy dog and runs on "
DEEDS = {"along": 6, "other": 3, "space": 2, "accept": 4, "word": 4, "dismiss": 1, "undo": 2}
DEEDS |= {"redo": 1, "back": 2, "left": 1, "right": 1, "home": 1, "end": 2, "wait": 1}
KEYS: dict[str, tuple[object, ...]] = {
    "accept": (Key.Key_Tab,),
    "word": (Key.Key_Right, CTRL),
    "dismiss": (Key.Key_Escape,),
    "undo": (Key.Key_Z, CTRL),
    "redo": (Key.Key_Z, CTRL, SHIFT),
    "back": (Key.Key_Backspace,),
    "left": (Key.Key_Left,),
    "right": (Key.Key_Right,),
    "home": (Key.Key_Home, CTRL),
    "end": (Key.Key_End, CTRL),
    "wait": (Key.Key_F5,),
}


@dataclass
class Reference:
    """One line of text, a caret, and every text there has been."""

    text: str = "so "
    caret: int = 3
    past: set[str] = field(default_factory=lambda: {"so "})
    undoes_to: str | None = None  # where one undo must lead, if that is known
    space_came: bool = False  # with a word, and nothing was done since

    def enter(self, text: str) -> None:
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)
        self.past.add(self.text)

    def do(self, deed: str, ghost: str, fresh: bool) -> None:
        """What `deed` does where `ghost` is shown; `fresh`: the last deed was writing."""
        before, caret = self.text, self.caret
        if deed == "space" and self.space_came:
            self.space_came = False
            return
        if deed in ("along", "other", "space"):
            self.enter({"along": ghost[:1] or "x", "other": "z", "space": " "}[deed])
        elif deed == "accept":
            self.enter(self.taken(ghost, ghost) or "\t")
        elif deed == "word" and ghost and fresh:
            self.enter(self.taken(take_word(Ghost(ghost)), ghost))
        elif deed == "back" and self.caret:
            self.caret -= 1
            self.text = self.text[: self.caret] + self.text[self.caret + 1 :]
            self.past.add(self.text)
        elif deed in ("left", "right"):
            self.caret = min(max(self.caret + (1 if deed == "right" else -1), 0), len(self.text))
        elif deed in ("home", "end"):
            self.caret = 0 if deed == "home" else len(self.text)
        accepted = deed in ("accept", "word") and bool(ghost) and self.text != before
        self.undoes_to = before if accepted else None
        if (self.text, self.caret) != (before, caret):
            self.space_came = accepted and self.text[: self.caret].endswith(" ")

    def taken(self, part: str, ghost: str) -> str:
        """What comes in with a ghost's part: a space behind its last word ends a line."""
        ends = part == ghost and part[-1:].isalpha() and self.caret == len(self.text)
        return part + " " * ends


def play(desk: Desk, seed: int, length: int) -> None:
    dice = random.Random(seed)
    page, reference = desk.page, Reference()
    page.set_text(reference.text)
    page.moveCursor(QTextCursor.MoveOperation.End)
    desk.suggester.on_opened()
    fresh = False
    for chosen in dice.choices(list(DEEDS), list(DEEDS.values()), k=length):
        deed = chosen
        ghost, text = page.ghost, reference.text
        if deed == "accept" and not page.before(100).strip():
            continue  # Tab indents there
        if deed == "along" and ghost.startswith(" "):
            deed = "space"
        if deed in ("along", "other", "space"):
            desk.clock.now += 1
            desk.type({"along": ghost[:1] or "x", "other": "z", "space": " "}[deed])
        else:
            desk.press(*KEYS[deed])  # type: ignore[arg-type]
        if deed in ("undo", "redo"):
            reference.space_came &= page.text() == text  # there was nothing to do again
            if deed == "undo" and reference.undoes_to is not None:
                assert page.text() == reference.undoes_to
            assert page.text() in reference.past
            reference.text, reference.undoes_to = page.text(), None
            reference.caret = page.caret()
        elif deed == "word" and not (ghost and fresh):
            assert page.text() == text  # it moved
            reference.space_came &= page.caret() == reference.caret
            reference.caret, reference.undoes_to = page.caret(), None
        elif deed == "space" and reference.space_came:
            reference.do(deed, ghost, fresh)
            assert (page.text(), page.ghost) == (text, ghost)
            continue  # nothing was written
        else:
            reference.do(deed, ghost, fresh)
        assert (page.text(), page.caret()) == (reference.text, reference.caret), deed
        wrote = deed in ("along", "other", "space") or (
            deed in ("accept", "word") and page.text() != text
        )
        changed = page.text() != text or page.ghost != ghost
        assert not page.ghost or wrote or not changed, deed
        fresh = wrote
        assert page.document().toPlainText() == page.text()


def tell_story(desk: Desk) -> None:
    """The engine goes on with the story from the last letter typed of it."""

    def expect(before: str) -> str:
        word = before.rsplit(" ", 1)[-1]
        place = STORY.find(word) if word else (len(before) * 7) % 20
        return STORY[place + len(word) :][:20] if place >= 0 else ""

    desk.engine.expect = expect


def test_a_thousand_random_sequences_do_what_the_reference_does(desk: Desk) -> None:
    tell_story(desk)
    shown = 0
    for seed in range(1000):
        play(desk, seed, 12)
        shown += sum("[" in view for view in desk.views)
        desk.views.clear()
    assert shown > 3000
