"""The next start: everything is as it was, and what was not saved is marked so."""

from __future__ import annotations

import contextlib
from pathlib import Path

from editor.documents.drafts import Draft
from editor.documents.errors import DocumentError
from editor.documents.reading import read
from editor.documents.watching import is_there
from editor.tabs.documents import Documents


def restore(documents: Documents) -> None:
    """Open what was open, and every draft, wherever it came from."""
    documents.versions.mend()
    session, drafts = documents.memory.begin()
    damaged = documents.memory.keeper.drafts.others(drafts)
    left = {draft.id: draft for draft in drafts}
    gone: list[str] = []
    for place in session.open:
        draft = left.pop(place.draft or "", None) or _draft_of(place.path, left)
        if draft is not None:
            _take_up(documents, draft)
        elif place.path is not None and is_there(Path(place.path)):
            documents.open(Path(place.path), place.view)
        elif place.path is not None:
            gone.append(place.path)
    for draft in left.values():
        _take_up(documents, draft)
    documents.memory.recent = session.recent  # opening again is no use
    sheets = documents.sheets
    sheets.setCurrentIndex(min(max(0, session.current), sheets.count() - 1))
    if gone:
        line = documents.tr("Deleted or renamed, and not opened again: {paths}")
        documents.news.say(line.format(paths=", ".join(gone)), True)
    for file in damaged:
        line = documents.tr("A draft is damaged. Open {path} to see what is left of its text.")
        documents.news.say(line.format(path=file), True)


def _draft_of(path: str | None, left: dict[str, Draft]) -> Draft | None:
    """A draft of this file that the session does not know of: the program was killed."""
    for draft in left.values():
        if path is not None and draft.path == path:
            return left.pop(draft.id)
    return None


def _take_up(documents: Documents, draft: Draft) -> None:
    """Go on with a draft, unless its text was saved and only the draft's end was missed."""
    if draft.path is not None:
        try:
            content = read(Path(draft.path), draft.form.encoding)
        except DocumentError:
            content = None
        if content is not None and content.text == draft.text and content.form == draft.form:
            with contextlib.suppress(OSError):  # the next start tries again
                documents.memory.keeper.drafts.remove(draft.id)
            documents.open(Path(draft.path), draft.view)
            return
    documents.take_up(draft)
