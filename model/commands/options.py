"""What several commands share: options, the types of their values, ways to print."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from model.errors import PassphraseNeeded, ProfileError

if TYPE_CHECKING:
    from model import Predictor
    from model.learning.learner import Learner
    from model.profile.store import Profile

Opened = TypeVar("Opened")
Command = Callable[[argparse.Namespace], int]
_PATIENCE = 1.0  # seconds, after which a bar tells how long it will take
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


def add_places(parser: argparse.ArgumentParser, again: bool = False) -> None:
    """Add --profile and --base; `again` for a parser inside one that has them already."""
    default = argparse.SUPPRESS if again else None
    for option, help_text in (
        ("--profile", "profile folder to use"),
        ("--base", "base model to use"),
    ):
        parser.add_argument(option, type=named, metavar="DIR", default=default, help=help_text)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_eagerness(parser: argparse.ArgumentParser) -> None:
    """Add --eagerness."""
    from model.messages import EAGERNESS

    parser.add_argument(
        "--eagerness",
        choices=EAGERNESS,
        default="balanced",
        help="how readily a ghost is shown; eager always shows the best guess",
    )


def profile_folder(args: argparse.Namespace) -> Path:
    """The profile that --profile or FORETYPE_PROFILE names, else the user's own."""
    from model.profile.folder import default_folder

    folder: Path | None = args.profile
    return folder or default_folder()


def open_profile(args: argparse.Namespace, *, writable: bool = True) -> Profile:
    """The profile of this command, with the passphrase that is asked for where it needs one."""
    from model.profile.store import Profile

    folder = profile_folder(args)
    return with_passphrase(lambda passphrase: Profile.open(folder, writable, passphrase=passphrase))


def open_predictor(args: argparse.Namespace, **choices: Any) -> Predictor:
    """The predictor of this command, with the passphrase that is asked for where it needs one."""
    from model import Predictor

    places = {"profile": profile_folder(args), "base": args.base, **choices}

    def open_with(passphrase: str | None) -> Predictor:
        needed: dict[str, Any] = {} if passphrase is None else {"passphrase": passphrase}
        return Predictor.open(**places, **needed)

    return with_passphrase(open_with)


def fold(learner: Learner, what: str) -> None:
    """Let the weights read what they have not read yet; a bar tells who looks how far that is."""
    from tqdm import tqdm

    with tqdm(
        total=learner.backlog, desc=what, unit=" lessons", delay=_PATIENCE, disable=None
    ) as bar:
        while learner.fold_next():
            bar.update()


def with_passphrase(open_with: Callable[[str | None], Opened]) -> Opened:
    """What this opens without a passphrase, or else with the one that is asked for."""
    try:
        return open_with(None)
    except PassphraseNeeded:
        return open_with(ask_passphrase("Passphrase of what was learnt"))


def ask_passphrase(what: str, *, twice: bool = False) -> str:
    """Ask for it where there is a terminal, else take the next line of the input.

    Raises ProfileError where there is none, or the two differ.
    """
    if not sys.stdin.isatty():
        passphrase = sys.stdin.readline().rstrip("\r\n")
    else:
        passphrase = getpass.getpass(f"{what}: ")
        if twice and getpass.getpass("Once more: ") != passphrase:
            raise ProfileError("The two passphrases differ; nothing was written.")
    if not passphrase:
        raise ProfileError("A passphrase is needed: type one, or give it on the standard input.")
    return passphrase


def named_profile(args: argparse.Namespace) -> Path | None:
    """The profile that --profile or FORETYPE_PROFILE names, None where neither does."""
    return profile_folder(args) if args.profile or os.environ.get("FORETYPE_PROFILE") else None


def named(text: str) -> Path:
    """A path that is not empty: the empty one would be wherever the program was started."""
    if not text:
        raise argparse.ArgumentTypeError("names no folder")
    return Path(text)


def positive(text: str) -> int:
    """A whole number of at least 1."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return number


def seed(text: str) -> int:
    """A whole number of at least 0 that fits in 64 bits."""
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= number < 2**64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 2^64 - 1")
    return number


def positive_number(text: str) -> float:
    """A number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return number


def share(text: str) -> float:
    """A number of at least 0 and below 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to below 1")
    return number


def fraction(text: str) -> float:
    """A number above 0 and of at most 1."""
    number = positive_number(text)
    if number > 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0, up to 1")
    return number


def moment(text: str) -> float:
    """A POSIX time from ISO 8601 (local where it names no zone) or an age such as 2h or 3d."""
    age = re.fullmatch(r"(\d+(?:\.\d+)?)([smhdw])", text.strip())
    if age:
        return time.time() - float(age[1]) * _UNITS[age[2]]
    try:
        return datetime.fromisoformat(text.strip()).timestamp()
    except (ValueError, OverflowError, OSError):
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither a time such as 2026-03-12T10:45 nor an age such as 2h or 3d"
        ) from None


class OutputError(OSError):
    """What was to be printed could not be written; its text is one line for the user."""


@contextmanager
def output() -> Iterator[None]:
    """Print in here: raises OutputError where that fails, BrokenPipeError where nobody reads."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"The output cannot be written: {error.strerror}.") from error


def say(text: str) -> None:
    """Print it at once; raises as `output` does."""
    with output():
        print(text, flush=True)


def show(args: argparse.Namespace, figures: Mapping[str, Any], lines: Callable[[], str]) -> None:
    """Print the figures as one JSON object, or else the lines for a reader."""
    say(json.dumps(figures) if args.json else lines())


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 lesson", "2,000 lessons"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
