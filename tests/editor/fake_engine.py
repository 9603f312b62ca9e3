"""An engine without a model: it answers at once, or when told, what a function says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from model.messages import (
    Answer,
    Candidate,
    Eagerness,
    Forgetting,
    Ladder,
    LearntPart,
    LearntWord,
    Outcome,
    Overview,
    Request,
    Suggestion,
    Teaching,
    WordList,
)


def continues(text: str) -> Callable[[str], str]:
    """An oracle that knows `text`: the rest of its current word and the one after."""

    def expect(before: str) -> str:
        line = before.rsplit("\n", 1)[-1]
        if not text.startswith(line):
            return ""
        return text[len(line) :][:40]

    return expect


NOON = datetime.fromisoformat("2026-03-12T12:00").timestamp()
KEPT = Overview(
    folder="/home/me/profile",
    size=1_234_567,
    key="the system keyring",
    encrypted=True,
    has_passphrase=False,
    writable=True,
    lessons=3,
    characters=60,
    words=(
        LearntWord("heron", 7, NOON, "/home/me/a/letter.txt"),
        LearntWord("tessaly", 12, NOON - 86_400, "untitled-1"),
        LearntWord("the", 3, NOON, None),
    ),
    listed=(("moist", "blocked"), ("tessaly", "added")),
    deleted=2,
    documents=(
        LearntPart("/home/me/a/letter.txt", 1, 20, NOON),
        LearntPart("untitled-1", 1, 20, NOON - 86_400, "The heron waits."),
        LearntPart(None, 1, 20, 1e300),
    ),
    days=(
        LearntPart("", 1, 20, 1e300),
        LearntPart("2026-03-11", 1, 20, NOON - 86_400),
        LearntPart("2026-03-12", 1, 20, NOON),
    ),
    waiting=0,
)


class FakeEngine:
    """Keeps what it is asked and taught; `expect` maps a text to its ghost."""

    def __init__(
        self,
        expect: Callable[[str], str],
        on_answer: Callable[[Answer], None] = lambda _: None,
        *,
        at_once: bool = True,
    ) -> None:
        self.expect = expect
        self.on_answer = on_answer
        self.at_once = at_once
        self.candidates: tuple[Candidate, ...] = ()
        self.requests: list[Request] = []
        self.teachings: list[Teaching] = []
        self.outcomes: list[tuple[str, Outcome]] = []
        self.eagerness: Eagerness | None = None
        self.wishes: list[Forgetting] = []
        self.ladder = Ladder()
        self.overview = KEPT
        self.passphrases: list[tuple[str | None, str | None]] = []
        self.closed = False

    def start(self) -> None:
        pass

    def ask(self, request: Request) -> None:
        self.requests.append(request)
        if self.at_once:
            self.answer(request)

    def answer(self, request: Request) -> None:
        suggestion = Suggestion(self.expect(request.before), self.candidates)
        self.on_answer(Answer(request.ticket, request.before, suggestion))

    def teach(self, teaching: Teaching) -> None:
        self.teachings.append(teaching)

    def forget(self, wish: Forgetting) -> None:
        self.wishes.append(wish)

    def feedback(self, suggestion: Suggestion, outcome: Outcome) -> None:
        self.outcomes.append((suggestion.inline, outcome))

    def set_eagerness(self, eagerness: Eagerness) -> None:
        self.eagerness = eagerness

    def set_ladder(self, ladder: Ladder) -> None:
        self.ladder = ladder

    def listed_words(self) -> dict[str, WordList]:
        listed = [pair for teaching in self.teachings for pair in teaching.listed]
        return {word: on for word, on in listed if on is not None}

    def survey(self, then: Callable[[Overview], None]) -> None:
        then(self.overview)

    def unlock(self, passphrase: str) -> None:
        self.passphrases.append((passphrase, None))

    def set_passphrase(self, new: str | None, current: str | None) -> None:
        self.passphrases.append((new, current))

    def close(self) -> None:
        self.closed = True

    @property
    def learnt(self) -> list[str]:
        """The texts that are learnt now, in order."""
        texts: list[str] = []
        for teaching in self.teachings:
            for text in teaching.retract:
                texts.remove(text)
            texts += [lesson.text for lesson in teaching.lessons]
        return texts
