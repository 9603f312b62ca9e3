"""Foretype: `python main.py [FILE ...]` opens the editor, `python main.py --help` says the rest."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.findings import Finding


def open_editor(files: list[str], profile: Path | None, base: Path | None) -> int:
    """Import the editor only when it is wanted: commands run without Qt."""
    from editor.app import run

    return run(files, profile, base)


def check_window() -> Iterable[Finding]:
    """What the window needs, for --selfcheck."""
    from editor.installation import findings, has_display

    return findings(has_display())


def main() -> int:
    """Run the command line; also the installed command `foretype`."""
    from model.commands.line import run

    return run(sys.argv[1:], open_editor, check_window)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # in the packaged program helpers start as this file
    raise SystemExit(main())
