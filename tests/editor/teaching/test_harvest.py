from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.teaching.harvest import Harvester, Settle
from editor.view.paragraphs import Paragraph
from editor.view.provenance import Edit, Origin
from editor.view.units import units
from model.messages import Teaching


class Desk:
    """A document as a plain string, written by hand, and what is learnt from it."""

    def __init__(self, opened: str = "") -> None:
        self.text = opened
        self.caret = 0
        self.harvester = Harvester("letter", units(opened))
        self.learnt: list[str] = []
        self.read: list[str] = []

    def paragraph(self, position: int) -> Paragraph:
        raw = self.text.encode("utf-16-le")
        start = raw[: 2 * position].decode("utf-16-le").rfind("\n") + 1
        end = self.text.find("\n", start)
        text = self.text[start : end if end >= 0 else None]
        self.read.append(text)
        return Paragraph(units(self.text[:start]), units(text), text)

    def write(self, text: str, at: int | None = None, origin: Origin = Origin.TYPED) -> None:
        at = len(self.text) if at is None else at
        self.replace(at, at, text, origin)

    def replace(self, start: int, end: int, text: str, origin: Origin = Origin.TYPED) -> None:
        position, removed = units(self.text[:start]), units(self.text[start:end])
        self.text = self.text[:start] + text + self.text[end:]
        self.caret = position + units(text)
        self.harvester.edited(Edit(position, removed, units(text), origin))

    def change(self, old: str, new: str) -> None:
        start = self.text.index(old)
        self.replace(start, start + len(old), new)

    def settle(self, settle: Settle = Settle.LEFT) -> tuple[Teaching, ...]:
        self.read.clear()
        teachings = self.harvester.harvest(self, self.caret, settle, 1.0)
        for teaching in teachings:
            for text in teaching.retract:
                self.learnt.remove(text)
            self.learnt += [lesson.text for lesson in teaching.lessons]
        return teachings


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
    desk.write("\n")
    desk.settle()
    assert desk.learnt == ["I need some more information"]


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


PIECES = ["I went home. ", "It was late", ". ", "\n", "Thank you all. ", "\U0001f600 ", "why? "]


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
