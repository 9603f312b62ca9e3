"""Chooses the command, and turns what goes wrong into one line and an exit code."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from model.commands import selfcheck
from model.commands.options import (
    Command,
    OutputError,
    add_json,
    add_places,
    named_profile,
    output,
    say,
)
from model.errors import ModelError, SaidElsewhere
from model.findings import Finding
from model.version import version

COMMANDS = {
    "suggest": "what would be shown after a text",
    "learn": "learn from files and folders",
    "forget": "forget what was learnt, exactly",
    "evaluate": "simulated typing: how many keystrokes are saved",
    "train": "train or continue a base model",
    "profile": "what was learnt so far: show, export, import",
}
OpenEditor = Callable[[list[str], Path | None, Path | None], int]
CheckWindow = Callable[[], Iterable[Finding]]

FAILURE, INTERRUPTED = 1, 130
_VALUED = ("--profile", "--base")


def run(
    arguments: Sequence[str], open_editor: OpenEditor, check_window: CheckWindow = tuple
) -> int:
    """Run a command line and return its exit code; bad usage exits with 2 by itself.

    `open_editor` takes files, profile folder and base folder; without a command it is called.
    `check_window` says, for --selfcheck, how what the window needs is.
    """
    _prepare()
    try:
        try:
            return _guarded(arguments, open_editor, check_window)
        finally:
            with output():
                sys.stdout.flush()
    except (BrokenPipeError, OutputError) as error:
        # Keep the interpreter's last flush quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader that has gone, as in `| head`, is told nothing.
        return FAILURE if isinstance(error, BrokenPipeError) else _fail(str(error))


def _guarded(arguments: Sequence[str], open_editor: OpenEditor, check_window: CheckWindow) -> int:
    try:
        return _dispatch(arguments, open_editor, check_window)
    except SaidElsewhere:
        return FAILURE
    except ModelError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except (BrokenPipeError, OutputError):
        raise
    except Exception as error:
        if os.environ.get("FORETYPE_DEBUG"):
            raise
        return _fail(
            f"Something unexpected went wrong ({type(error).__name__}: {error}); "
            "FORETYPE_DEBUG=1 shows where."
        )


def _prepare() -> None:
    """Texts may hold what the terminal cannot show, and libraries' warnings help no user.

    Nor need there be an output: it may be closed, and a program in a window has none.
    """
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _fail(message: str) -> int:
    print("foretype: " + " ".join(message.split()), file=sys.stderr)
    return FAILURE


def _dispatch(arguments: Sequence[str], open_editor: OpenEditor, check_window: CheckWindow) -> int:
    place = _place_of_command(arguments)
    if place is None:
        return _without_command(editor_parser(), arguments, open_editor, check_window)
    name = arguments[place]
    parser = argparse.ArgumentParser(
        prog=f"{_program()} {name}",
        description=f"{COMMANDS[name]}.".capitalize(),
        allow_abbrev=False,
    )
    add_places(parser)
    # Only the command that runs is imported; some bring torch along, the editor needs none.
    command: Command = importlib.import_module(f"model.commands.{name}").add(parser)
    args = parser.parse_args([*arguments[:place], *arguments[place + 1 :]])
    return command(args)


def _without_command(
    parser: argparse.ArgumentParser,
    arguments: Sequence[str],
    open_editor: OpenEditor,
    check_window: CheckWindow,
) -> int:
    args = parser.parse_intermixed_args(arguments)
    if args.version:
        say(f"foretype {version()}")
        return 0
    if args.selfcheck:
        return selfcheck.run(args, check_window)
    if args.json:
        parser.error("--json goes with --selfcheck or a command")
    return open_editor(args.files, named_profile(args), args.base)


def _place_of_command(arguments: Sequence[str]) -> int | None:
    """Where the command's name stands: the first word, after --profile and --base at most."""
    place = 0
    while place < len(arguments):
        argument = arguments[place]
        if argument in COMMANDS:
            return place
        if argument in _VALUED:
            place += 2
        elif argument.startswith(tuple(f"{option}=" for option in _VALUED)):
            place += 1
        else:
            return None
    return None


def editor_parser() -> argparse.ArgumentParser:
    """The arguments of the editor itself; the packager reads them too."""
    commands = "\n".join(f"  {name:<10}{summary}" for name, summary in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog=_program(),
        usage="%(prog)s [--profile DIR] [--base DIR] [FILE ...]\n"
        "       %(prog)s COMMAND [--help] ...\n"
        "       %(prog)s --selfcheck [--json]",
        description="Opens the editor, with these files; or runs a command.",
        epilog=f"commands:\n{commands}\n\nA file named like a command: ./train",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_places(parser)
    parser.add_argument(
        "--selfcheck", action="store_true", help="check the installation and say what is amiss"
    )
    parser.add_argument("--version", action="store_true", help="say which version this is")
    add_json(parser)
    parser.add_argument("files", nargs="*", metavar="FILE", help="file to open")
    return parser


def _program() -> str:
    name = Path(sys.argv[0]).name
    return name if name == "main.py" else "foretype"
