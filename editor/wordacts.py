"""What can be done about one word: add it, never suggest it, delete it, forget it.

The word is the selected one, that of the ghost, the one at the caret, or one of the list of words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from editor.rules.refusals import word_of
from editor.tabs.sheet import Sheet
from editor.window import Window
from model.messages import Forgetting

_NEAR = 100  # characters before the caret that hold the word it is in
_MOST_NAMED = 3  # words in a question

Act = Callable[[Window, str], None]


def add(window: Window, word: str) -> None:
    """Make it one of the user's own words, which are known at once."""
    window.word_listed.emit(word, "added")
    window.say(_about(_tr("%1 is one of your words now."), word))


def block(window: Window, word: str) -> None:
    """Never suggest it again, from whatever source."""
    window.word_listed.emit(word, "blocked")
    window.say(_about(_tr("%1 is not suggested any more."), word))


def delete(window: Window, word: str) -> None:
    """Forget its sentences, and do not suggest it before it was written some times more."""
    ask_and_delete(window, [word])


def forget(window: Window, word: str) -> None:
    """Forget the sentences that hold it, and leave no trace of it."""
    ask_and_forget(window, [word])


def ask_and_delete(window: Window, words: list[str], above: QWidget | None = None) -> bool:
    """Delete these words, if the user stays with it when asked, `above` another window or this."""
    question = _tr(
        "Delete %1? The sentences that hold it are forgotten. It is not suggested before you have"
        " written it three more times."
    )
    sure = window.dialogs.forget(above or window, _about(question, named(words)), deletes=True)
    return sure and _wish(window, [Forgetting(delete=word) for word in words])


def ask_and_forget(window: Window, words: list[str], above: QWidget | None = None) -> bool:
    """Forget these words, if the user stays with it when asked, `above` another window or this."""
    question = _tr(
        "Forget %1? The sentences that hold it are forgotten, and no trace of it is kept."
    )
    sure = window.dialogs.forget(above or window, _about(question, named(words)))
    return sure and _wish(window, [Forgetting(word=word) for word in words])


def _wish(window: Window, wishes: list[Forgetting]) -> bool:
    for wish in wishes:
        window.forgetting_wanted.emit(wish)
    return True


def named(words: list[str]) -> str:
    """These in a question: the first few, and how many more."""
    named = ", ".join(f"“{word}”" for word in words[:_MOST_NAMED])
    more = len(words) - _MOST_NAMED
    return (
        _tr("%1 and %2 more").replace("%2", str(more)).replace("%1", named) if more > 0 else named
    )


def at_hand(act: Act, window: Window) -> None:
    """Do it to the selected word, the ghost's or the one at the caret."""
    view = window.view
    selected = view.selected_word()
    word = selected or view.word_at_caret()
    if view.ghost and act is not add:
        word = word_of(view.before(_NEAR), view.ghost)
    if not word:
        window.say(_tr("Select a word, or put the caret into it."))
        return
    if act is not add:
        view.dismiss()
    act(window, word)


def fill_word_menu(menu: QMenu, add_action: Callable[..., object], window: Window) -> None:
    """The acts on the word at hand."""
    texts: tuple[tuple[str, str, Act, str | None], ...] = (
        ("add-word", _tr("Add to &My Words"), add, None),
        ("block-word", _tr("&Never Suggest This Word"), block, None),
        ("delete-word", _tr("&Delete This Word…"), delete, "Ctrl+Shift+Del"),
        ("forget-word", _tr("&Forget This Word…"), forget, None),
    )
    for name, text, act, key in texts:
        add_action(menu, name, text, partial(at_hand, act, window), key)


def fill_list_menu(menu: QMenu, window: Window) -> None:
    """A menu for each word of the list that is open."""
    menu.clear()
    words = window.sheets.current.words.words
    for word in words:
        _fill(menu.addMenu(word.replace("&", "&&")), window, word)
    if not words:
        none = menu.addAction(_tr("No list is open"))
        none.setObjectName("no-list")
        none.setEnabled(False)


def follow_list(window: Window, sheet: Sheet) -> None:
    """Show the acts on a word of the list where the user asks for them."""
    sheet.words.asked.connect(lambda word, place: _pop_up(window, word, place))


def _pop_up(window: Window, word: str, place: QPoint) -> None:
    menu = QMenu(window)
    _fill(menu, window, word)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)


def _fill(menu: QMenu, window: Window, word: str) -> None:
    texts: tuple[tuple[str, str, Act], ...] = (
        ("block", _tr("&Never Suggest “%1”"), block),
        ("delete", _tr("&Delete “%1”…"), delete),
        ("forget", _tr("&Forget “%1”…"), forget),
    )
    for name, text, act in texts:
        action = menu.addAction(_about(text, word.replace("&", "&&")))
        action.setObjectName(f"{name}-listed")
        action.triggered.connect(partial(_do, act, window, word))


def _do(act: Act, window: Window, word: str, _checked: bool = False) -> None:
    window.view.dismiss()
    act(window, word)


def _about(text: str, word: str) -> str:
    return text.replace("%1", word)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WordActs", text)
