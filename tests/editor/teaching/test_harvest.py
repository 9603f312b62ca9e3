from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.teaching.harvest import Settle
from editor.view.provenance import Origin
from editor.view.units import units
from tests.editor.teaching.desk import PIECES, Desk


def test_a_sentence_is_learnt_once_it_is_left() -> None:
    desk = Desk()
    desk.write("I went home. ")
    desk.settle()
    assert desk.learnt == ["I went home."]
    desk.write("Then I")
    desk.settle()
    assert desk.learnt == ["I went home."]


def test_a_line_is_left_by_its_end() -> None:
    desk = Desk()
    desk.write("Dear Sir or Madam\n")
    desk.settle()
    assert desk.learnt == ["Dear Sir or Madam"]


def test_the_sentence_at_the_caret_waits_for_the_user_to_look_elsewhere() -> None:
    desk = Desk()
    desk.write("I went home.")
    assert desk.settle() == ()
    desk.settle(Settle.PAUSED)
    assert desk.learnt == ["I went home."]


def test_an_unfinished_sentence_waits_for_a_save() -> None:
    desk = Desk()
    desk.write("I was going to")
    assert desk.settle(Settle.PAUSED) == ()
    desk.write(" ")
    desk.settle(Settle.ALL)
    assert desk.learnt == ["I was going to"]
    desk.write("the shop. ")
    desk.settle()
    assert desk.learnt == ["I was going to the shop."]


def test_a_word_that_may_be_half_of_one_waits_until_the_caret_has_left_it() -> None:
    desk = Desk()
    desk.write("I need some more inf")
    desk.settle(Settle.ALL)
    assert desk.learnt == ["I need some more"]
    desk.write("ormation")
    assert desk.settle(Settle.ALL) == ()
    desk.caret = 0
    desk.settle(Settle.ALL)
    assert desk.learnt == ["I need some more information"]


def test_a_sentence_that_was_taught_and_goes_on_is_taught_once() -> None:
    desk = Desk()
    desk.write("I am going home")
    desk.caret = 0
    desk.settle(Settle.ALL)
    assert desk.learnt == ["I am going home"]
    desk.caret = len(desk.text)
    assert desk.settle(Settle.ALL) == ()
    desk.write("s")
    desk.settle(Settle.ALL)
    assert desk.learnt == ["I am going"]


def test_saving_twice_teaches_nothing_twice() -> None:
    desk = Desk()
    desk.write("One sentence here. Another one there. ")
    assert len(desk.settle(Settle.ALL)[0].lessons) == 2
    assert desk.settle(Settle.ALL) == ()
    desk.write("More")
    assert desk.settle(Settle.ALL) == ()


def test_a_revised_sentence_takes_the_place_of_its_lesson() -> None:
    desk = Desk()
    desk.write("I went home. It was late. ")
    desk.settle()
    desk.change("home", "to town")
    assert desk.settle() == ()
    (teaching,) = desk.settle(Settle.ALL)
    assert teaching.retract == ("I went home.",)
    assert desk.learnt == ["It was late.", "I went to town."]


def test_a_deleted_sentence_is_taken_back() -> None:
    desk = Desk()
    desk.write("I went home. It was late. ")
    desk.settle()
    desk.change("I went home. ", "")
    desk.caret = units(desk.text)
    desk.settle()
    assert desk.learnt == ["It was late."]


def test_a_deleted_line_is_taken_back() -> None:
    desk = Desk()
    desk.write("I went home.\nIt was late.\nBye for now.\n")
    desk.settle()
    desk.change("It was late.\n", "")
    desk.caret = units(desk.text)
    desk.settle()
    assert desk.learnt == ["I went home.", "Bye for now."]


def test_what_comes_back_unchanged_was_never_away() -> None:
    desk = Desk()
    desk.write("I went home. It was late. ")
    desk.settle()
    desk.change("went", "walked")
    desk.change("walked", "went")
    desk.caret = units(desk.text)
    assert desk.settle() == ()


