"""`main.py profile`: shows what was learnt so far, and takes it elsewhere."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from model.commands import words
from model.commands.options import (
    Command,
    add_json,
    add_places,
    ask_passphrase,
    count,
    open_profile,
    profile_folder,
    show,
    with_passphrase,
)
from model.profile.exchange import export_profile, import_profile, is_encrypted
from model.profile.journal import Journal
from model.profile.store import Profile


def add(parser: argparse.ArgumentParser) -> Command:
    """Describe the command's arguments; returns what runs it."""
    actions = parser.add_subparsers(
        required=True, metavar="info | words | passphrase | export | import"
    )
    info = actions.add_parser("info", help="how much is kept, and where")
    info.set_defaults(action=_info)
    lists = actions.add_parser("words", help="your own lists of words, and deleting one")
    words.add(lists)
    export = actions.add_parser("export", help="write all lessons to a file")
    export.set_defaults(action=_export)
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument(
        "--plain", action="store_true", help="readable, instead of under a passphrase"
    )
    lock = actions.add_parser(
        "passphrase", help="open what was learnt only with a passphrase, or another one"
    )
    lock.set_defaults(action=_lock)
    lock.add_argument("--remove", action="store_true", help="open it without a passphrase again")
    taking = actions.add_parser("import", help="add the lessons of an exported file")
    taking.set_defaults(action=_import)
    taking.add_argument("file", type=Path, metavar="FILE")
    for action in (info, lists, lock, export, taking):
        add_places(action, again=True)
        add_json(action)
    return lambda args: int(args.action(args))


def _info(args: argparse.Namespace) -> int:
    folder = profile_folder(args)
    with open_profile(args, writable=False) as profile:
        known = Journal(profile).statistics()
        figures: dict[str, Any] = {
            "folder": str(folder),
            "lessons": known.lessons,
            "characters": known.characters,
            "documents": known.documents,
            "newest": None if known.newest is None else _date(known.newest),
            "bytes": profile.size,
            "key": profile.key_place,
            "passphrase": profile.has_passphrase,
        }
    show(args, figures, lambda: _lines(figures))
    return 0


def _lines(figures: dict[str, Any]) -> str:
    learnt = ", ".join(
        count(figures[f"{noun}s"], noun) for noun in ("lesson", "character", "document")
    )
    return "\n".join(
        [
            f"Folder:  {figures['folder']} ({figures['bytes'] / 1e6:.1f} MB, encrypted)",
            f"Key:     {figures['key']}{', and your passphrase' * figures['passphrase']}",
            f"Learnt:  {learnt}",
            f"Newest:  {figures['newest'] or ('unknown' if figures['lessons'] else 'nothing yet')}",
        ]
    )


def _date(when: float) -> str | None:
    """A POSIX time as ISO 8601 writes it; None where no calendar has it."""
    try:
        return datetime.fromtimestamp(when).astimezone().isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return None


def _export(args: argparse.Namespace) -> int:
    with open_profile(args, writable=False) as profile:
        passphrase = None if args.plain else ask_passphrase("Passphrase for the file", twice=True)
        written = export_profile(profile, args.file, passphrase)
    how = "readable by anyone who has the file" if args.plain else "under your passphrase"
    figures = {"file": str(args.file), "lessons": written}
    show(args, figures, lambda: f"Wrote {count(written, 'lesson')} to {args.file}, {how}.")
    return 0


def _import(args: argparse.Namespace) -> int:
    encrypted = is_encrypted(args.file)
    with open_profile(args) as profile:
        passphrase = ask_passphrase("Passphrase of the file") if encrypted else None
        added = import_profile(profile, args.file, passphrase)
    figures = {"file": str(args.file), "lessons": added}
    verb = "was" if added == 1 else "were"
    show(args, figures, lambda: f"Added {count(added, 'lesson')} that {verb} not there yet.")
    return 0


def _lock(args: argparse.Namespace) -> int:
    """Where there is no terminal, the input has the passphrase until now, if any, and the new."""
    known: list[str] = []

    def open_with(passphrase: str | None) -> Profile:
        known[:] = [] if passphrase is None else [passphrase]
        return Profile.open(profile_folder(args), passphrase=passphrase)

    with with_passphrase(open_with) as profile:
        new = None if args.remove else ask_passphrase("New passphrase", twice=True)
        profile.set_passphrase(new, known[0] if known else None)
    words = "without a passphrase" if new is None else "only with your passphrase"
    show(args, {"passphrase": new is not None}, lambda: f"What was learnt opens {words} now.")
    return 0
