from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from editor.view.provenance import REMEMBERED_STEPS, Edit, Origin, Provenance

EDITS = st.lists(
    st.tuples(
        st.integers(0, 60), st.integers(0, 20), st.integers(0, 10), st.sampled_from(list(Origin))
    ),
    max_size=40,
)


def letters(provenance: Provenance) -> list[Origin]:
    spans = provenance.spans(0, provenance.length)
    return [span.origin for span in spans for _ in range(span.end - span.start)]


def apply(plain: list[Origin], edit: Edit) -> list[Origin]:
    assert edit.origin is not None
    end = edit.position + edit.removed
    return plain[: edit.position] + [edit.origin] * edit.added + plain[end:]


@given(st.integers(0, 40), EDITS)
def test_it_is_a_map_of_every_character(
    length: int, edits: list[tuple[int, int, int, Origin]]
) -> None:
    provenance, plain = Provenance(length), [Origin.FOREIGN] * length
    for position, removed, added, origin in edits:
        start = min(position, len(plain))
        edit = Edit(start, min(removed, len(plain) - start), added, origin)
        plain = apply(plain, edit)
        provenance.apply(edit)
        assert letters(provenance) == plain
        assert provenance.length == len(plain)
    spans = provenance.spans(0, provenance.length)
    pairs = pairwise(spans)
    assert all(one.end == two.start and one.origin is not two.origin for one, two in pairs)


@given(st.integers(0, 30), st.integers(0, 40), st.integers(0, 40), EDITS)
def test_a_part_is_what_the_whole_says_of_it(
    length: int, start: int, end: int, edits: list[tuple[int, int, int, Origin]]
) -> None:
    provenance = Provenance(length)
    for position, removed, added, origin in edits:
        at = min(position, provenance.length)
        provenance.apply(Edit(at, min(removed, provenance.length - at), added, origin))
    spans = provenance.spans(start, end)
    part = [span.origin for span in spans for _ in range(span.end - span.start)]
    assert part == letters(provenance)[start:end]


@given(
    st.lists(st.sampled_from(["type", "accept", "paste", "delete", "undo", "redo"]), max_size=60)
)
def test_undo_and_redo_bring_back_what_was(deeds: list[str]) -> None:
    provenance = Provenance(5)
    past: list[list[Origin]] = [[Origin.FOREIGN] * 5]
    step = 0
    origins = {"type": Origin.TYPED, "accept": Origin.ACCEPTED, "paste": Origin.FOREIGN}
    for deed in deeds:
        plain = past[step]
        if deed in ("undo", "redo"):
            to = step + (1 if deed == "redo" else -1)
            if not 0 <= to < len(past):
                continue
            provenance.apply(Edit(0, len(plain), len(past[to]), None, to))
        else:
            removed = min(2, len(plain)) if deed == "delete" else 0
            added = 0 if deed == "delete" else 3
            to = step + 1
            edit = Edit(len(plain) // 3, removed, added, origins.get(deed, Origin.TYPED), to)
            if edit.position + removed > len(plain):
                continue
            provenance.apply(edit)
            past[to:] = [apply(plain, edit)]
        step = to
        assert letters(provenance) == past[step]


def test_typing_that_joins_a_step_is_part_of_it() -> None:
    provenance = Provenance()
    for number in range(3):
        provenance.apply(Edit(number, 0, 1, Origin.TYPED, 1))
    provenance.apply(Edit(3, 0, 4, Origin.ACCEPTED, 2))
    provenance.apply(Edit(3, 4, 0, None, 1))
    assert letters(provenance) == [Origin.TYPED] * 3
    provenance.apply(Edit(3, 0, 1, Origin.FOREIGN, 1))
    provenance.apply(Edit(0, 4, 7, None, 2))
    assert letters(provenance) == [Origin.FOREIGN] * 7


def test_a_step_that_is_not_remembered_brings_back_foreign_text() -> None:
    provenance = Provenance()
    for step in range(1, REMEMBERED_STEPS + 10):
        provenance.apply(Edit(step - 1, 0, 1, Origin.TYPED, step))
    provenance.apply(Edit(0, provenance.length, 2, None, 2))
    assert letters(provenance) == [Origin.FOREIGN] * 2


def test_disowned_text_is_foreign_for_ever() -> None:
    provenance = Provenance()
    provenance.apply(Edit(0, 0, 5, Origin.TYPED, 1))
    provenance.disown()
    provenance.apply(Edit(5, 0, 5, Origin.TYPED, 2))
    provenance.apply(Edit(5, 5, 0, None, 1))
    assert letters(provenance) == [Origin.FOREIGN] * 5


def test_a_large_document_is_one_stretch() -> None:
    provenance = Provenance(50_000_000)
    assert len(provenance.spans(0, 50_000_000)) == 1
