from __future__ import annotations

from collections import Counter
from dataclasses import replace

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model.learning.counts import UserCounts
from model.learning.gates import Gates
from model.learning.reading import ACCEPTED, Reading

SIZE = 12


def reading(ids: list[int], weights: list[float]) -> Reading:
    return Reading(tuple(ids), tuple(weights), tuple(f"w{i}" for i in ids))


LESSONS = st.lists(
    st.lists(st.integers(0, SIZE - 1), min_size=1, max_size=8).map(
        lambda ids: reading(ids, [(0.0, ACCEPTED, 1.0)[i % 3] for i in ids])
    ),
    max_size=6,
)
CONTEXT = st.lists(st.integers(0, SIZE - 1), max_size=6)


def uniform() -> torch.Tensor:
    return torch.full((SIZE,), 1.0 / SIZE)


@settings(deadline=None)
@given(LESSONS, CONTEXT)
def test_a_blend_is_a_distribution(lessons: list, context: list[int]) -> None:
    counts = UserCounts(SIZE)
    for lesson in lessons:
        counts.add(lesson)
    blended = counts.blend(uniform(), context)
    assert abs(float(blended.sum()) - 1.0) < 1e-4
    assert float(blended.min()) >= 0.0


WORDS = st.lists(st.text("ab'\u0159", min_size=1, max_size=4), max_size=8)


@settings(deadline=None)
@given(WORDS, WORDS, st.text("ab'\u0159", max_size=3))
def test_words_are_found_by_how_they_begin(kept: list, gone: list, letters: str) -> None:
    counts = UserCounts(SIZE)
    for words in (kept, gone):
        counts.add(Reading((), (), tuple(words)))
    counts.remove(Reading((), (), tuple(gone)))
    found = counts.beginning(letters)
    assert sorted(found) == sorted({word for word in kept if word.startswith(letters)})
    assert counts.words == Counter(kept)


def written(*words: str) -> Reading:
    return Reading((), (), words)


def test_it_is_known_how_a_word_was_written_until_it_is_taken_away() -> None:
    counts, untouched = UserCounts(SIZE), UserCounts(SIZE)
    untouched.add(written("other"))
    lessons = [written("McAdam", "McAdam", "MCADAM"), written("mcadam", "Mcadam"), written("other")]
    for lesson in lessons:
        counts.add(lesson)
    assert counts.spellings("mcadam") == {"McAdam": 2, "MCADAM": 1, "mcadam": 2}
    assert counts.spellings("other") == counts.spellings("never") == {}
    counts.remove(lessons[1])
    assert counts.spellings("mcadam") == {"McAdam": 2, "MCADAM": 1}
    counts.remove(lessons[0])
    assert counts.spellings("mcadam") == {}
    assert vars(counts)["_spellings"] == {}
    assert counts.digest() == untouched.digest()


def test_how_words_are_written_is_no_part_of_the_digest() -> None:
    loud, quiet = UserCounts(SIZE), UserCounts(SIZE)
    loud.add(written("McAdam"))
    quiet.add(written("mcadam"))
    assert loud.digest() == quiet.digest()


@settings(deadline=None)
@given(LESSONS, LESSONS, CONTEXT)
def test_what_is_taken_away_was_never_there(kept: list, gone: list, context: list[int]) -> None:
    once, both = UserCounts(SIZE), UserCounts(SIZE)
    for lesson in kept:
        once.add(lesson)
    for lesson in kept + gone:
        both.add(lesson)
    for lesson in reversed(gone):
        both.remove(lesson)
    assert torch.equal(once.blend(uniform(), context), both.blend(uniform(), context))
    assert once.words == both.words


