"""The life of the package on a bare Debian, walked as a new user: install, write, learn, close,
start again, upgrade, remove, purge, install again.

    python -m tests.installer.bare_debian dist/foretype_0.1.0_amd64.deb --root /var/tmp/bare

As root, with debootstrap, Xvfb, xdotool and dpkg-deb. It writes one line a step, with seconds,
and leaves a picture of each ghost in ROOT.pictures. The bare system gets only the package.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.installer.bare import Bare, System, bare_debian
from tests.installer.screen import Screen, screen, wait_for

NEW_WORD = "Zorblaxian"
UNSAVED = ("Nobody has saved this line yet.", "Nor that one.")
LETTER = "letter.txt"


@dataclass
class Walk:
    """One new user in front of one screen; `editor` is what is running."""

    system: System
    screen: Screen
    editor: subprocess.Popen[bytes] | None = None
    began: float = field(default_factory=time.monotonic)

    def step(self, what: str, do: Callable[[], object]) -> None:
        """Do it, and say what came of it and how long it took."""
        start = time.monotonic()
        came = do()
        seconds = time.monotonic() - start
        told = "" if came is None else f": {came}"
        print(
            f"{time.monotonic() - self.began:7.1f} s  (+{seconds:5.1f})  {what}{told}", flush=True
        )

    # What a user does

    def open(self, *files: str) -> str:
        """Start the editor; its window is there."""
        self.editor = self.system.start(*files)
        return f"window after {self.screen.focus():.1f} s"

    def ghost(self, name: str) -> str:
        """Wait until grey letters stand in the window."""
        seconds = wait_for(lambda: self.screen.sees_ghost(name), f"a ghost ({name})", 60)
        return f"seen {seconds:.1f} s later ({self.screen.look(name)} pixels)"

    def accept(self, name: str, expected: str) -> str:
        """Tab, and the saved file holds what was grey; the next ghost may be there by then."""
        time.sleep(0.5)  # a ghost that nobody has had time to read takes no Tab
        self.screen.key("Tab")
        self.screen.look(name)
        text = self.save()
        assert expected in text, text
        return repr(text[-60:])

    def save(self) -> str:
        """Ctrl+S, and what the file holds then."""
        self.screen.key("ctrl+s")
        wait_for(lambda: f"{LETTER} " in self.screen.title(), "the save")
        return self.system.home(LETTER).read_text(encoding="utf-8")

    def quit(self) -> None:
        """Ctrl+Q, and no question is asked."""
        assert self.editor is not None
        self.screen.focus()  # a dialog may have had it
        self.screen.key("ctrl+q")
        assert self.editor.wait(timeout=60) == 0
        self.editor = None

    # What is known then

    def profile(self) -> str:
        """How much was learnt, from the command."""
        told = json.loads(self.system.ask("foretype profile info --json"))
        assert told["lessons"] > 0
        return f"{told['lessons']} lessons"

    def selfcheck(self) -> str:
        """The installation's own word."""
        told = json.loads(self.system.ask("foretype --selfcheck --json"))
        assert told["broken"] == 0, told
        notes = [one["what"] for one in told["findings"] if one["state"] == "note"]
        return f"{len(told['findings'])} findings, notes: {', '.join(notes) or 'none'}"

    def unsaved_are_here(self) -> str:
        """Tabs that were never saved hold their texts, the last one on top: seen by saving them."""
        for number, text in reversed(list(enumerate(UNSAVED))):
            self._save_as(f"kept-{number}.txt", text)
            self.screen.focus()
            self.screen.key("ctrl+w")
        return " and ".join(map(repr, UNSAVED))

    def _save_as(self, name: str, text: str) -> None:
        self.screen.focus()
        self.screen.key("ctrl+s")
        self.screen.focus("Save As")
        self.screen.type(self.system.typed(name))
        self.screen.key("Return")
        kept = self.system.home(name)
        wait_for(kept.exists, f"the saved tab {name}")
        wait_for(lambda: kept.read_text(encoding="utf-8") == text, f"{text!r} in {name}", 10)


def first_minute(walk: Walk) -> None:
    """From nothing to the first accepted suggestion, and to a word of one's own."""
    walk.step("start", lambda: walk.open(LETTER))
    walk.step("yes to learning", lambda: (time.sleep(0.5), walk.screen.key("alt+y"))[1])
    walk.step("type", lambda: walk.screen.type("The harbour lay still. Please let me k"))
    walk.step("first ghost", lambda: walk.ghost("first"))
    walk.step("first accepted", lambda: walk.accept("first-accepted", "Please let me know"))
    words = f". We met the {NEW_WORD} captain. Then the {NEW_WORD} ship came. The {NEW_WORD} sea. "
    walk.step("a new word, three times", lambda: walk.screen.type(words))
    walk.step("save", walk.save)
    for text in UNSAVED:
        walk.step("a tab that is not saved", lambda: walk.screen.key("ctrl+n"))
        walk.step("its text", lambda text=text: walk.screen.type(text))
    walk.step("close", walk.quit)
    walk.step("learnt", walk.profile)


