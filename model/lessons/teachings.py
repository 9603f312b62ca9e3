"""What may be learnt of a teaching: the same with a model and without one."""

from __future__ import annotations

from dataclasses import replace

from model.lessons.filters import screen
from model.messages import Lesson, Teaching


def screened_teaching(teaching: Teaching) -> Teaching:
    """A teaching without what must not be learnt; lessons of which nothing is left are gone."""
    lessons = (_screened(lesson) for lesson in teaching.lessons)
    return replace(
        teaching,
        lessons=tuple(lesson for lesson in lessons if lesson is not None),
        retract=tuple(screen(text).text for text in teaching.retract),
    )


def _screened(lesson: Lesson) -> Lesson | None:
    part = screen(lesson.text, lesson.accepted)
    return replace(lesson, text=part.text, accepted=part.accepted) if part.text.strip() else None
