"""A lesson as the network reads it: tokens, and which of them are learnt from.

Not learnt from: what was accepted, half a word at the end of an unfinished sentence, and what
is no text at all (random bytes take more tokens than characters).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from model.messages import Lesson
from model.text import fold, pretokens, view, word_tail, words_of
from model.tokens import Tokens

LESSON_TOKENS = 256


@dataclass(frozen=True, slots=True)
class Reading:
    """Token ids from a line end on, where to learn from them, and the typed words."""

    ids: tuple[int, ...]
    learn: tuple[bool, ...]
    words: tuple[str, ...]


def read(
    tokens: Tokens,
    text: str,
    accepted: Sequence[tuple[int, int]],
    listed: Collection[str] = (),
) -> Reading:
    """Read a lesson's text; tokens and words in the `accepted` spans are not learnt from.

    Nor is a last word that nothing follows, unless it is one of the `listed` words.
    """
    accepted = [*accepted, *_half_word(text, listed)]
    viewed = view(text)
    spans = [(viewed.place(start), viewed.place(end)) for start, end in accepted]
    ids, learn = [tokens.newline], [False]
    position = 0
    for pretoken in pretokens(viewed.text):
        part = tokens.encode(pretoken)
        ends = accumulate(len(tokens.surfaces[token]) for token in part)
        places = [position + end for end in ends]
        position += len(pretoken)
        if places[-1] != position:  # spelled in bytes, or a placeholder: all or nothing
            places = [position] * len(part)
        ids += part
        learn += [not any(start < place <= end for start, end in spans) for place in places]
    if len(ids) > len(text) + 2:
        return Reading(tuple(ids), (False,) * len(ids), ())
    return Reading(tuple(ids), tuple(learn), _typed_words(text, accepted))


def _half_word(text: str, listed: Collection[str]) -> list[tuple[int, int]]:
    """Where a last word stands that may be half a word; no span where it is none."""
    word = word_tail(text)
    if not word or word in listed or word.lower() in listed:
        return []
    return [(len(text) - len(word), len(text))]


def _typed_words(text: str, accepted: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    for start, end in sorted(accepted, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return tuple(word.lower() for word in words_of(fold(text)))


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
