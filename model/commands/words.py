"""`main.py profile words`: the user's own lists: shown, changed, taken elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from model.commands.options import count, open_profile, show
from model.errors import ProfileError
from model.messages import Forgetting, WordList
from model.profile.forgetting import list_word
from model.profile.inbox import Inbox
from model.profile.journal import Journal
from model.profile.word_files import LISTS, export_words, import_words, listed
from model.profile.word_lists import is_listable


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.set_defaults(action=_run)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="W", help="know this word at once")
    what.add_argument("--block", metavar="W", help="never suggest this word")
    what.add_argument("--off", metavar="W", help="take this word off its list")
    what.add_argument(
        "--delete",
        metavar="W",
        help="forget this word, and suggest it only once it was written three times more",
    )
    what.add_argument("--export", type=Path, metavar="FILE", help="write the lists: text, or .csv")
    what.add_argument("--import", type=Path, metavar="FILE", dest="taken", help="read such a file")


def _run(args: argparse.Namespace) -> int:
    changes: list[tuple[str | None, WordList | None]] = [
        (args.add, "added"),
        (args.block, "blocked"),
        (args.off, None),
    ]
    for word, on in changes:
        if word is not None:
            return _put(args, word, on)
    if args.delete is not None:
        return _delete(args)
    if args.export is not None:
        return _export(args)
    return _show(args) if args.taken is None else _import(args)


def _show(args: argparse.Namespace) -> int:
    with open_profile(args, writable=False) as profile:
        words = listed(profile)
    figures: dict[str, Any] = {of: [word for word, on in words.items() if on == of] for of in LISTS}
    names = {"added": "Known at once", "blocked": "Never suggested"}
    show(
        args,
        figures,
        lambda: "\n".join(f"{names[of]}: {', '.join(figures[of]) or 'no word'}" for of in LISTS),
    )
    return 0


def _put(args: argparse.Namespace, word: str, on: WordList | None) -> int:
    with open_profile(args) as profile:
        if on is not None:
            _check(word)
        list_word(profile, word, on)
    figures: dict[str, Any] = {"word": word, "list": on}
    said = {"added": "is known at once", "blocked": "is never suggested", None: "is on no list"}
    show(args, figures, lambda: f"{word} {said[on]}.")
    return 0


def _check(word: str) -> None:
    if not is_listable(word):
        raise ProfileError(f"{word!r} is not one word.")


def _delete(args: argparse.Namespace) -> int:
    _check(args.delete)
    with open_profile(args) as profile:
        before = Journal(profile).count()
        Inbox(profile).keep(Forgetting(delete=args.delete))
        gone = before - Journal(profile).count()
    figures = {"word": args.delete, "lessons_removed": gone}
    show(args, figures, lambda: f"Deleted {args.delete}, and {count(gone, 'lesson')} that held it.")
    return 0


def _export(args: argparse.Namespace) -> int:
    with open_profile(args, writable=False) as profile:
        words = export_words(profile, args.export)
    figures = {"file": str(args.export), "words": words}
    show(args, figures, lambda: f"Wrote {count(words, 'word')} to {args.export}.")
    return 0


def _import(args: argparse.Namespace) -> int:
    with open_profile(args) as profile:
        taken = import_words(profile, args.taken)
    figures = {"file": str(args.taken), "words": taken.words, "left_out": taken.left_out}
    left = f" {count(taken.left_out, 'line')} held no single word." * bool(taken.left_out)
    show(args, figures, lambda: f"Took in {count(taken.words, 'word')}.{left}")
    return 0
