"""Foretype: `python main.py [FILE ...]` opens the editor, `python main.py --help` says the rest."""

import sys
from pathlib import Path


def open_editor(files: list[str], profile: Path | None, base: Path | None) -> int:
    """Import the editor only when it is wanted: commands run without Qt."""
    from editor.app import run

    return run(files, profile, base)


def main() -> int:
    """Run the command line; also the installed command `foretype`."""
    from model.commands.line import run

    return run(sys.argv[1:], open_editor)


if __name__ == "__main__":
    raise SystemExit(main())
