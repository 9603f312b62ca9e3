"""The menus of the window. Every command is an action with a name, so that a shortcut, a menu,
a screen reader and a test all reach the same thing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from model.messages import EAGERNESS, Eagerness

if TYPE_CHECKING:
    from editor.window import Window

_Key = QKeySequence.StandardKey


def build_menus(window: Window) -> None:
    """Give the window its menu bar, and the page its context menu."""
    bar = window.menuBar()
    _file_menu(bar.addMenu(_tr("&File")), window)
    _edit_menu(bar.addMenu(_tr("&Edit")), window)
    _view_menu(bar.addMenu(_tr("&View")), window)
    _suggestions_menu(bar.addMenu(_tr("&Suggestions")), window)


def _file_menu(menu: QMenu, window: Window) -> None:
    _add(menu, "new", _tr("&New"), window.new_document, _Key.New)
    _add(menu, "open", _tr("&Open…"), window.choose_and_open, _Key.Open)
    menu.addSeparator()
    _add(menu, "save", _tr("&Save"), window.save, _Key.Save)
    save_as = _add(menu, "save-as", _tr("Save &As…"), window.save_as, _Key.SaveAs)
    if save_as.shortcut().isEmpty():  # some platforms have no standard for it
        save_as.setShortcut(QKeySequence("Ctrl+Shift+S"))
    menu.addSeparator()
    leave = _add(menu, "quit", _tr("&Quit"), window.close, _Key.Quit)
    if leave.shortcut().isEmpty():
        leave.setShortcut(QKeySequence("Ctrl+Q"))
    leave.setMenuRole(QAction.MenuRole.QuitRole)


def _edit_menu(menu: QMenu, window: Window) -> None:
    view = window.view
    undo = _add(menu, "undo", _tr("&Undo"), view.undo, _Key.Undo)
    redo = _add(menu, "redo", _tr("&Redo"), view.redo, _Key.Redo)
    menu.addSeparator()
    cut = _add(menu, "cut", _tr("Cu&t"), view.cut, _Key.Cut)
    copy = _add(menu, "copy", _tr("&Copy"), view.copy, _Key.Copy)
    _add(menu, "paste", _tr("&Paste"), view.paste, _Key.Paste)
    menu.addSeparator()
    _add(menu, "select-all", _tr("Select &All"), view.selectAll, _Key.SelectAll)
    for action, available in ((undo, view.undoAvailable), (redo, view.redoAvailable)):
        action.setEnabled(False)
        available.connect(action.setEnabled)
    for action in (cut, copy):
        action.setEnabled(False)
        view.copyAvailable.connect(action.setEnabled)
    view.addActions(menu.actions())
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def _view_menu(menu: QMenu, window: Window) -> None:
    _add(menu, "zoom-in", _tr("&Larger Text"), lambda: window.zoom(1), _Key.ZoomIn)
    _add(menu, "zoom-out", _tr("&Smaller Text"), lambda: window.zoom(-1), _Key.ZoomOut)
    usual = _add(menu, "zoom-reset", _tr("&Usual Size"), lambda: window.zoom(0))
    usual.setShortcut(QKeySequence("Ctrl+0"))


def _suggestions_menu(menu: QMenu, window: Window) -> None:
    view = window.view
    # Their keys belong to the page and mean this only while a ghost is shown: no shortcuts here.
    _add(menu, "accept", _tr("&Accept Suggestion\tTab"), view.accept_all)
    _add(menu, "accept-word", _tr("Accept Next &Word\tCtrl+Right"), view.accept_word)
    _add(menu, "dismiss", _tr("&Dismiss Suggestion\tEsc"), view.dismiss)
    menu.addSeparator()
    names = {"quiet": _tr("&Quiet"), "balanced": _tr("&Balanced"), "eager": _tr("&Eager")}
    group = QActionGroup(menu)
    for eagerness in EAGERNESS:
        action = _add(menu, eagerness, names[eagerness], _chooser(window, eagerness))
        action.setCheckable(True)
        action.setChecked(window.settings.eagerness == eagerness)
        group.addAction(action)
    menu.addSeparator()
    learn = menu.addAction(_tr("&Learn from What I Write"))
    learn.setObjectName("learn")
    learn.setCheckable(True)
    learn.setChecked(window.settings.learn)
    learn.toggled.connect(window.choose_learning)


def _chooser(window: Window, eagerness: Eagerness) -> Callable[[], None]:
    return lambda: window.choose_eagerness(eagerness)


def _add(
    menu: QMenu, name: str, text: str, deed: Callable[[], object], key: _Key | None = None
) -> QAction:
    def do(_checked: bool) -> None:
        deed()

    action = menu.addAction(text)
    action.setObjectName(name)
    action.triggered.connect(do)
    if key is not None:
        action.setShortcuts(key)
    return action


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