@settings(deadline=None)
@given(LESSONS, LESSONS, CONTEXT)
def test_prose_and_all_else_are_counted_apart(prose: list, other: list, context: list[int]) -> None:
    both, alone = UserCounts(SIZE), UserCounts(SIZE)
    for lesson in prose:
        both.add(lesson)
        alone.add(lesson)
    for lesson in other:
        both.add(replace(lesson, prose=False))
    assert torch.equal(both.blend(uniform(), context), alone.blend(uniform(), context))
    for lesson in prose:
        both.remove(lesson)
    apart = UserCounts(SIZE)
    for lesson in other:
        apart.add(replace(lesson, prose=False))
    assert both.digest() == apart.digest()


def test_what_followed_in_code_is_expected_in_code() -> None:
    counts = UserCounts(SIZE)
    counts.add(replace(reading([1, 2, 3], [1.0, 1.0, 1.0]), prose=False))
    assert float(counts.blend(uniform(), [1, 2], prose=False)[3]) > 1.0 / SIZE
    assert torch.equal(counts.blend(uniform(), [1, 2]), uniform())


def test_nothing_learnt_leaves_the_network_alone() -> None:
    probabilities = torch.rand(SIZE)
    assert UserCounts(SIZE).blend(probabilities, [1, 2]) is probabilities


def test_a_phrase_seen_once_is_expected_again() -> None:
    counts = UserCounts(SIZE)
    counts.add(reading([1, 2, 3, 4], [1.0] * 4))
    blended = counts.blend(uniform(), [9, 1, 2, 3])
    assert int(blended.argmax()) == 4
    assert float(blended[4]) > 0.3


def test_tokens_without_weight_are_context_but_not_counted() -> None:
    counts = UserCounts(SIZE)
    counts.add(reading([1, 2, 3], [1, 0, 1]))
    assert float(counts.blend(uniform(), [1])[2]) <= 1.0 / SIZE
    assert float(counts.blend(uniform(), [1, 2])[3]) > 1.0 / SIZE


def test_what_was_accepted_counts_by_half_and_as_often_as_typed() -> None:
    counts, none = UserCounts(SIZE), UserCounts(SIZE)
    counts.add(reading([1, 2], [1, 1]))
    seen = []
    for _ in range(4):
        counts.add(reading([1, 2], [0, ACCEPTED]))
        seen.append(counts.tallies([1], 2, none)[1].own)
    assert seen == [1.5, 2.0, 2.0, 2.0]


def test_what_nobody_typed_does_not_count() -> None:
    counts, none = UserCounts(SIZE), UserCounts(SIZE)
    for _ in range(4):
        counts.add(reading([1, 2, 3], [1, ACCEPTED, ACCEPTED]))
    assert counts.tallies([1], 2, none) == counts.tallies([], 2, none) == [(4, 0, 0)]


@settings(deadline=None)
@given(LESSONS, LESSONS, CONTEXT, st.integers(0, SIZE - 1))
def test_tallies_leave_out_what_is_ahead(
    past: list, ahead: list, context: list[int], token: int
) -> None:
    counts, rest, alone = UserCounts(SIZE), UserCounts(SIZE), UserCounts(SIZE)
    for lesson in past:
        counts.add(lesson)
        alone.add(lesson)
    for lesson in ahead:
        counts.add(lesson)
        rest.add(lesson)
    none = UserCounts(SIZE)
    assert counts.tallies(context, token, rest) == alone.tallies(context, token, none)


@settings(deadline=None)
@given(LESSONS, CONTEXT, st.integers(0, SIZE - 1))
def test_one_token_scored_is_the_blend_at_it(lessons: list, context: list[int], token: int) -> None:
    counts, gates = UserCounts(SIZE), Gates([0.5, -1.0, 0.0, 1.0, 2.0])
    for lesson in lessons:
        counts.add(lesson)
    counts.believe(gates)
    tallies = counts.tallies(context, token, UserCounts(SIZE))
    expected = float(counts.blend(uniform(), context)[token])
    assert abs(gates.chance(1.0 / SIZE, tallies) - expected) < 1e-6
