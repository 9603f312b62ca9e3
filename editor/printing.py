"""The commands that put the document on top on paper, or into a PDF that looks like it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QLocale, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageSize, QPdfWriter
from PySide6.QtWidgets import QProgressDialog

from editor.documents.errors import DocumentError
from editor.documents.places import working_folder
from editor.documents.saving import export
from editor.tabs.sheet import Sheet
from editor.tabs.sheets import shown_name
from editor.theme import writing_font
from editor.view.paper import Paper, PaperError, set_margins
from editor.window import Window

# Usual in books and letters. The usual size on the screen is larger, for it is further away; who
# wants larger letters there than usual wants them on paper too, by the same measure.
_POINTS = 11
_PATIENCE_MS = 500  # what takes longer is seen, and can be called off


def print_text(window: Window) -> None:
    """Ask for a printer, and print the text of the document on top."""
    sheet = window.sheets.current  # another start may lay a file on top while the user is asked
    printer = window.dialogs.printer(window, shown_name(sheet.name))
    if printer is None:
        return
    if printer.outputFileName():
        # Printing into a file ends as every writing of a file does: whole, or as it was.
        _write_pdf(window, sheet, Path(printer.outputFileName()), like=printer)
        return
    try:
        whole = _put(window, sheet, printer, abort=printer.abort)
    except PaperError:
        words = _tr("Cannot print: the printer takes no more. Look at it, or choose another.")
        window.say(words, lasting=True)
        return
    sent = _tr("Sent to %1").replace("%1", printer.printerName())
    window.say(sent if whole else _tr("Printing was called off."))


def export_pdf(window: Window) -> None:
    """Ask for a file, and put the text of the document on top into it as PDF."""
    sheet = window.sheets.current
    path = sheet.path or working_folder() / sheet.name
    chosen = window.dialogs.export_path(window, path.with_name(f"{path.stem}.pdf"))
    if chosen is not None:
        _write_pdf(window, sheet, chosen)


def _write_pdf(
    window: Window, sheet: Sheet, path: Path, like: QPagedPaintDevice | None = None
) -> None:
    """Write the pages into a file, on the paper that the user chose for a printer, or the usual."""
    path = path.absolute()
    if window.documents.open_at(path) is not None:
        words = _tr("%1 is open in a tab. Choose a new name.")
        window.dialogs.warn(window, words.replace("%1", path.name))
        return
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(shown_name(sheet.name))
    writer.setCreator("Foretype")
    if like is None:
        writer.setPageSize(_usual_size())
        set_margins(writer)
    else:
        writer.setPageLayout(like.pageLayout())
        writer.setPageRanges(like.pageRanges())
    if not _put(window, sheet, writer):
        window.say(_tr("Nothing was written."))
        return
    try:
        export(path, bytes(buffer.data().data()), window.documents.versions)
    except DocumentError as error:
        window.say(str(error), lasting=True)
    else:
        window.say(_tr("Exported to %1").replace("%1", str(path)))


def _put(
    window: Window,
    sheet: Sheet,
    device: QPagedPaintDevice,
    abort: Callable[[], object] | None = None,
) -> bool:
    """Put the text on these pages, unless the user calls it off; whether all of it is there."""
    text = sheet.view.text()
    pages = Paper(device, _font(window), shown_name(sheet.name)).put(text)
    progress = QProgressDialog(_tr("Making the pages"), _tr("&Cancel"), 0, len(text) + 1, window)
    progress.setWindowTitle("Foretype")
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setMinimumDuration(_PATIENCE_MS)
    progress.setValue(0)
    try:
        for done in pages:
            progress.setValue(done)
            if progress.wasCanceled():
                if abort is not None:
                    abort()
                return False
    finally:
        pages.close()
        progress.deleteLater()
    return True


def _font(window: Window) -> QFont:
    font = QFont(window.view.font())
    font.setPointSizeF(_POINTS * font.pointSizeF() / writing_font().pointSizeF())
    return font


def _usual_size() -> QPageSize:
    """What printers hold in this part of the world."""
    letter = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Printing", text)