def second_day(walk: Walk) -> None:
    """Nothing is lost, and the new word is offered."""
    walk.step("start", walk.open)
    walk.step("the tabs that were not saved", walk.unsaved_are_here)
    walk.step("close", walk.quit)
    walk.step("start", lambda: walk.open(LETTER))
    walk.step("type", lambda: (walk.screen.key("ctrl+End"), walk.screen.type("The Zorb"))[1])
    walk.step("the learnt word", lambda: walk.ghost("learnt"))
    walk.step("accepted", lambda: walk.accept("learnt-accepted", f"sea. The {NEW_WORD}"))
    walk.step("close", walk.quit)


def installed_files(system: Bare) -> list[Path]:
    """What of the package's files is there."""
    listed = system.run("dpkg -L foretype").stdout.split("\n")
    places = [system.root / name.lstrip("/") for name in listed if name not in ("", "/.")]
    return [place for place in places if place.is_file() or place.is_symlink()]


def leaving(walk: Walk, system: Bare, package: Path) -> None:
    """Remove, install, purge, install: what is the user's stays, all else goes."""
    files = installed_files(system)
    said = system.run("apt-get remove -y foretype 2>&1").stdout
    assert "stay in the homes" in said
    assert not [file for file in files if file.exists()]
    walk.step(f"remove took {len(files)} files and kept", lambda: sorted(_kept(system)))
    walk.step("install again", lambda: _last(system.install(package)))
    walk.step("still learnt", walk.profile)
    said = system.run("apt-get purge -y foretype 2>&1").stdout
    walk.step("purge says", said[said.index("Foretype: everything") :].strip)
    assert not system.run("dpkg -l foretype 2>/dev/null | grep ^ii", check=False).stdout
    assert not (system.root / "usr/lib/foretype").exists()
    walk.step("and kept", lambda: sorted(_kept(system)))
    walk.step("install again", lambda: _last(system.install(package)))
    walk.step("still learnt", walk.profile)


def _kept(system: Bare) -> set[str]:
    share = system.home(".local/share/foretype/profile")
    assert (share / "profile.db").exists()
    return {path.name for path in (*share.iterdir(), system.home(LETTER))}


def _last(said: str) -> str:
    return said.strip().split("\n")[-1]


def newer(package: Path, folder: Path) -> Path:
    """The same package as the next version, where there is no earlier one to start from."""
    subprocess.run(["dpkg-deb", "-R", str(package), str(folder / "tree")], check=True)
    control = folder / "tree" / "DEBIAN" / "control"
    control.write_text(control.read_text().replace("\nVersion: ", "\nVersion: 9:"))
    made = folder / f"next-{package.name}"
    command = [
        "dpkg-deb",
        "--root-owner-group",
        "-Znone",
        "--build",
        str(folder / "tree"),
        str(made),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return made


def main() -> None:
    """Walk the whole way."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("--root", type=Path, required=True, help="a folder that is not there yet")
    parser.add_argument("--previous", type=Path, help="the version before, to upgrade from")
    parser.add_argument("--suite", default="bookworm")
    parser.add_argument("--mirror", default="http://deb.debian.org/debian")
    parser.add_argument("--components", default="main", help="of Ubuntu it takes main,universe")
    parser.add_argument("--template", type=Path, help="a debootstrapped folder to copy")
    options = parser.parse_args()
    pictures = options.root.with_name(f"{options.root.name}.pictures")
    with screen(pictures) as seen, tempfile.TemporaryDirectory() as scratch:
        source = (options.suite, options.mirror, options.components, options.template)
        with bare_debian(options.root, seen.name, *source) as system:
            walk = Walk(system, seen)
            first = options.previous or options.package
            walk.step(f"apt install ./{first.name}", lambda: _last(system.install(first)))
            walk.step("selfcheck", walk.selfcheck)
            first_minute(walk)
            second = options.package if options.previous else newer(first, Path(scratch))
            walk.step(f"upgrade to {second.name}", lambda: _last(system.install(second)))
            second_day(walk)
            leaving(walk, system, options.package)
            print("all is as it should be")


if __name__ == "__main__":
    main()
