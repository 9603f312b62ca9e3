"""An engine without a model: it answers at once, or when told, what a function says."""

from __future__ import annotations

from collections.abc import Callable

from model.messages import (
    Answer,
    Candidate,
    Eagerness,
    Forgetting,
    Ladder,
    Outcome,
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
