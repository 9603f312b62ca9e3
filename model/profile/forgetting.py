"""What a wish to forget removes from the profile, whoever carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from model.messages import Forgetting, WordList
from model.profile.deleted import DeletedWords
from model.profile.journal import Journal, Record
from model.profile.store import Profile
from model.profile.word_lists import WordLists, is_one_word


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
        if is_one_word(wish.delete):  # nothing else is ever offered
            deleted.put(wish.delete)


def fulfil(profile: Profile, wish: Forgetting, newest: int | None = None) -> None:
    """Forget without the model that learns.

    A wish that has waited concerns what was there when it was said, and what waited before
    it: the records after `newest`, which have just been taken in.
    """
    journal, through = Journal(profile), wish.through
    if newest is not None and through is not None:
        last = newest
        journal = journal.restricted(lambda ordinal: ordinal <= through or ordinal > last)
    if not wish.done:
        adjust_lists(profile, wish)
    for remove in removals(journal, wish):
        remove()


def removals(journal: Journal, wish: Forgetting) -> Iterator[Callable[[], list[Record]]]:
    """The acts on the journal that fulfil a wish; each returns the records that it removed."""
    if wish.everything:
        # Once it is done, the lists hold only what was put on them later.
        yield partial(journal.forget_between, None, None) if wish.done else journal.forget_all
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
