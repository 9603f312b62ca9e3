from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from model.commands import suggest
from model.commands.line import COMMANDS, run
from model.errors import ProfileError

ROOT = Path(__file__).resolve().parents[3]


def opened(*arguments: str) -> tuple[Any, ...]:
    calls: list[tuple[Any, ...]] = []
    assert run(arguments, lambda *call: calls.append(call) or 0) == 0
    (call,) = calls
    return call


def test_without_a_command_the_editor_opens(home: Path) -> None:
    assert opened() == ([], home / "profile", None)
    assert opened("--profile", "p", "a.txt", "--base=b", "c d.md") == (
        ["a.txt", "c d.md"],
        Path("p"),
        Path("b"),
    )


def test_where_no_profile_is_named_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORETYPE_PROFILE")
    assert opened() == ([], None, None)


@pytest.mark.parametrize("arguments", [("./train",), ("--", "train"), ("a.txt", "train")])
def test_a_file_may_be_named_like_a_command(arguments: tuple[str, ...]) -> None:
    assert opened(*arguments)[0][-1].endswith("train")


def test_places_stand_before_or_after_the_command(line: Any, fake: Any) -> None:
    for arguments in (
        ("--profile", "p", "--base=b", "suggest", "x"),
        ("suggest", "x", "--profile=p", "--base", "b"),
        ("--base", "b", "suggest", "--profile", "p", "x"),
    ):
        assert line(*arguments, "--json").code == 0
        _, places = fake.calls[0]
        assert (places["profile"], places["base"]) == (Path("p"), Path("b"))
        fake.calls.clear()


@pytest.mark.parametrize("command", ["", *COMMANDS, "profile info", "profile export"])
def test_everything_has_help(line: Any, command: str) -> None:
    outcome = line(*command.split(), "--help")
    assert outcome.code == 0
    assert outcome.out.startswith("usage:")
    assert outcome.err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("--nonsense",),
        ("suggest",),
        ("suggest", "x", "-n", "0"),
        ("suggest", "x", "--eagerness", "wild"),
        ("learn",),
        ("forget",),
        ("forget", "--all", "--word", "x"),
        ("forget", "--since", "yesterday"),
        ("forget", "--since", "2h", "--until", "3h"),
        ("evaluate",),
        ("train", "--corpus", "x"),
        ("profile",),
        ("profile", "burn"),
    ],
)
def test_bad_usage_exits_with_2(line: Any, arguments: tuple[str, ...]) -> None:
    outcome = line(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "usage:" in outcome.err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ProfileError("The cause.\nThe way out."), 1, "foretype: The cause. The way out.\n"),
        (KeyboardInterrupt(), 130, ""),
        (ZeroDivisionError("x"), 1, "ZeroDivisionError"),
        (OSError(28, "No space left on device"), 1, "No space left"),
    ],
)
def test_what_goes_wrong_is_one_line(
    line: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    def fail(args: object) -> int:
        raise error

    monkeypatch.setattr(suggest, "_run", fail)
    outcome = line("suggest", "x")
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err
    assert outcome.err.count("\n") <= 1


def test_a_reader_that_goes_away_is_no_error() -> None:
    code = "from model.commands.line import run; import sys; sys.exit(run(['--help'], None))"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""


@pytest.mark.parametrize("arguments", [["--version"], ["profile", "info"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_takes_nothing_is_named(arguments: list[str], unbuffered: str) -> None:
    code = f"from model.commands.line import run; import sys; sys.exit(run({arguments}, None))"
    with Path("/dev/full").open("w") as full:
        child = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert child.returncode == 1
    assert child.stderr == "foretype: The output cannot be written: No space left on device.\n"


def test_a_closed_output_is_no_error() -> None:
    code = "from model.commands.line import run; import sys; sys.exit(run(['--version'], None))"
    child = subprocess.run(
        ["sh", "-c", 'exec "$0" -c "$1" >&-', sys.executable, code],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (child.returncode, child.stderr) == (0, "")


def test_neither_help_nor_profile_info_imports_torch_or_qt() -> None:
    code = (
        "import sys; from model.commands.line import run\n"
        "run(['profile', 'info', '--json'], None)\n"
        "sys.exit(any(m in sys.modules for m in ('torch', 'PySide6')))"
    )
    child = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (child.returncode, child.stderr) == (0, "")
