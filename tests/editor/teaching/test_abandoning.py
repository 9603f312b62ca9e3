"""What becomes of lessons where the document is discarded, and where it is had back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.teaching.harvest import Settle
from editor.view.provenance import Origin
from editor.view.units import units
from model.messages import Teaching
from tests.editor.teaching.desk import PIECES, Desk


def test_what_was_not_saved_can_be_abandoned() -> None:
    desk = Desk()
    desk.write("I went home. ")
    desk.settle()
    desk.harvester.keep()
    desk.write("It rained. Then it rained. I went home. ")
    desk.settle()
    assert desk.learnt == ["I went home.", "It rained.", "Then it rained."]
    (teaching,) = desk.harvester.abandon()
    assert teaching == Teaching("letter", retract=("It rained.", "Then it rained."))
    assert desk.settle() == ()  # and it stays so
    assert desk.harvester.abandon() == ()


def test_what_is_had_back_is_learnt_again_and_nothing_twice() -> None:
    desk = Desk("It stood here. ")
    desk.write("I went home. ")
    desk.settle()
    desk.harvester.keep()
    desk.write("It rained. ")
    desk.settle()
    desk.harvester.abandon()
    desk.learnt.clear()
    desk.harvester.begin_again()
    desk.settle()
    assert desk.learnt == ["It rained."]


def saved(*sentences: str) -> Desk:
    """A document that was saved with these sentences, which are learnt."""
    desk = Desk()
    for sentence in sentences:
        desk.write(f"{sentence} ")
    desk.settle(Settle.ALL)
    desk.harvester.keep()
    return desk


def discard(desk: Desk) -> None:
    for teaching in desk.harvester.abandon():
        for text in teaching.retract:
            desk.learnt.remove(text)
        desk.learnt += [lesson.text for lesson in teaching.lessons]


def edit_and_settle(desk: Desk, old: str, new: str) -> None:
    desk.change(old, new)
    desk.caret = units(desk.text)
    desk.settle()


def test_a_discarded_edit_leaves_the_lesson_of_the_sentence_in_the_file() -> None:
    desk = saved("I went home.", "It was late.")
    edit_and_settle(desk, "home", "to town")
    assert desk.learnt == ["It was late.", "I went to town."]
    discard(desk)
    assert sorted(desk.learnt) == ["I went home.", "It was late."]
    assert desk.harvester.abandon() == ()


def test_it_is_taught_again_as_it_was() -> None:
    desk = Desk()
    desk.write("I went ")
    desk.write("home", origin=Origin.ACCEPTED)
    desk.write(". ")
    (first,) = desk.settle()
    desk.harvester.keep()
    edit_and_settle(desk, "I went", "He ran")
    (teaching,) = desk.harvester.abandon()
    assert teaching.lessons == first.lessons
    assert teaching.lessons[0].accepted == ((7, 11),)


def test_what_was_deleted_or_edited_twice_is_restored_once() -> None:
    desk = saved("I went home.", "It was late.")
    edit_and_settle(desk, "It was late. ", "")
    edit_and_settle(desk, "home", "to town")
    edit_and_settle(desk, "to town", "home")
    edit_and_settle(desk, "home", "away")
    discard(desk)
    assert sorted(desk.learnt) == ["I went home.", "It was late."]


def test_after_a_save_the_edit_is_what_is_kept() -> None:
    desk = saved("I went home.")
    edit_and_settle(desk, "home", "to town")
    desk.harvester.keep()
    discard(desk)
    assert desk.learnt == ["I went to town."]


def test_what_is_had_back_takes_the_place_of_what_was_restored() -> None:
    desk = saved("I went home.", "It was late.")
    edit_and_settle(desk, "home", "to town")
    discard(desk)
    desk.harvester.begin_again()
    desk.settle()
    assert sorted(desk.learnt) == ["I went to town.", "It was late."]
    discard(desk)  # once more
    assert sorted(desk.learnt) == ["I went home.", "It was late."]
    desk.harvester.begin_again()
    edit_and_settle(desk, "to town", "home")
    assert sorted(desk.learnt) == ["I went home.", "It was late."]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 12), st.sampled_from(["", *PIECES]), st.booleans()
        ),
        max_size=12,
    )
)
def test_a_discard_leaves_exactly_what_the_save_left(
    edits: list[tuple[float, int, str, bool]],
) -> None:
    desk = saved("I went home.", "It was late.", "Thank you all.")
    before = sorted(desk.learnt)
    for place, removed, text, settle in edits:
        start = round(place * len(desk.text))
        desk.replace(start, min(start + removed, len(desk.text)), text)
        if settle:
            desk.settle()
    discard(desk)
    assert sorted(desk.learnt) == before
