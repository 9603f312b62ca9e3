"""Spell checking as the user commands it: on and off, in which language, and of a word what to do.

A word that is underlined has its proposals at the head of the page's own menu.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, QPoint
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from editor.spelling.underlines import Misspelling, Underlines
from editor.tabs.sheet import Sheet
from editor.window import Window
from editor.wordacts import add


def fill_spelling_menu(menu: QMenu, window: Window) -> None:
    """The switch, and the languages of the dictionaries that there are."""
    switch = menu.addAction("")
    switch.setObjectName("check-spelling")
    switch.setCheckable(True)
    switch.setShortcut(QKeySequence("F7"))
    switch.triggered.connect(lambda on: _turn(window, on=on))
    languages = menu.addMenu(_tr("Spellin&g Language"))
    languages.aboutToShow.connect(partial(_fill_languages, languages, window))
    show = partial(_show, switch, languages, window)
    window.spelling.changed.connect(show)
    window.spelling.missing.connect(partial(_say_missing, window))
    show()


def _turn(window: Window, *, on: bool) -> None:
    if on:
        window.spelling.ask()
    window.adopt(replace(window.settings, spelling=on))


def _show(switch: QAction, languages: QMenu, window: Window) -> None:
    spelling = window.spelling
    text = _tr("&Check Spelling")
    if spelling.found.missing:
        needed = _tr("%1 (to be installed: %2)").replace("%2", spelling.found.missing)
        text = needed.replace("%1", text)
    switch.setText(text)
    switch.setChecked(spelling.on)
    languages.setEnabled(bool(spelling.found.languages))


def _say_missing(window: Window, packages: str) -> None:
    words = _tr("There is no dictionary to check spelling by. On Debian and its relatives: %1")
    install = "apt install " + packages.replace(",", "")
    window.say(words.replace("%1", install), lasting=True)


def _fill_languages(menu: QMenu, window: Window) -> None:
    menu.clear()
    group = QActionGroup(menu)
    for language in window.spelling.found.languages:
        name = QLocale(language).nativeLanguageName()  # Qt does not know all languages
        action = menu.addAction(f"{name} ({language})" if name else language)
        action.setObjectName(f"spelling-{language}")
        action.setCheckable(True)
        action.setChecked(language == window.spelling.found.language)
        action.triggered.connect(partial(_speak, window, language))
        group.addAction(action)


def _speak(window: Window, language: str, _checked: bool = False) -> None:
    window.adopt(replace(window.settings, spelling=True, spelling_language=language))


def pop_up(window: Window, sheet: Sheet, place: QPoint) -> None:
    """The menu of the page; first what can be done about a word that is not right."""
    menu = QMenu(window)
    underlines = window.spelling.of(sheet)
    found = underlines.at_caret()
    if found is not None and not sheet.view.ghost:  # else the menu is about the ghost
        _fill(menu, window, underlines, found)
        menu.addSeparator()
    menu.addActions(sheet.view.actions())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(sheet.view.viewport().mapToGlobal(place))


def _fill(menu: QMenu, window: Window, underlines: Underlines, found: Misspelling) -> None:
    proposals = underlines.proposals(found)
    for number, text in enumerate(proposals):
        action = menu.addAction(text.replace("&", "&&"))
        action.setObjectName(f"proposal-{number}")
        action.triggered.connect(partial(underlines.replace, found, text))
        font = action.font()
        font.setBold(True)  # what is written, among what is done
        action.setFont(font)
    if not proposals:
        none = menu.addAction(_tr("No proposals"))
        none.setObjectName("no-proposals")
        none.setEnabled(False)
    menu.addSeparator()
    own = menu.addAction(_tr("Add to &My Words"))
    own.setObjectName("add-misspelt")
    own.triggered.connect(partial(add, window, found.word.form.removesuffix("'s")))
    ignored = menu.addAction(_tr("&Ignore in This Document"))
    ignored.setObjectName("ignore-misspelt")
    ignored.triggered.connect(partial(underlines.ignore, found.word))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SpellActs", text)
