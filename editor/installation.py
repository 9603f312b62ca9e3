"""Looks at what the window needs: Qt on this display, fonts, input methods, dictionaries.

Qt ends the process where it cannot open a display, so a process of its own asks it.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from model.findings import Finding

_SECONDS = 60
_SAMPLE = "aZé“’”…–€"
_NO_DISPLAY = "there is no display here, so no window can open; looked at without one"


def has_display() -> bool:
    """Whether there is something to open a window on."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def findings(display: bool) -> list[Finding]:
    """What Qt says; `display` false where there is none to open a window on."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_report, args=(theirs, display), daemon=True)
    process.start()
    theirs.close()
    found: list[Finding] = []
    try:
        while ours.poll(_SECONDS):
            found.append(ours.recv())
    except EOFError:
        process.join()
        if not process.exitcode:
            return found
    process.terminate()
    return [*found, Finding("Window", "broken", _cannot_open(os.environ))]


def _cannot_open(environment: Mapping[str, str]) -> str:
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    named = ", ".join(f"{name}={environment[name]}" for name in names if environment.get(name))
    return (
        f"Qt cannot open a window here ({named or 'no display is named'}). Is that display there, "
        "and may you use it?"
    )


def _report(connection: Connection, display: bool) -> None:
    """Runs in the process of its own."""
    try:
        if not display:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        for finding in _look(display):
            connection.send(finding)
    except (ImportError, OSError) as error:
        connection.send(Finding("Window", "broken", _missing(error)))
    finally:
        connection.close()


def _missing(error: Exception) -> str:
    return (
        f"a library that Qt needs is not on this system: {error}. Install the package that holds "
        "it; the one-file package for Debian and Ubuntu brings all of them"
    )


def _look(display: bool) -> list[Finding]:
    from PySide6.QtCore import QLibraryInfo, qVersion
    from PySide6.QtWidgets import QApplication

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    if display and os.environ.get("DISPLAY") and not os.environ.get("QT_QPA_PLATFORM"):
        for library in plugins.glob("platforms/libqxcb.so"):
            ctypes.CDLL(str(library))  # names what is missing, where Qt would only abort
    application = QApplication.instance() or QApplication(["foretype"])
    platform = QApplication.platformName()
    window = Finding("Window", "ok", f"Qt {qVersion()} opens windows ({platform})")
    if not display:
        window = Finding("Window", "note", _NO_DISPLAY)
    found = [window, _fonts(), _input_methods(plugins, os.environ), _spelling()]
    application.shutdown()
    return found


def _fonts() -> Finding:
    from PySide6.QtGui import QFontDatabase, QFontMetrics

    from editor.theme import writing_font

    if not QFontDatabase.families():
        return Finding("Fonts", "broken", "there is none: install one, such as fonts-dejavu-core")
    font = writing_font()
    lacking = [one for one in _SAMPLE if not QFontMetrics(font).inFontUcs4(ord(one))]
    if lacking:
        return Finding("Fonts", "note", f"{font.family()} lacks {' '.join(lacking)}")
    return Finding("Fonts", "ok", f"{font.family()}, one of {len(QFontDatabase.families())}")


def _input_methods(plugins: Path, environment: Mapping[str, str]) -> Finding:
    if sys.platform != "linux":
        return Finding("Input methods", "ok", "those of the system")
    files = (plugins / "platforminputcontexts").glob("lib*platforminputcontextplugin.so")
    known = sorted(file.name[3:].partition("platforminput")[0] for file in files)
    wanted = environment.get("QT_IM_MODULE", "")
    here = ", ".join(known) or "none but the keyboard"
    if wanted.startswith("fcitx") and "ibus" in known and wanted not in known:
        return Finding("Input methods", "ok", f"{here}; Fcitx 5 is reached as ibus")
    if wanted and wanted not in known:
        words = f"QT_IM_MODULE names {wanted!r}, but these are here: {here}"
        return Finding("Input methods", "note", words)
    return Finding("Input methods", "ok", here)


def _spelling() -> Finding:
    from PySide6.QtCore import QLocale

    from editor.spelling.dictionaries import find

    found = find("", QLocale.system().name())
    if found.dictionary is None:
        return Finding("Spelling", "note", f"not checked; to be installed: {found.missing}")
    return Finding("Spelling", "ok", f"{found.language}, of {', '.join(found.languages)}")