def test_a_sentence_moved_elsewhere_is_still_known() -> None:
    desk = Desk()
    desk.write("I went home. It was late. ")
    desk.settle()
    desk.change("I went home. ", "")
    desk.write("I went home. ", origin=Origin.FOREIGN)
    assert desk.settle() == ()
    assert desk.learnt == ["I went home.", "It was late."]


def test_the_same_sentence_is_learnt_once_and_kept_while_one_stands() -> None:
    desk = Desk()
    desk.write("Thank you. Thank you. ")
    desk.settle()
    assert desk.learnt == ["Thank you."]
    desk.change("Thank you. ", "")
    desk.caret = units(desk.text)
    assert desk.settle() == ()
    desk.change("Thank you. ", "")
    desk.settle()
    assert desk.learnt == []


def test_opened_and_pasted_text_is_never_learnt() -> None:
    desk = Desk("It stood here. And this too.\n")
    desk.write("Somebody wrote this elsewhere. ", origin=Origin.FOREIGN)
    desk.change("stood", "has stood")
    desk.settle(Settle.ALL)
    assert desk.learnt == []


def test_a_pasted_word_makes_a_sentence_foreign_a_pasted_dash_does_not() -> None:
    desk = Desk()
    for pasted in ("hunter2", "—"):
        desk.write("We can go there now ")
        desk.write(pasted, origin=Origin.FOREIGN)
        desk.write(" or never.\n")
    desk.settle()
    assert desk.learnt == ["We can go there now — or never."]


def test_accepted_ghosts_are_marked_in_characters() -> None:
    desk = Desk()
    desk.write("\U0001f600 Hi. \U0001f600 I went ")
    desk.write("home ", origin=Origin.ACCEPTED)
    desk.write("today. ")
    (teaching,) = desk.settle()
    (lesson,) = teaching.lessons
    start, end = lesson.accepted[0]
    assert lesson.text[start:end] == "home "
    assert (lesson.document, lesson.when) == ("letter", 1.0)


def test_a_word_alone_is_no_lesson() -> None:
    desk = Desk()
    desk.write("Yes.\n12 34 56.\nOK then\n")
    desk.settle()
    assert desk.learnt == []


def test_a_lesson_is_taken_back_under_the_name_it_was_given() -> None:
    desk = Desk()
    desk.write("I went home. It was late. ")
    desk.settle()
    desk.harvester.document = "/letter.txt"
    desk.change("It was late. ", "It was early. ")
    teachings = desk.settle(Settle.ALL)
    assert {(t.document, t.retract, len(t.lessons)) for t in teachings} == {
        ("letter", ("It was late.",), 0),
        ("/letter.txt", (), 1),
    }


def test_what_was_written_while_learning_was_off_stays_unlearnt() -> None:
    desk = Desk()
    desk.write("I went home. ")
    desk.harvester.disown()
    desk.write("It was late. ")
    desk.settle()
    assert desk.learnt == ["It was late."]


def test_only_touched_paragraphs_are_read() -> None:
    desk = Desk("A line of an old file.\n" * 1000)
    desk.write("New one here.\n", at=0)
    desk.settle()
    assert len(desk.read) <= 2
    desk.write("A large paste.\n" * 1000, at=0, origin=Origin.FOREIGN)
    desk.settle()
    assert len(desk.read) <= 3
    assert desk.learnt == ["New one here."]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 12), st.sampled_from(["", *PIECES]), st.booleans()
        ),
        max_size=25,
    )
)
def test_in_the_end_exactly_the_sentences_that_stand_there_are_learnt(
    edits: list[tuple[float, int, str, bool]],
) -> None:
    desk = Desk()
    for place, removed, text, settle in edits:
        start = round(place * len(desk.text))
        desk.replace(start, min(start + removed, len(desk.text)), text)
        if settle:
            desk.settle()
    fresh = Desk()
    fresh.write(desk.text)
    for one in (desk, fresh):
        one.caret = 0  # else a word that is being written at its end would wait
        one.settle(Settle.ALL)
    assert sorted(desk.learnt) == sorted(fresh.learnt)
