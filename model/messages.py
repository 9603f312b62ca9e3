"""What travels between threads and packages: frozen values, never a widget or a tensor.

before: the text before the caret. request: a question about it. suggestion: the answer.
ghost: what the editor shows of it. lesson: settled text to learn from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

Eagerness = Literal["quiet", "balanced", "eager"]
Outcome = Literal["accepted", "rejected", "undone"]  # of a ghost that was shown
WordList = Literal["added", "blocked"]  # the user's own: known at once, or never offered
# Characters typed, after which a ghost that was passed says nothing of the word at the caret.
LONGEST_PASSED = 40
EAGERNESS: tuple[Eagerness, ...] = ("quiet", "balanced", "eager")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One word that may stand at the caret.

    `word` is the whole word, `insert` what is typed at the caret to complete it, and
    `probability` that this word, and no longer one, is meant.
    """

    word: str
    insert: str
    probability: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the model expects after a text.

    `inline` is the ghost: "" for silence, at most 40 characters, ending with the space after
    a word where one is expected. `candidates` come best first. `certainty` is the probability
    that the ghost's first word is meant, once what was typed past is taken into account.
    """

    inline: str = ""
    candidates: tuple[Candidate, ...] = ()
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class PassedGhost:
    """A ghost that could be read and was not taken; `typed` characters have come since."""

    text: str
    typed: int


@dataclass(frozen=True, slots=True)
class Request:
    """A question: what follows `before`? A higher ticket is newer.

    `after` is the rest of the caret's line and the beginning of the next, as far as there are any.
    `passed` are the ghosts that the writer typed past on the way to the caret.
    """

    ticket: int
    before: str
    after: str = ""
    passed: tuple[PassedGhost, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The suggestion for the request of that ticket."""

    ticket: int
    before: str
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Lesson:
    """Settled text that was typed here and kept.

    `accepted` are the spans (start, end, in characters of `text`) that came from accepted
    ghosts: they are context with reduced weight, so that the model does not teach itself.
    `document` names the document (its path, or an id while it has none); `when` is a POSIX
    time.
    """

    text: str
    document: str | None = None
    accepted: tuple[tuple[int, int], ...] = ()
    when: float | None = None


@dataclass(frozen=True, slots=True)
class Teaching:
    """A change to what was learnt from one document.

    `retract` holds the texts of earlier lessons of this document that were revised or deleted,
    `listed` words that the user put on a list by hand, or took from it (None); `renamed` is what
    the document was called before.
    """

    document: str
    lessons: tuple[Lesson, ...] = ()
    retract: tuple[str, ...] = ()
    listed: tuple[tuple[str, WordList | None], ...] = ()
    renamed: str | None = None


@dataclass(frozen=True, slots=True)
class Forgetting:
    """A wish to forget lessons for good: by word, text, document, time, or all.

    `since` and `until` are POSIX times: what was learnt at the first or later, and before the
    second. `delete` is a word that is forgotten, and not offered again until it was written some
    times more. `said`: whether the user is told how many went.

    Of one that waits for another process, `through` is the ordinal of the last lesson that was
    there when it was said; what is learnt later stays, but everything is all lists of words too,
    whenever they were changed. `done`: it waits only for the lessons that waited before it.
    """

    word: str | None = None
    text: str | None = None
    document: str | None = None
    since: float | None = None
    everything: bool = False
    delete: str | None = None
    said: bool = True
    until: float | None = None
    through: int | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """How often a new word is written before it is offered in other documents, and known.

    One that is offered completes what was begun; a known one is a word like any other, which
    is also expected before its first letter. What the user adds by hand is known at once.
    """

    offered: int = field(default=2, metadata={"range": (1, 9)})
    known: int = field(default=3, metadata={"range": (1, 9)})


@dataclass(frozen=True, slots=True)
class LearntWord:
    """A word in small letters that stands in lessons, and the newest of them.

    `times` is how often it stands there, `when` a POSIX time; `own`: the base knows it not.
    """

    word: str
    times: int
    when: float
    document: str | None
    own: bool = True


@dataclass(frozen=True, slots=True)
class LearntPart:
    """What one document taught, or one day: its lessons, their characters, the newest's time.

    `name` is the document's, None where none was named; of a day it is the date, as ISO 8601
    writes it, "" where the time is none that a calendar has. `begins` is the text of its oldest
    lesson.
    """

    name: str | None
    lessons: int
    characters: int
    when: float
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is kept of what was learnt, and where.

    `folder` is "" in memory; `key` says where the key is; `deleted` words are known only by their
    keyed hashes; `waiting` is what other processes have left to be learnt.
    """

    folder: str
    size: int  # bytes
    key: str
    encrypted: bool
    has_passphrase: bool
    writable: bool
    lessons: int
    characters: int
    words: tuple[LearntWord, ...]
    listed: tuple[tuple[str, WordList], ...]
    deleted: int
    documents: tuple[LearntPart, ...]
    days: tuple[LearntPart, ...]
    waiting: int


class Phase(Enum):
    """What the model is doing, for the status bar."""

    LOADING = "loading"
    READY = "ready"
    LEARNING = "learning"
    LOCKED = "locked"  # the profile waits for its passphrase; the base suggests meanwhile
    PAUSED = "paused"  # suggestions come, but what is typed is not kept
    FAILED = "failed"  # no suggestions; the editor goes on editing


@dataclass(frozen=True, slots=True)
class Status:
    """A phase, and a line for the user where there is something to say.

    `left` is how many lessons the weights have yet to read. What is `passing` is news of something
    done: what stood there to be read goes on being so.
    """

    phase: Phase
    message: str = ""
    left: int = 0
    passing: bool = False
