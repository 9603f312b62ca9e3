"""A Debian with nothing on it, in a folder, and a new user in it. Needs root and debootstrap."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

USER = "writer"
HOME = f"/home/{USER}"
# Of the machine around it; the display is a socket in the second.
_SHARED = ("/proc", "/dev", "/tmp/.X11-unix")  # noqa: S108 - where X puts it


class System(Protocol):
    """Where the program is, and a user of it."""

    def start(self, *files: str) -> subprocess.Popen[bytes]:
        """Start the editor."""

    def ask(self, command: str) -> str:
        """What a command of the user's says; AssertionError where it fails."""

    def home(self, name: str) -> Path:
        """A path in the user's home, seen from outside."""

    def typed(self, name: str) -> str:
        """The same, as the user types it."""


# Ghosts are found in pictures by their grey; where letters are drawn in stripes of red, green and
# blue, as Ubuntu does, no pixel has it.
_GREY_LETTERS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <match target="pattern"><edit name="rgba" mode="assign"><const>none</const></edit></match>
</fontconfig>
"""


@dataclass(frozen=True)
class Bare:
    """The system below `root`; `display` is the screen its user looks at."""

    root: Path
    display: str

    def run(self, command: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run as root, and keep what it says."""
        words = [
            "chroot",
            str(self.root),
            "sh",
            "-c",
            f"export DEBIAN_FRONTEND=noninteractive; {command}",
        ]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if check and done.returncode:
            raise AssertionError(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done

    def user(self, command: str) -> list[str]:
        """The words that run a command as the user, in a shell of his own."""
        asked = f"export DISPLAY={self.display} LANG=C.UTF-8; cd; exec {command}"
        return ["chroot", str(self.root), "su", "-", USER, "-c", asked]

    def ask(self, command: str) -> str:
        """What a command of the user's says; AssertionError where it fails."""
        return answer(self.user(command))

    def start(self, *files: str) -> subprocess.Popen[bytes]:
        """Start the editor as the user."""
        return subprocess.Popen(self.user(shlex.join(["foretype", *files])))

    def home(self, name: str) -> Path:
        """A path in the user's home, seen from outside."""
        return self.root / HOME.lstrip("/") / name

    def typed(self, name: str) -> str:
        """The same, as the user types it."""
        return f"{HOME}/{name}"

    def install(self, package: Path) -> str:
        """`apt install ./package`, with what it needs and no more; returns what apt says."""
        shutil.copy(package, self.root / "root" / package.name)
        return self.run(
            f"apt-get install -y --no-install-recommends /root/{package.name} 2>&1"
        ).stdout


def answer(words: list[str], environment: dict[str, str] | None = None) -> str:
    """What a command says; AssertionError where it fails."""
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{words}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout + done.stderr


@contextmanager
def bare_debian(
    root: Path, display: str, suite: str, mirror: str, components: str, template: Path | None
) -> Iterator[Bare]:
    """Make the system, or copy it from `template`, and take it down at the end."""
    if template is None:
        strap = ["debootstrap", "--variant=minbase", f"--components={components}"]
        subprocess.run([*strap, suite, str(root), mirror], check=True)
    else:
        subprocess.run(["cp", "-a", f"{template}/.", str(root)], check=True)
    with ExitStack() as mounted:
        for place in _SHARED:
            inside = root / place.lstrip("/")
            inside.mkdir(parents=True, exist_ok=True)
            subprocess.run(["mount", "--rbind", "--make-rslave", place, str(inside)], check=True)
            mounted.callback(subprocess.run, ["umount", "--recursive", str(inside)], check=True)
        shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
        system = Bare(root, display)
        system.run(f"apt-get update && useradd --create-home --shell /bin/bash {USER}")
        (root / "etc" / "fonts").mkdir(exist_ok=True)
        (root / "etc" / "fonts" / "local.conf").write_text(_GREY_LETTERS)
        yield system
