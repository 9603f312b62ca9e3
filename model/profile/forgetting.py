"""What a wish to forget removes from the profile, whoever carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from model.messages import Forgetting, WordList
from model.profile.deleted import DeletedWords
from model.profile.journal import Journal, Record
from model.profile.store import Profile
from model.profile.word_lists import WordLists


def list_word(profile: Profile, word: str, on: WordList | None) -> None:
    """Put a word on a list of the user's, or on none; one that is added is deleted no more.

    Raises ValueError where it is not one word.
    """
    WordLists(profile).put(word, on)
    if on == "added":
        DeletedWords(profile).take_off(word)


def adjust_lists(profile: Profile, wish: Forgetting) -> None:
    """Take what is forgotten off the user's lists, and remember what is deleted."""
    lists, deleted = WordLists(profile), DeletedWords(profile)
    if wish.word is not None:
        lists.put(wish.word, None)
        deleted.take_off(wish.word)
    if wish.delete is not None:
        lists.put(wish.delete, None)
        deleted.put(wish.delete)


def removals(journal: Journal, wish: Forgetting) -> Iterator[Callable[[], list[Record]]]:
    """The acts on the journal that fulfil a wish; each returns the records that it removed."""
    if wish.everything:
        yield journal.forget_all
    if wish.word is not None:
        yield partial(journal.forget_word, wish.word)
    if wish.delete is not None:
        yield partial(journal.forget_word, wish.delete)
    if wish.text is not None:
        yield partial(journal.forget_text, wish.text)
    if wish.document is not None:
        yield partial(journal.forget_document, wish.document)
    if wish.since is not None or wish.until is not None:
        yield partial(journal.forget_between, wish.since, wish.until)
