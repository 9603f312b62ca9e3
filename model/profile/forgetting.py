"""What a wish to forget removes from the journal, whoever carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from model.messages import Forgetting
from model.profile.journal import Journal, Record


def removals(journal: Journal, wish: Forgetting) -> Iterator[Callable[[], list[Record]]]:
    """The acts on the journal that fulfil a wish; each returns the records that it removed."""
    if wish.everything:
        yield journal.forget_all
    if wish.word is not None:
        yield partial(journal.forget_word, wish.word)
    if wish.text is not None:
        yield partial(journal.forget_text, wish.text)
    if wish.document is not None:
        yield partial(journal.forget_document, wish.document)
    if wish.since is not None:
        yield partial(journal.forget_since, wish.since)
