"""The portable archive where it is least at home: another user's, on read-only media, in a folder
whose name has spaces and umlauts.

    python -m tests.installer.portable dist/foretype-0.1.0-linux-x86_64.tar.xz

As root, with Xvfb and xdotool. It walks the first minute and the next start of `bare_debian`, one
line a step, with seconds, and leaves pictures of the ghosts beside the archive.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.installer.bare import answer
from tests.installer.bare_debian import Walk, first_minute, second_day
from tests.installer.screen import screen

NOBODY = 65534  # a user of every system, who owns nothing
FOLDER = "Schöne Dinge von früher"


@dataclass(frozen=True)
class Unpacked:
    """The program in a folder, and somebody else's home."""

    program: Path
    house: Path
    display: str

    def start(self, *files: str) -> subprocess.Popen[bytes]:
        """Start the editor."""
        words = self._as_nobody(str(self.program / "bin" / "foretype"), *files)
        return subprocess.Popen(words, cwd=self.house, env=self._environment())

    def ask(self, command: str) -> str:
        """What a command of the user's says; AssertionError where it fails."""
        return answer(self._as_nobody("sh", "-c", command), self._environment())

    def home(self, name: str) -> Path:
        """A path in the user's home."""
        return self.house / name

    def typed(self, name: str) -> str:
        """The same, as the user types it."""
        return str(self.house / name)

    def _as_nobody(self, *words: str) -> list[str]:
        return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *words]

    def _environment(self) -> dict[str, str]:
        path = f"{self.program}/bin:{os.environ['PATH']}"
        about = {"HOME": str(self.house), "DISPLAY": self.display, "LANG": "C.UTF-8"}
        return {**about, "PATH": path, "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def unpacked(archive: Path, display: str) -> Iterator[Unpacked]:
    """Unpack it, let nobody write there, and give somebody a home."""
    place = Path(tempfile.mkdtemp(prefix="portable-"))
    place.chmod(0o755)
    media, house = place / FOLDER, place / "a home"
    media.mkdir()
    house.mkdir(mode=0o700)
    os.chown(house, NOBODY, NOBODY)
    subprocess.run(["tar", "--extract", "--file", archive, "--directory", media], check=True)
    subprocess.run(["mount", "--bind", media, media], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", media], check=True)
        (program,) = media.iterdir()
        yield Unpacked(program, house, display)
    finally:
        subprocess.run(["umount", media], check=True)
        shutil.rmtree(place)


def main() -> None:
    """Walk the whole way."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("archive", type=Path)
    archive = parser.parse_args().archive
    pictures = archive.with_name(f"{archive.name}.pictures")
    with screen(pictures) as seen, unpacked(archive, seen.name) as system:
        walk = Walk(system, seen)
        walk.step("selfcheck", walk.selfcheck)
        first_minute(walk)
        second_day(walk)
        print("all is as it should be")


if __name__ == "__main__":
    main()
