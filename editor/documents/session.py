"""Which documents are open, where their carets are, and which were used lately.

A session names files and drafts and holds no text. A damaged one costs the order of the tabs:
drafts are found without it.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from editor.documents.drafts import View
from editor.documents.storage import make_folder, replace_file

MOST_RECENT = 20
_LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """An open document: its file, its draft, or both; and where its user was."""

    path: str | None = None
    draft: str | None = None
    view: View = field(default_factory=View)


@dataclass(frozen=True, slots=True)
class Session:
    """The open documents in the order of their tabs, which one is on top, and recent files."""

    open: tuple[Place, ...] = ()
    current: int = 0
    recent: tuple[str, ...] = ()

    def with_recent(self, path: str) -> tuple[str, ...]:
        """The recent files after this one was used."""
        others = tuple(one for one in self.recent if one != path)
        return (path, *others)[:MOST_RECENT]


def load(file: Path) -> Session:
    """The session kept in a file, as far as it can be read; a damaged one is kept beside."""
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError("no session is as large as that")
        told = json.loads(file.read_bytes())
        found = [_place(one) for one in told.get("open", [])]
        recent = [one for one in told.get("recent", []) if isinstance(one, str)]
        current = told.get("current", 0)
        return Session(
            tuple(place for place in found if place is not None),
            current if isinstance(current, int) else 0,
            tuple(recent[:MOST_RECENT]),
        )
    except FileNotFoundError:
        return Session()
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        with contextlib.suppress(OSError):
            file.replace(file.with_suffix(".bad"))
        return Session()


def keep(session: Session, file: Path) -> None:
    """Keep a session."""
    make_folder(file.parent)
    replace_file(file, json.dumps({"version": 1, **asdict(session)}, indent=1).encode())


def _place(told: Any) -> Place | None:
    if not isinstance(told, dict):
        return None
    path, draft, view = told.get("path"), told.get("draft"), told.get("view")
    path = path if isinstance(path, str) and "\0" not in path else None
    draft = draft if isinstance(draft, str) and os.sep not in draft else None
    if path is None and draft is None:
        return None
    values = view if isinstance(view, dict) else {}
    caret, scroll = (_whole(values.get(name)) for name in ("caret", "scroll"))
    return Place(path, draft, View(caret, scroll))


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**31 else 0
