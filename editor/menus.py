"""The menus of the window. Every command is an action with a name, so that a shortcut, a menu,
a screen reader and a test all reach the same thing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu

from editor.forgetting import (
    forget_document,
    forget_everything,
    forget_hour,
    forget_selection,
)
from editor.printing import export_pdf, print_text
from editor.spellacts import fill_spelling_menu, pop_up
from editor.tabs.sheet import Sheet
from editor.tabs.sheets import shown_name
from editor.view.textview import TextView
from editor.window import Window
from editor.wordacts import fill_list_menu, fill_word_menu, follow_list
from model.messages import EAGERNESS, Eagerness

_Key = QKeySequence.StandardKey
_Written = QLineEdit | TextView


def build_menus(window: Window) -> None:
    """Give the window its menu bar, and the page its context menu."""
    bar = window.menuBar()
    words = QMenu(_tr("&Word at the Caret"), window)
    fill_word_menu(words, _add, window)
    _file_menu(bar.addMenu(_tr("&File")), window)
    _edit_menu(bar.addMenu(_tr("&Edit")), window, words)
    _view_menu(bar.addMenu(_tr("&View")), window)
    _suggestions_menu(bar.addMenu(_tr("&Suggestions")), window, words)
    _for_each_sheet(window, partial(follow_list, window))
    window.choices_changed.connect(partial(show_choices, window))
    show_choices(window)


def _for_each_sheet(window: Window, follow: Callable[[Sheet], None]) -> None:
    for sheet in window.sheets.sheets():
        follow(sheet)
    window.sheets.added.connect(follow)


def _file_menu(menu: QMenu, window: Window) -> None:
    documents = window.documents
    _add(menu, "new", _tr("&New"), documents.new, _Key.New)
    _add(menu, "open", _tr("&Open…"), documents.choose_and_open, _Key.Open)
    recent = menu.addMenu(_tr("Open &Recent"))
    recent.aboutToShow.connect(lambda: _fill_recent(recent, window))
    _add(menu, "reopen", _tr("R&eopen Closed"), documents.reopen, "Ctrl+Shift+T")
    menu.addSeparator()
    _add(menu, "save", _tr("&Save"), documents.save, _Key.Save)
    save_as = _add(menu, "save-as", _tr("Save &As…"), documents.save_as, _Key.SaveAs)
    if save_as.shortcut().isEmpty():  # some platforms have no standard for it
        save_as.setShortcut(QKeySequence("Ctrl+Shift+S"))
    menu.addSeparator()
    _add(menu, "versions", _tr("Earlier &Versions…"), documents.choose_version)
    _add(menu, "discarded", _tr("&Discarded Documents…"), documents.choose_discarded)
    menu.addSeparator()
    _add(menu, "export-pdf", _tr("Export as PD&F…"), partial(export_pdf, window))
    _add(menu, "print", _tr("Pr&int…"), partial(print_text, window), _Key.Print)
    menu.addSeparator()
    _add(menu, "private", _tr("&Private"), window.private.click, "Ctrl+Shift+P")
    menu.addSeparator()
    _add(menu, "close", _tr("&Close"), lambda: documents.close(documents.current), "Ctrl+W")
    leave = _add(menu, "quit", _tr("&Quit"), window.close, _Key.Quit)
    if leave.shortcut().isEmpty():
        leave.setShortcut(QKeySequence("Ctrl+Q"))
    leave.setMenuRole(QAction.MenuRole.QuitRole)


def _fill_recent(menu: QMenu, window: Window) -> None:
    """The files used lately, as they are called, and a way to forget them."""
    menu.clear()
    memory = window.documents.memory
    for place, path in enumerate(memory.recent):
        action = menu.addAction(shown_name(path).replace("&", "&&"))
        action.setObjectName(f"recent-{place}")
        action.triggered.connect(partial(window.documents.open, Path(path)))
    menu.addSeparator()
    _add(menu, "forget-recent", _tr("&Forget These"), memory.forget_recent)


def _edit_menu(menu: QMenu, window: Window, words: QMenu) -> None:
    def add(name: str, text: str, deed: Callable[[_Written], object], key: _Key) -> QAction:
        return _add(menu, name, text, lambda: deed(_written_in(window)), key)

    add("undo", _tr("&Undo"), lambda at: at.undo(), _Key.Undo)
    redo = add("redo", _tr("&Redo"), lambda at: at.redo(), _Key.Redo)
    # Half the world has learnt the one key, and half the other.
    _also(redo, "Ctrl+Y")
    menu.addSeparator()
    add("cut", _tr("Cu&t"), lambda at: at.cut(), _Key.Cut)
    add("copy", _tr("&Copy"), lambda at: at.copy(), _Key.Copy)
    add("paste", _tr("&Paste"), lambda at: at.paste(), _Key.Paste)
    menu.addSeparator()
    add("select-all", _tr("Select &All"), lambda at: at.selectAll(), _Key.SelectAll)
    menu.addSeparator()
    find = _add(menu, "find", _tr("&Find and Replace…"), lambda: window.finder.step(0), _Key.Find)
    _also(find, "Ctrl+H")
    _add(menu, "find-next", _tr("Find &Next"), lambda: window.finder.step(1), "F3")
    _add(menu, "find-previous", _tr("Find Pre&vious"), lambda: window.finder.step(-1), "Shift+F3")

    def show_what_can_be_done(at: _Written) -> None:
        can = _can(at)
        for action in menu.actions():
            action.setEnabled(can.get(action.objectName(), True))

    def show_of_page() -> None:
        show_what_can_be_done(window.view)

    menu.aboutToShow.connect(lambda: show_what_can_be_done(_written_in(window)))
    # Afterwards the actions are those of the page's own menu again; what was chosen is done first.
    menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu, show_of_page))

    def follow(sheet: Sheet) -> None:
        view = sheet.view
        for changed in (view.undoAvailable, view.redoAvailable, view.copyAvailable):
            changed.connect(show_of_page)
        view.addActions([*menu.actions(), words.menuAction()])
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(partial(pop_up, window, sheet))

    _for_each_sheet(window, follow)
    window.sheets.turned_to.connect(show_of_page)
    show_of_page()


def _also(action: QAction, key: str) -> None:
    """Have another key mean the same, where it does not already."""
    keys = action.shortcuts()
    if QKeySequence(key) not in keys:
        action.setShortcuts([*keys, QKeySequence(key)])


def _written_in(window: Window) -> _Written:
    """The field that has the keys, as those of the find bar; else the page."""
    focus = window.focusWidget()
    return focus if isinstance(focus, QLineEdit) else window.view


def _can(at: _Written) -> dict[str, bool]:
    """Which commands have something to do there; the others always have."""
    if isinstance(at, QLineEdit):
        undo, redo, selected = at.isUndoAvailable(), at.isRedoAvailable(), at.hasSelectedText()
    else:
        undo, redo = at.document().isUndoAvailable(), at.document().isRedoAvailable()
        selected = at.textCursor().hasSelection()
    return {"undo": undo, "redo": redo, "cut": selected, "copy": selected}


def _view_menu(menu: QMenu, window: Window) -> None:
    _add(menu, "zoom-in", _tr("&Larger Text"), lambda: window.zoom(1), _Key.ZoomIn)
    _add(menu, "zoom-out", _tr("&Smaller Text"), lambda: window.zoom(-1), _Key.ZoomOut)
    usual = _add(menu, "zoom-reset", _tr("&Usual Size"), lambda: window.zoom(0))
    usual.setShortcut(QKeySequence("Ctrl+0"))
    menu.addSeparator()
    _switch(menu, "count-words", _tr("Count of &Words"), window.choose_counting)
    menu.addSeparator()
    _add(menu, "next-tab", _tr("&Next Document"), lambda: window.sheets.step(1), "Ctrl+PgDown")
    _add(menu, "last-tab", _tr("&Previous Document"), lambda: window.sheets.step(-1), "Ctrl+PgUp")
    menu.addSeparator()
    fill_spelling_menu(menu, window)


def _suggestions_menu(menu: QMenu, window: Window, words: QMenu) -> None:
    _add(menu, "accept", _tr("&Accept Suggestion"), _on_page(window, TextView.accept_all))
    _add(menu, "accept-word", _tr("Accept Ne&xt Word"), _on_page(window, TextView.accept_word))
    _add(menu, "dismiss", _tr("&Dismiss Suggestion"), _on_page(window, TextView.dismiss))
    _add(menu, "next", _tr("&Next Alternative"), lambda: window.alternative_wanted.emit(1))
    _add(menu, "previous", _tr("&Previous Alternative"), lambda: window.alternative_wanted.emit(-1))
    _add(menu, "read", _tr("&Read Suggestion Aloud"), window.reading_wanted.emit)
    menu.addSeparator()
    names = {"quiet": _tr("&Quiet"), "balanced": _tr("&Balanced"), "eager": _tr("&Eager")}
    group = QActionGroup(menu)
    for eagerness in EAGERNESS:
        action = _add(menu, eagerness, names[eagerness], _chooser(window, eagerness))
        action.setCheckable(True)
        group.addAction(action)
    menu.addMenu(window.control.modes)
    menu.addSeparator()
    _switch(menu, "tab-moves", _tr("&Tab Moves the Focus"), window.let_tab_move)
    menu.addMenu(words)
    listed = menu.addMenu(_tr("Words to Choose Fro&m"))
    listed.aboutToShow.connect(lambda: fill_list_menu(listed, window))
    _add(menu, "my-words", _tr("M&y Words…"), window.words_wanted.emit)
    _switch(menu, "learn", _tr("&Learn from What I Write"), window.choose_learning)
    _add(
        menu,
        "learnt",
        _tr("What Foretype Ha&s Learned…"),
        window.learnt_wanted.emit,
        "Ctrl+Shift+L",
    )
    _forget_menu(menu.addMenu(_tr("&Forget")), window)
    _add(menu, "passphrase", _tr("Loc&k or Unlock…"), window.passphrase_wanted.emit)
    menu.addSeparator()
    _add(menu, "welcome", _tr("&Introduction"), window.welcome)
    _add(
        menu,
        "preferences",
        _tr("Settings &of Suggestions…"),
        partial(_choose_preferences, window),
        "Ctrl+,",
    )


def _forget_menu(menu: QMenu, window: Window) -> None:
    texts = {
        forget_selection: _tr("The &Selected Text…"),
        forget_document: _tr("What This &Document Taught…"),
        forget_hour: _tr("The Last &Hour…"),
        forget_everything: _tr("&Everything…"),
    }
    for deed, text in texts.items():
        _add(menu, deed.__name__.replace("_", "-"), text, partial(deed, window))


# The actions whose keys the user chooses. Those on the left belong to the page and mean this only
# while a ghost is shown; the others are shortcuts of the window.
_PAGE_KEYS = {"accept": "accept", "accept-word": "accept_word", "dismiss": "dismiss"}
_WINDOW_KEYS = {
    "accept": "accept_too",
    "next": "next",
    "previous": "previous",
    "read": "read",
    "tab-moves": "tab_moves",
}


def show_choices(window: Window) -> None:
    """Give the actions the keys and the marks that the user chose."""
    keys = window.settings.keys.named()
    for action in window.findChildren(QAction):
        name = action.objectName()
        if name in _PAGE_KEYS:
            shown = [keys[_PAGE_KEYS[name]]]
            shown += [keys[_WINDOW_KEYS[name]]] if name in _WINDOW_KEYS else []
            action.setText(
                "\t".join((action.text().split("\t")[0], ", ".join(filter(None, shown))))
            )
        if name in _WINDOW_KEYS:
            action.setShortcut(QKeySequence(keys[_WINDOW_KEYS[name]]))
        if name in EAGERNESS:
            action.setChecked(name == window.settings.eagerness)
        if name == "learn":
            action.setChecked(window.settings.learn)
        if name == "count-words":
            action.setChecked(window.settings.count_words)


def _choose_preferences(window: Window) -> None:
    chosen = window.dialogs.preferences(window, window.settings, taken_keys(window))
    if chosen is not None:
        window.adopt(chosen)


def taken_keys(window: Window) -> list[tuple[str, str]]:
    """The keys of all commands that the user does not choose, with the commands' names."""
    return [
        (key.toString(QKeySequence.SequenceFormat.PortableText), action.text().replace("&", ""))
        for action in window.findChildren(QAction)
        for key in action.shortcuts()
        if action.objectName() not in _WINDOW_KEYS
    ]


def _on_page(window: Window, deed: Callable[[TextView], object]) -> Callable[[], object]:
    """A deed on the page that is on top when it is done."""
    return lambda: deed(window.view)


def _chooser(window: Window, eagerness: Eagerness) -> Callable[[], None]:
    return lambda: window.choose_eagerness(eagerness)


def _switch(menu: QMenu, name: str, text: str, turn: Callable[[bool], None]) -> QAction:
    action = menu.addAction(text)
    action.setObjectName(name)
    action.setCheckable(True)
    action.triggered.connect(turn)
    return action


def _add(
    menu: QMenu, name: str, text: str, deed: Callable[[], object], key: _Key | str | None = None
) -> QAction:
    def do(_checked: bool) -> None:
        deed()

    action = menu.addAction(text)
    action.setObjectName(name)
    action.triggered.connect(do)
    if isinstance(key, str):
        action.setShortcut(QKeySequence(key))
    elif key is not None:
        action.setShortcuts(key)
    return action


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
