"""What other processes leave for the one that writes: lessons and wishes, in their order.

One process writes to a profile at a time; a second one reads, and what is typed in it is left
here. Whoever writes next takes it all in, in one transaction with its leaving the inbox: nothing
is lost, and nothing is learnt twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from model.lessons.teachings import screened_teaching
from model.messages import Forgetting, Lesson, Teaching
from model.profile.forgetting import fulfil, list_word
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.word_lists import is_listable, listed_form

Item = Teaching | Forgetting
Fit = Callable[[Sequence[Lesson]], list[Lesson]]
UNCUT = "uncut"  # the state that is kept where there may be longer lessons
_SURELY_FIT = 256  # bytes


class Inbox:
    """The items that wait in one profile."""

    def __init__(self, profile: Profile, fit: Fit | None = None) -> None:
        """Read and write through an open profile, which stays the caller's to close.

        `fit` cuts lessons as the journal takes them; only who has a model knows how.
        """
        self._profile = profile
        self._fit = fit

    def leave(self, item: Teaching | Forgetting) -> None:
        """Keep an item for whoever writes next; it is on the disk when this returns.

        What must not be learnt does not get this far. Raises ProfileError where it cannot be kept.
        """
        if isinstance(item, Teaching):
            item = screened_teaching(item)
        else:
            item = replace(item, through=Journal(self._profile).newest())
        with self._profile.note() as connection:
            connection.execute("INSERT INTO inbox (item) VALUES (?)", (_pack(item),))

    def keep(self, item: Teaching | Forgetting) -> None:
        """Do what an item says without the model, at once or, where another writes, later."""
        if self._profile.writable:
            self.take_in()
            keep(self._profile, item, self._fit)
        else:
            self.leave(item)

    def items(self) -> Iterator[tuple[int, Teaching | Forgetting]]:
        """What waits, the oldest first, with its number."""
        for number, content in self._profile.read("SELECT number, item FROM inbox ORDER BY number"):
            yield number, _unpack(bytes(content))

    def take_in(self) -> int:
        """Do what every item says, without the model; returns how many there were."""
        with self._profile.transaction() as connection:
            items = _as_left(list(self.items()))
            newest = Journal(self._profile).newest()
            for number, item in items:
                keep(self._profile, item, self._fit, newest)
                connection.execute("DELETE FROM inbox WHERE number = ?", (number,))
        if any(isinstance(item, Forgetting) for _, item in items):
            self._profile.compact()
        return len(items)


def keep(
    profile: Profile,
    item: Teaching | Forgetting,
    fit: Fit | None = None,
    newest: int | None = None,
) -> None:
    """Keep a teaching, or forget, as the predictor would, without the model that learns.

    Without `fit` long lessons stay whole, until a learner finds out. `newest` was the journal's
    last record before what had waited was taken in.
    """
    if isinstance(item, Forgetting):
        fulfil(profile, item, newest)
        return
    journal = Journal(profile)
    allowed = screened_teaching(item)
    if allowed.renamed is not None:
        journal.rename(allowed.renamed, allowed.document)
    if fit is None:
        note_uncut(journal, allowed.lessons)
        journal.replace(allowed.document, allowed.retract, allowed.lessons)
    else:
        earlier = [part.text for part in fit([Lesson(text) for text in allowed.retract])]
        journal.replace(allowed.document, earlier, fit(allowed.lessons))
    for word, on in allowed.listed:
        if on is None or is_listable(word):
            list_word(profile, word, on)


def _as_left(items: list[tuple[int, Item]]) -> list[tuple[int, Item]]:
    """Without what they say of the lists about words that were forgotten since, which is done."""
    gone: set[str] = set()
    found: list[tuple[int, Item]] = []
    for number, item in reversed(items):
        if isinstance(item, Teaching):
            listed = tuple(one for one in item.listed if listed_form(one[0]) not in gone)
            found.append((number, replace(item, listed=listed)))
        else:
            words = {listed_form(word) for word in (item.word, item.delete) if word is not None}
            gone |= words if item.done else set()
            found.append((number, replace(item, done=item.done or bool(words & gone))))
    return found[::-1]


def note_uncut(journal: Journal, lessons: Iterable[Lesson]) -> None:
    """Remember it where one of these may have more tokens than a lesson has.

    A token has at least one byte.
    """
    if any(len(lesson.text.encode("utf-8", "surrogatepass")) > _SURELY_FIT for lesson in lessons):
        journal.state_save(UNCUT, b"uncut", through=0)  # has seen no record


def _pack(item: Teaching | Forgetting) -> bytes:
    return json.dumps([type(item).__name__, asdict(item)]).encode("ascii")


def _unpack(content: bytes) -> Teaching | Forgetting:
    kind, told = json.loads(content)
    if kind == Forgetting.__name__:
        return Forgetting(**told)
    return Teaching(
        told["document"],
        tuple(_lesson(one) for one in told["lessons"]),
        tuple(told["retract"]),
        tuple((word, on) for word, on in told["listed"]),
        told["renamed"],
    )


def _lesson(told: dict[str, Any]) -> Lesson:
    spans = tuple((start, end) for start, end in told["accepted"])
    return Lesson(told["text"], told["document"], spans, told["when"])
