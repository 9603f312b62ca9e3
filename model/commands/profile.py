"""`main.py profile`: shows what was learnt so far, and takes it elsewhere."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from model.commands import words
from model.commands.options import (
    Command,
    add_json,
    add_places,
    count,
    profile_folder,
    show,
)
from model.errors import ProfileError
from model.profile.exchange import export_profile, import_profile, is_encrypted
from model.profile.journal import Journal
from model.profile.store import Profile


def add(parser: argparse.ArgumentParser) -> Command:
    """Describe the command's arguments; returns what runs it."""
    actions = parser.add_subparsers(required=True, metavar="info | words | export | import")
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
    taking = actions.add_parser("import", help="add the lessons of an exported file")
    taking.set_defaults(action=_import)
    taking.add_argument("file", type=Path, metavar="FILE")
    for action in (info, lists, export, taking):
        add_places(action, again=True)
        add_json(action)
    return lambda args: int(args.action(args))


def _info(args: argparse.Namespace) -> int:
    folder = profile_folder(args)
    with Profile.open(folder, writable=False) as profile:
        known = Journal(profile).statistics()
        figures: dict[str, Any] = {
            "folder": str(folder),
            "lessons": known.lessons,
            "characters": known.characters,
            "documents": known.documents,
            "newest": None if known.newest is None else _date(known.newest),
            "bytes": profile.size,
            "key": profile.key_place,
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
            f"Key:     {figures['key']}",
            f"Learnt:  {learnt}",
            f"Newest:  {figures['newest'] or 'nothing yet'}",
        ]
    )


def _date(when: float) -> str:
    return datetime.fromtimestamp(when).astimezone().isoformat(timespec="seconds")


def _export(args: argparse.Namespace) -> int:
    passphrase = None if args.plain else _passphrase(twice=True)
    with Profile.open(profile_folder(args), writable=False) as profile:
        written = export_profile(profile, args.file, passphrase)
    how = "readable by anyone who has the file" if args.plain else "under your passphrase"
    figures = {"file": str(args.file), "lessons": written}
    show(args, figures, lambda: f"Wrote {count(written, 'lesson')} to {args.file}, {how}.")
    return 0


def _import(args: argparse.Namespace) -> int:
    passphrase = _passphrase(twice=False) if is_encrypted(args.file) else None
    with Profile.open(profile_folder(args)) as profile:
        added = import_profile(profile, args.file, passphrase)
    figures = {"file": str(args.file), "lessons": added}
    show(args, figures, lambda: f"Added {count(added, 'lesson')} that were not there yet.")
    return 0


def _passphrase(twice: bool) -> str:
    """Ask for it where there is a terminal, else take the first line of the input."""
    if not sys.stdin.isatty():
        passphrase = sys.stdin.readline().rstrip("\r\n")
    else:
        passphrase = getpass.getpass("Passphrase: ")
        if twice and getpass.getpass("Once more: ") != passphrase:
            raise ProfileError("The two passphrases differ; nothing was written.")
    if not passphrase:
        raise ProfileError("A passphrase is needed: type one, or give it on the standard input.")
    return passphrase
