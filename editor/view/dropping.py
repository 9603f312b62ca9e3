"""Files that come by drag and drop or from the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_files(source: QMimeData) -> list[Path]:
    """The files of this computer that are dropped; none where it is text or a link."""
    urls = source.urls() if source.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
