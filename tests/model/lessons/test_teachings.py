from __future__ import annotations

from model.lessons.teachings import screened_teaching
from model.messages import Lesson, Teaching


def test_what_must_not_be_learnt_is_left_out_of_a_teaching() -> None:
    teaching = Teaching(
        "a",
        (
            Lesson("Write to ann@example.org today.", "a", ((25, 31),)),
            Lesson("The password is hunter2x!", "a"),
        ),
        retract=("Write to bob@example.org today.",),
        listed=(("Quill", "added"),),
    )
    assert screened_teaching(teaching) == Teaching(
        "a",
        (Lesson("Write to <email> today.", "a", ((17, 23),)),),
        retract=("Write to <email> today.",),
        listed=(("Quill", "added"),),
    )
