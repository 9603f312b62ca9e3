"""Writes what is inside the package, and under which licences: `licences.py FOLDER`.

FOLDER gets components.md, a table by pip-licenses under `packaging/components.md`, and
licences.txt.gz with every text that comes with the components.
"""

from __future__ import annotations

import gzip
import platform
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Tools of the packager, and what `contents.MODULES` leaves out.
NOT_INSIDE = (
    *("pip", "setuptools", "altgraph", "pyinstaller", "pyinstaller-hooks-contrib"),
    *("pip-licenses", "prettytable", "wcwidth", "shtab", "tomli", "foretype"),
    *("Jinja2", "MarkupSafe", "fsspec", "networkx"),
)
# Texts that wheels do not bring along: Qt's, in Debian's words for them.
COMMON = ("/usr/share/common-licenses/LGPL-3", "/usr/share/common-licenses/GPL-3")


def texts() -> Iterator[tuple[str, str]]:
    """Where each text comes from, and the text."""
    python = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    for file in (python, *map(Path, COMMON)):
        if file.exists():
            yield (
                file.name if file != python else f"Python {platform.python_version()}",
                _read(file),
            )
    for package in sorted(metadata.distributions(), key=lambda one: one.name.lower()):
        if package.name in NOT_INSIDE:
            continue
        for file in package.files or ():
            if re.search(r"licen[cs]e|copying|notice|authors", file.name, re.IGNORECASE):
                yield f"{package.name} {package.version}: {file}", _read(Path(str(file.locate())))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def main() -> None:
    """Write both files."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    command = ["pip-licenses", "--python", sys.executable, "--from=mixed", "--with-urls"]
    command[0] = str(Path(sys.executable).with_name(command[0]))
    table = subprocess.run(
        [*command, "--format=markdown", "--ignore-packages", *NOT_INSIDE],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    about = (HERE / "components.md").read_text(encoding="utf-8")
    about = about.replace("@PYTHON@", platform.python_version()).replace("@TABLE@", table.strip())
    (folder / "components.md").write_text(about, encoding="utf-8")
    seen: dict[str, str] = {}
    for place, text in texts():
        seen.setdefault(text, place)  # torch repeats some a dozen times
    whole = "\n\n".join(
        f"{'=' * 78}\n{place}\n{'=' * 78}\n\n{text}" for text, place in seen.items()
    )
    (folder / "licences.txt.gz").write_bytes(gzip.compress(whole.encode(), mtime=0))


if __name__ == "__main__":
    main()
