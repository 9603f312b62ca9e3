"""What the package puts on the desktop: judged by the tools that distributions use."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from editor.spelling import dictionaries
from model.commands.line import COMMANDS, editor_parser

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "resources" / "packaging"
DESKTOP = PACKAGING / "foretype.desktop"
METAINFO = PACKAGING / "org.foretype.Foretype.metainfo.xml.in"
MARKS = {"@VERSION@": "1.2.3", "@DATE@": "2026-01-02", "@ADDRESS@": "https://foretype.example"}


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


def said(*command: object) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def filled(file: Path, folder: Path) -> Path:
    text = file.read_text(encoding="utf-8")
    for mark, value in MARKS.items():
        text = text.replace(mark, value)
    made = folder / file.name.removesuffix(".in")
    made.write_text(text, encoding="utf-8")
    return made


@needs("desktop-file-validate")
def test_the_desktop_entry_is_valid_and_an_error_is_found(tmp_path: Path) -> None:
    good = said("desktop-file-validate", DESKTOP)
    assert (good.returncode, good.stdout + good.stderr) == (0, "")
    bad = tmp_path / "bad.desktop"
    bad.write_text(DESKTOP.read_text().replace("Type=Application", "Type=Nonsense"))
    assert said("desktop-file-validate", bad).returncode != 0


@needs("appstreamcli")
def test_the_metainfo_is_valid_and_an_error_is_found(tmp_path: Path) -> None:
    made = filled(METAINFO, tmp_path)
    good = said("appstreamcli", "validate", "--no-net", made)
    assert good.returncode == 0, good.stdout
    made.write_text(made.read_text().replace("<id>org.foretype.Foretype</id>", ""))
    assert said("appstreamcli", "validate", "--no-net", made).returncode != 0


def test_files_are_opened_only_on_request() -> None:
    """The types are named, and no default is set: that stays whatever it was."""
    entry = DESKTOP.read_text()
    assert "MimeType=text/plain;text/markdown;" in entry
    assert "Exec=foretype %F" in entry
    scripts = "".join(path.read_text() for path in PACKAGING.rglob("*") if path.is_file())
    assert "xdg-mime" not in scripts
    assert "mimeapps" not in scripts


def test_pictures_and_names_in_the_metainfo_are_there() -> None:
    text = METAINFO.read_text()
    pictures = re.findall(r"@ADDRESS@/([^<]+)", text)
    assert len(pictures) == 2
    assert all((ROOT / picture).is_file() for picture in pictures)
    assert DESKTOP.name in text


@needs("rsvg-convert")
@pytest.mark.parametrize(
    "file", [ROOT / "resources/foretype.svg", PACKAGING / "foretype-symbolic.svg"]
)
def test_icons_can_be_drawn(file: Path, tmp_path: Path) -> None:
    picture = tmp_path / "icon.png"
    assert said("rsvg-convert", "--width", "16", file, "--output", picture).returncode == 0
    assert picture.stat().st_size > 100


def test_the_manual_names_every_command_and_option() -> None:
    manual = (PACKAGING / "foretype.1").read_text().replace("\\-", "-")
    options = [
        option
        for action in editor_parser()._actions
        for option in action.option_strings
        if option.startswith("--")
    ]
    assert [one for one in (*COMMANDS, *options) if one not in manual] == []


@needs("man")
def test_the_manual_is_well_formed(tmp_path: Path) -> None:
    page = filled(PACKAGING / "foretype.1", tmp_path)
    read = said("man", "--warnings", "--local-file", page)
    assert read.stderr == ""
    assert "Foretype 1.2.3" in read.stdout


def completions(shell: str) -> str:
    pytest.importorskip("shtab", reason="shtab is not installed")
    command = f"shtab --shell={shell} --prog=foretype --prefix=foretype completions.whole_parser"
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{PACKAGING}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@needs("bash")
def test_bash_completes_commands(tmp_path: Path) -> None:
    script = tmp_path / "foretype"
    script.write_text(completions("bash"))
    ask = "COMP_WORDS=(foretype s); COMP_CWORD=1; _shtab_foretype; echo ${COMPREPLY[@]}"
    assert said("bash", "-c", f"source {script}; {ask}").stdout.split() == ["suggest"]


@pytest.mark.parametrize("script", ["prerm", "postrm"])
def test_leaving_touches_no_home(script: str) -> None:
    text = (PACKAGING / "debian" / script).read_text()
    assert not re.search(r"\b(rm|unlink|find|userdel)\b", text)
    what = {"prerm": "remove", "postrm": "purge"}[script]
    told = said("sh", PACKAGING / "debian" / script, what)
    assert told.returncode == 0
    assert "homes" in told.stdout.lower()
    assert said("sh", PACKAGING / "debian" / script, "upgrade").stdout == ""


def test_a_package_whose_needs_cannot_be_found_out_is_not_made(tmp_path: Path) -> None:
    """The tool fails where a library is missing here; nothing would then be depended on."""
    tool = tmp_path / "dpkg-shlibdeps"
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / "tree" / "usr" / "lib" / "foretype" / "_internal").mkdir(parents=True)
    (tmp_path / "tree" / "usr" / "lib" / "foretype" / "_internal" / "one.so").touch()
    script = (
        f"set -eu; . .setup/common.sh; venv={tmp_path}/venv; packaging={PACKAGING}; "
        f". resources/packaging/linux.sh; cd {tmp_path}; dependencies tree"
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    for does, code, words in (
        ("echo shlibs:Depends=libc6", 0, "libc6\n"),
        ("echo shlibs:Depends=; exit 0", 1, ""),
        ("echo shlibs:Depends=libc6; exit 2", 1, ""),
    ):
        tool.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        tool.chmod(0o755)
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (code, words), does


def test_what_checks_spelling_is_recommended_by_the_names_that_the_program_says() -> None:
    control = (PACKAGING / "debian" / "control.in").read_text(encoding="utf-8")
    (recommended,) = (line for line in control.splitlines() if line.startswith("Recommends: "))
    for package in dictionaries.PACKAGES:
        assert package in recommended.replace(",", " ").split()
