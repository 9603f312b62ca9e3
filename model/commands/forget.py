"""`main.py forget`: removes lessons for good, and all that was computed from them."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from model.commands.options import (
    Command,
    add_json,
    count,
    fold,
    moment,
    open_predictor,
    profile_folder,
    show,
)
from model.errors import ProfileBusy, ProfileError
from model.messages import Forgetting


def add(parser: argparse.ArgumentParser) -> Command:
    """Describe the command's arguments; returns what runs it."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--word", metavar="W", help="every lesson that holds this word")
    what.add_argument("--text", metavar="T", help="every lesson that holds this text")
    what.add_argument("--document", metavar="PATH", help="all that came from this document")
    what.add_argument(
        "--since",
        type=moment,
        metavar="WHEN",
        help="all that was learnt since: 2026-03-12T10:45, or 2h, 3d ago",
    )
    what.add_argument("--all", action="store_true", help="everything")
    parser.add_argument(
        "--until",
        type=moment,
        metavar="WHEN",
        help="with --since: and before this, so that a range of dates is forgotten",
    )
    add_json(parser)

    def run(args: argparse.Namespace) -> int:
        if args.until is not None and args.since is None:
            parser.error("--until goes with --since")
        if args.until is not None and args.until <= args.since:
            parser.error("--until names a time after the one of --since")
        return _run(args)

    return run


def _run(args: argparse.Namespace) -> int:
    start = time.perf_counter()
    folder = profile_folder(args)
    removed = _forget_all(folder) if args.all else _forget(folder, args)
    seconds = round(time.perf_counter() - start, 3)
    figures = {"lessons_removed": removed, "seconds": seconds}
    show(args, figures, lambda: f"Forgot {count(removed, 'lesson')} in {seconds:.1f} s.")
    return 0


def _forget_all(folder: Path) -> int:
    """Works without a base model, and on a profile that cannot be opened any more."""
    from model.profile.journal import Journal
    from model.profile.store import Profile, delete_profile, exists

    if not exists(folder):
        return 0
    try:
        with Profile.open(folder) as profile:
            return len(Journal(profile).forget_all())
    except ProfileBusy:
        raise
    except ProfileError as error:
        print(f"foretype: {error} Deleting it, as you asked for.", file=sys.stderr)
        delete_profile(folder)
        return 0


def _forget(folder: Path, args: argparse.Namespace) -> int:
    from model.profile.store import exists

    if not exists(folder):
        return 0
    with open_predictor(args, catch_up=False) as predictor:
        removed = sum(predictor.drop(wish) for wish in _wishes(args))
        fold(predictor.learner, "Learning anew what is left")
        return removed


def _wishes(args: argparse.Namespace) -> list[Forgetting]:
    if args.document is None:
        return [Forgetting(args.word, args.text, since=args.since, until=args.until)]
    # Documents learnt from the disk go by their whole path, others by the name they were given.
    names = {str(Path(args.document).resolve()), args.document}
    return [Forgetting(document=name) for name in sorted(names)]
