"""The dialog of all choices about suggestions: when they come, their keys, and other senses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from editor.dialogs.keybutton import KeyButton
from editor.rules.aids import ANNOUNCE, PLACES, STYLES, Aids
from editor.rules.keymap import WRITING, Keymap, conflicts
from editor.rules.silence import Rules
from editor.settings import Settings
from model.messages import EAGERNESS, Ladder

_PORTABLE = QKeySequence.SequenceFormat.PortableText


class Preferences(QDialog):
    """Shows the choices of `settings`; `taken` are the keys of other commands."""

    def __init__(
        self, settings: Settings, taken: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("Settings of Suggestions"))
        self._settings = settings
        self._when = _When(settings, self)
        self._keys = _Keys(settings.keys, tuple(taken), self)
        self._aids = _Aids(settings.aids, self)
        tabs = QTabWidget(self)
        tabs.setAccessibleName(self.windowTitle())
        tabs.addTab(self._when, _tr("&When"))
        tabs.addTab(self._keys, _tr("&Keys"))
        tabs.addTab(self._aids, _tr("&Seeing, Hearing, Moving"))
        buttons = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self._keys.watch(box.button(buttons.Ok))
        column = QVBoxLayout(self)
        column.addWidget(tabs)
        column.addWidget(box)

    def chosen(self) -> Settings:
        """The settings with what was chosen here."""
        return replace(
            self._settings,
            eagerness=EAGERNESS[self._when.eagerness.value()],
            rules=self._when.rules(),
            ladder=self._when.ladder(),
            keys=self._keys.keymap(),
            aids=self._aids.aids(),
        )


class _When(QWidget):
    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        rules = settings.rules
        self._kept = rules
        self.eagerness = QSlider(Qt.Orientation.Horizontal, self)
        self.eagerness.setRange(0, len(EAGERNESS) - 1)
        self.eagerness.setPageStep(1)
        self.eagerness.setValue(EAGERNESS.index(settings.eagerness))
        self.eagerness.setTickPosition(QSlider.TickPosition.TicksBelow)
        scale = QHBoxLayout()
        scale.addWidget(QLabel(_tr("fewer"), self))
        scale.addWidget(self.eagerness, 1)
        scale.addWidget(QLabel(_tr("more"), self))
        self.delay = _number(self, 0, 3000, rules.delay_ms, 50, _tr(" ms"))
        self.least = _number(self, 1, 12, rules.least_saved, 1, _tr(" keys"))
        self.space = QCheckBox(_tr("A &space comes after a word that is taken"), self)
        self.space.setChecked(rules.space)
        ladder = settings.ladder
        self.offered = _number(self, 1, 9, ladder.offered, 1, _tr(" times"))
        self.known = _number(self, 1, 9, ladder.known, 1, _tr(" times"))
        self.offered.setToolTip(_tr("In the document where it was written it is offered at once"))
        self.known.setToolTip(_tr("A known word is also offered before its first letter"))
        self.first = QCheckBox(_tr("Also in the &first sentence of an empty document"), self)
        self.first.setChecked(rules.first_sentence)
        form = QFormLayout(self)
        form.addRow(_label(_tr("&Suggestions"), self.eagerness), scale)
        form.addRow(_label(_tr("Shown after a &pause of"), self.delay), self.delay)
        form.addRow(_label(_tr("Shown if it saves at &least"), self.least), self.least)
        form.addRow(
            _label(_tr("A new word is &completed once written"), self.offered), self.offered
        )
        form.addRow(
            _label(_tr("… and &expected before its first letter after"), self.known), self.known
        )
        form.addRow(self.space)
        form.addRow(self.first)

    def ladder(self) -> Ladder:
        offered = self.offered.value()
        return Ladder(offered, max(offered, self.known.value()))

    def rules(self) -> Rules:
        return replace(
            self._kept,
            delay_ms=self.delay.value(),
            least_saved=self.least.value(),
            space=self.space.isChecked(),
            first_sentence=self.first.isChecked(),
        )


class _Keys(QWidget):
    """One field a command; what is in conflict is said below, and cannot be kept."""

    def __init__(self, keymap: Keymap, taken: tuple[tuple[str, str], ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._taken = taken
        self._ok: QPushButton | None = None
        self._names = {
            "accept": _tr("&Accept all of it"),
            "accept_too": _tr("Acce&pt, second key"),
            "accept_word": _tr("Accept the next &word"),
            "dismiss": _tr("&Dismiss"),
            "next": _tr("&Next alternative"),
            "previous": _tr("P&revious alternative"),
            "read": _tr("R&ead it aloud"),
            "tab_moves": _tr("&Tab moves the focus"),
        }
        form = QFormLayout(self)
        self.fields: dict[str, KeyButton] = {}
        for name in self._names:
            field = KeyButton(self)
            field.changed.connect(self._check)
            form.addRow(_label(self._names[name], field), field)
            self.fields[name] = field
        self.conflict = QLabel(self, wordWrap=True)
        self.conflict.setAccessibleName(_tr("Keys in conflict"))
        usual = QPushButton(_tr("&Usual Keys"), self)
        usual.clicked.connect(lambda: self._show(Keymap()))
        form.addRow(usual, self.conflict)
        self._show(keymap)

    def watch(self, ok: QPushButton) -> None:
        self._ok = ok
        self._check()

    def keymap(self) -> Keymap:
        return Keymap(**self._chosen())

    def _chosen(self) -> dict[str, str]:
        return {name: f.key().toString(_PORTABLE) for name, f in self.fields.items()}

    def _show(self, keymap: Keymap) -> None:
        for name, key in keymap.named().items():
            self.fields[name].set_key(QKeySequence(key, _PORTABLE))

    def _told(self, name: str, other: str) -> str:
        key = self.fields[name].text()
        if other == WRITING:
            return _tr("%1 is needed for writing").replace("%1", key)
        owner = self._names.get(other, other).replace("&", "")
        return _tr("%1 is also the key of: %2").replace("%1", key).replace("%2", owner)

    def _check(self) -> None:
        found = conflicts(self._chosen(), self._taken)
        self.conflict.setText("\n".join(self._told(*pair) for pair in found.items()))
        if self._ok is not None:
            self._ok.setEnabled(not found)


class _Aids(QWidget):
    def __init__(self, aids: Aids, parent: QWidget) -> None:
        super().__init__(parent)
        self.readable = QCheckBox(_tr("&Readable: stronger contrast, and"), self)
        self.readable.setChecked(aids.readable)
        self.look = _choice(self, STYLES, aids.style)
        self.look.setAccessibleName(_tr("Style of a readable suggestion"))
        self.announce = _choice(self, ANNOUNCE, aids.announce)
        self.words = _choice(self, PLACES, aids.words)
        self.shown = _number(self, 3, 5, aids.words_shown)
        self.motor = QCheckBox(_tr("&Motor mode: more and longer suggestions, sooner"), self)
        self.motor.setChecked(aids.motor)
        form = QFormLayout(self)
        form.addRow(self.readable, self.look)
        form.addRow(_label(_tr("&Announce a suggestion"), self.announce), self.announce)
        form.addRow(_label(_tr("&List of words"), self.words), self.words)
        form.addRow(_label(_tr("&Words in the list"), self.shown), self.shown)
        form.addRow(self.motor)

    def aids(self) -> Aids:
        return Aids(
            readable=self.readable.isChecked(),
            style=STYLES[self.look.currentIndex()],
            announce=ANNOUNCE[self.announce.currentIndex()],
            words=PLACES[self.words.currentIndex()],
            words_shown=self.shown.value(),
            motor=self.motor.isChecked(),
        )


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text, buddy.parentWidget())
    label.setBuddy(buddy)
    buddy.setAccessibleName(text.replace("&", ""))
    return label


def _number(
    parent: QWidget, low: int, high: int, value: int, step: int = 1, suffix: str = ""
) -> QSpinBox:
    box = QSpinBox(parent)
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setSuffix(suffix)
    box.setValue(value)
    return box


def _choice(parent: QWidget, names: tuple[str, ...], current: str) -> QComboBox:
    words = {
        "plain": _tr("plain"),
        "italic": _tr("italic"),
        "underline": _tr("underlined"),
        "off": _tr("off"),
        "sound": _tr("by a sound"),
        "speech": _tr("by the screen reader"),
        "caret": _tr("below the caret"),
        "fixed": _tr("in a fixed place"),
    }
    box = QComboBox(parent)
    box.addItems([words[name] for name in names])
    box.setCurrentIndex(names.index(current))
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("Preferences", text)
