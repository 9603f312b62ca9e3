"""A lesson as the network reads it: tokens, and how far each of them is learnt from.

What was accepted weighs half: it was the program's wording, but the user kept it. Not learnt
from: half a word at the end of an unfinished sentence, and what is no text at all (random bytes
take more tokens than characters).

What is not prose of the base's language, but another language or source code, is counted apart,
and moves no weights: it would cost the user's prose more than it could give.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from model.messages import Lesson
from model.text import fold, pretokens, view, word_tail, words_of
from model.tokens import Tokens

LESSON_TOKENS = 256
ACCEPTED = 0.5  # the weight of a token that was accepted; one that was typed has 1

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """Token ids from a line end on, how far each is learnt from (0 to 1), and the typed words.

    `prose`: whether it is in the base's language, and no source code.
    """

    ids: tuple[int, ...]
    weights: tuple[float, ...]
    words: tuple[str, ...]
    prose: bool = True


def read(
    tokens: Tokens,
    text: str,
    accepted: Sequence[Span],
    listed: Collection[str] = (),
    *,
    prose: bool = True,
) -> Reading:
    """Read a lesson's text; tokens in the `accepted` spans weigh less, and words there nothing.

    Nor does a last word that nothing follows, unless it is one of the `listed` words.
    """
    half = _half_word(text, listed)
    viewed = view(text)
    lighter = [(viewed.place(start), viewed.place(end)) for start, end in accepted]
    left_out = [(viewed.place(start), viewed.place(end)) for start, end in half]
    ids, weights = [tokens.newline], [0.0]
    position = 0
    for pretoken in pretokens(viewed.text):
        part = tokens.encode(pretoken)
        ends = accumulate(len(tokens.surfaces[token]) for token in part)
        places = [position + end for end in ends]
        position += len(pretoken)
        if places[-1] != position:  # spelled in bytes, or a placeholder: all or nothing
            places = [position] * len(part)
        ids += part
        weights += [
            0.0 if _within(place, left_out) else ACCEPTED if _within(place, lighter) else 1.0
            for place in places
        ]
    if len(ids) > len(text) + 2:
        return Reading(tuple(ids), (0.0,) * len(ids), (), prose)
    return Reading(tuple(ids), tuple(weights), _typed_words(text, [*accepted, *half]), prose)


def _within(place: int, spans: Sequence[Span]) -> bool:
    """Whether a token that ends at `place` has its last character in one of the spans."""
    return any(start < place <= end for start, end in spans)


def _half_word(text: str, listed: Collection[str]) -> list[Span]:
    """Where a last word stands that may be half a word; no span where it is none."""
    word = word_tail(text)
    if not word or word in listed or word.lower() in listed:
        return []
    return [(len(text) - len(word), len(text))]


def _typed_words(text: str, accepted: Sequence[Span]) -> tuple[str, ...]:
    for start, end in sorted(accepted, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return tuple(words_of(fold(text)))


def fitting(tokens: Tokens, lessons: Sequence[Lesson]) -> list[Lesson]:
    """Lessons as the journal takes them: those of too many tokens cut in two, and so on."""
    parts: list[Lesson] = []
    for lesson in lessons:
        if len(tokens.encode(view(lesson.text).text)) <= LESSON_TOKENS:
            parts.append(lesson)
        else:
            parts += fitting(tokens, _halves(lesson))
    return parts


def _halves(lesson: Lesson) -> list[Lesson]:
    """A lesson cut in two at the blank nearest to its middle, accepted spans and all."""
    text, middle = lesson.text, len(lesson.text) // 2
    blanks = [place for place, character in enumerate(text) if character.isspace() and place]
    cut = min(blanks, key=lambda place: abs(place - middle), default=middle)
    return [_part(lesson, 0, cut), _part(lesson, cut, len(text))]


def _part(lesson: Lesson, start: int, end: int) -> Lesson:
    spans = ((max(a, start) - start, min(b, end) - start) for a, b in lesson.accepted)
    accepted = tuple((a, b) for a, b in spans if a < b)
    return replace(lesson, text=lesson.text[start:end], accepted=accepted)
