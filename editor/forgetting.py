"""The commands that forget what was learnt: which lessons each means, and how it is asked."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from editor.window import Window
from model.messages import Forgetting

_HOUR = 3600.0


def forget_selection(window: Window) -> None:
    """Forget the sentences that hold the selected text."""
    cursor = window.view.textCursor()
    text = window.view.text_between(cursor.selectionStart(), cursor.selectionEnd()).strip()
    if not text:
        window.say(_tr("Select the text that is to be forgotten."))
        return
    _ask(window, _tr("Forget the sentences that hold the selected text?"), Forgetting(text=text))


def forget_document(window: Window) -> None:
    """Forget all that was learnt from the document on top."""
    wish = Forgetting(document=window.sheets.current.identity)
    _ask(window, _tr("Forget what was learnt from this document?"), wish)


def forget_hour(
    window: Window, clock: Callable[[], float] = time.time, above: QWidget | None = None
) -> None:
    """Forget all that was learnt within the last hour."""
    wish = Forgetting(since=clock() - _HOUR)
    _ask(window, _tr("Forget what was learnt within the last hour?"), wish, above)


def forget_everything(window: Window, above: QWidget | None = None) -> None:
    """Forget all that was ever learnt, and the user's lists of words."""
    wish = Forgetting(everything=True)
    _ask(window, _tr("Forget everything that was learnt, and your lists of words?"), wish, above)


def _ask(window: Window, question: str, wish: Forgetting, above: QWidget | None = None) -> None:
    if window.dialogs.forget(above or window, question):
        window.forgetting_wanted.emit(wish)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Forgetting", text)
