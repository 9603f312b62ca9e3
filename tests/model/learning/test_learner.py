from __future__ import annotations

import random
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from model.base import BaseModel
from model.learning.counts import UserCounts
from model.learning.learner import Learner
from model.learning.reading import ACCEPTED, LESSON_TOKENS
from model.messages import Lesson, Teaching
from model.predictor import Predictor
from model.profile.exchange import export_profile, import_profile
from model.profile.inbox import Inbox
from model.profile.journal import Journal
from model.profile.store import Profile

LESSONS = [
    Lesson("Zarethia climbed the stairs and lit the lamp.", "a"),
    Lesson("The ships passed Zarethia and she waved.", "a", accepted=((4, 9),)),
    Lesson("A letter came from Zarethia in the morning.", "b"),
    Lesson("She made a pot of tea for the gulls.", None),
]


def learner_on(toy: BaseModel, profile: Profile) -> Learner:
    return Learner(toy, UserCounts(toy.tokens.size), Journal(profile))


def taught(toy: BaseModel, lessons: list[Lesson]) -> str:
    with Profile.open(None) as profile:
        learner = learner_on(toy, profile)
        learner.take(lessons)
        learner.fold_all()
        return learner.fingerprint()


def test_weights_move_and_only_the_upper_layer(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        learner.take(LESSONS)
        assert learner.backlog == len(LESSONS)
        learner.fold_all()
        assert learner.backlog == 0
        home, changes = toy_base.floats(), learner.changes()
        moved = {
            name for name in home.keys() & changes if not torch.equal(home[name], changes[name])
        }
        assert moved == {name for name in home if name.endswith("_l1")}
        assert changes.keys() == moved | {"bias_change"}


def test_it_predicts_what_it_read_better_than_before(toy_base: BaseModel) -> None:
    text = "Zarethia climbed the stairs."
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        before = loss_of(learner, text)
        learner.take([Lesson(text)] * 3)
        learner.fold_all()
        assert loss_of(learner, text) < before


def loss_of(learner: Learner, text: str) -> float:
    """Of the network with the layer that moved, and the base's own bias."""
    tokens, base = learner._tokens, learner._base
    ids = torch.tensor([tokens.document, *tokens.encode(" " + text)])
    network = base.network()
    network.load_state_dict(learner.changes(), strict=False)
    with torch.no_grad():
        hidden, _ = network(ids[None, :-1], network.initial_state(1))
        return float(torch.nn.functional.cross_entropy(network.logits(hidden[0]), ids[1:]))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 32), st.booleans())
@example(866, True)  # two windows that begin with the same record, and sample otherwise
def test_pauses_kills_and_forgetting_leave_what_survives(
    toy_base: BaseModel, tmp_path_factory: pytest.TempPathFactory, seed: int, outgrown: bool
) -> None:
    dice = random.Random(seed)
    folder = tmp_path_factory.mktemp("profile")
    profile = Profile.open(folder)
    with pytest.MonkeyPatch.context() as patch:
        if outgrown:  # the journal does, both windows
            patch.setattr("model.learning.learner.WEIGHTS_READ", 100)
            patch.setattr("model.learning.learner.COUNTS_READ", 200)
            patch.setattr("model.learning.window._SAMPLE", 40)
        learner = learner_on(toy_base, profile)
        waiting = LESSONS * 2
        while waiting or learner.backlog:
            act = dice.choice(["take", "fold", "fold", "save", "kill", "forget", "rename"])
            if act == "take" and waiting:
                learner.take([waiting.pop(0)])
            elif act == "fold":
                learner.fold_next()
            elif act == "save":
                learner.save()
            elif act == "kill":  # nothing is saved on the way out
                profile.close()
                profile = Profile.open(folder)
                learner = learner_on(toy_base, profile)
            elif act == "rename" and dice.randrange(4) == 0:
                learner.rename(dice.choice("abc"), dice.choice("abc"))
            elif act == "forget" and dice.randrange(4) == 0:
                ordinals = [record.ordinal for record in learner._journal.records()]
                if ordinals:
                    gone = learner._journal.record(dice.choice(ordinals))
                    forget = partial(learner._journal.retract, gone.document, [gone.text])
                    assert learner.drop(forget) == 1
        survivors = [
            Lesson(record.text, record.document, record.accepted)
            for record in learner._journal.records()
        ]
        assert learner.fingerprint() == taught(toy_base, survivors)
    profile.close()


def test_a_fingerprint_can_differ(toy_base: BaseModel) -> None:
    assert taught(toy_base, LESSONS) != taught(toy_base, LESSONS[:-1])


def test_an_older_sentence_revised_goes_on_from_the_checkpoint_before_it(
    toy_base: BaseModel, tmp_path: Path
) -> None:
    with Profile.open(tmp_path) as profile:
        learner = learner_on(toy_base, profile)
        for lesson in LESSONS:
            learner.take([lesson])
            learner.fold_all()
            learner.save()
        learner.revise("b", [LESSONS[2].text], [])
        assert learner.backlog == 1  # the last lesson, and not the first two again
        learner.fold_all()
        assert learner.fingerprint() == taught(toy_base, [*LESSONS[:2], LESSONS[3]])


@pytest.mark.parametrize("read", [0, 2, 4])
def test_a_sentence_that_takes_the_place_of_a_read_one_is_read_once(
    toy_base: BaseModel, read: int
) -> None:
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        learner.take(LESSONS)
        for _ in range(read):
            learner.fold_next()
        revised = Lesson("The ships passed and Zarethia slept.", "a", accepted=((4, 9),))
        learner.revise("a", [LESSONS[1].text], [revised])
        assert learner.backlog == len(LESSONS)  # no checkpoint is as old as what went
        learner.fold_all()
        assert learner.fingerprint() == taught(toy_base, [LESSONS[0], *LESSONS[2:], revised])


def test_what_is_taken_back_leaves_no_trace(toy_base: BaseModel, tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:
        learner = learner_on(toy_base, profile)
        learner.take(LESSONS)
        learner.fold_all()
        learner.save()
        learner.revise("a", [LESSONS[1].text], [])
        learner.fold_all()
        survivors = [LESSONS[0], *LESSONS[2:]]
        assert learner.fingerprint() == taught(toy_base, survivors)


def test_a_checkpoint_of_another_base_is_not_used(toy_base: BaseModel, tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:
        learner = learner_on(toy_base, profile)
        learner.take(LESSONS)
        learner.fold_all()
        learner.save()
        other = BaseModel(
            toy_base.config,
            toy_base.tokens,
            toy_base.words,
            toy_base.tensors,
            {**toy_base.description, "sha256": "another"},
        )
        again = learner_on(other, profile)
        assert again.backlog == len(LESSONS)


@pytest.mark.parametrize("damage", [b"", b"garbage" * 9])
def test_a_damaged_checkpoint_is_folded_again(
    toy_base: BaseModel, tmp_path: Path, damage: bytes
) -> None:
    with Profile.open(tmp_path) as profile:
        learner = learner_on(toy_base, profile)
        learner.take(LESSONS)
        learner.fold_all()
        learner.save()
        expected = learner.fingerprint()
        (name,) = Journal(profile).state_names()
        Journal(profile).state_save(name, damage)
        again = learner_on(toy_base, profile)
        again.fold_all()
        assert again.fingerprint() == expected


def test_accepted_words_are_taught_less(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        text = "The keeper waved."
        (record,) = learner.take([Lesson(text, accepted=((0, len(text)),))])
        reading = learner._read(record)
        assert set(reading.weights[1:-1]) == {ACCEPTED}
        assert not reading.words


@pytest.mark.parametrize("before", ["Look \U0001f600 at", "See <url> and"])
def test_the_mask_of_what_was_accepted_lies_where_it_was(toy_base: BaseModel, before: str) -> None:
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        text = f"{before} the lighthouse now."
        start = text.index(" lighthouse")
        (record,) = learner.take([Lesson(text, accepted=((start, start + 11),))])
        reading = learner._read(record)
        tokens = learner._tokens
        pairs = zip(reading.ids[1:], reading.weights[1:], strict=True)
        masked = tokens.decode([token for token, weight in pairs if weight == ACCEPTED])
        assert masked == " lighthouse"
        assert "lighthouse" not in learner._counts.words


# An emoji is several tokens; the words differ, as they do where somebody wrote them.
_ENDS = ("ay", "ee", "igh", "ow", "ute", "all", "ink", "old", "and", "est", "ire")
LONG = "".join(f"\U0001f600 {first}{end} " for first in "bdfglmnprst" for end in _ENDS)


def test_a_lesson_of_too_many_tokens_is_cut(toy_base: BaseModel) -> None:
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        records = learner.take([Lesson(LONG, "a", accepted=((0, 8),))])
        assert "".join(record.text for record in records) == LONG
        tokens = learner._tokens
        assert all(len(tokens.encode(record.text)) <= LESSON_TOKENS for record in records)
        assert [record.accepted for record in records if record.accepted] == [((0, 8),)]
        learner.revise("a", [LONG], [])
        assert not list(learner._journal.records())


def kept_without_a_model(profile: Profile) -> None:
    Inbox(profile).keep(Teaching("a", (Lesson(LONG, "a", ((0, 8),), 5.0), Lesson("Go home.", "a"))))


def lengths(learner: Learner) -> list[int]:
    return [len(learner._tokens.encode(r.text)) for r in learner._journal.records()]


def test_what_was_kept_whole_for_want_of_a_model_is_cut_once_there_is_one(
    toy_base: BaseModel, tmp_path: Path
) -> None:
    with Profile.open(tmp_path) as profile:
        kept_without_a_model(profile)
        assert [record.text for record in Journal(profile).records()] == [LONG, "Go home."]
    with Profile.open(tmp_path, writable=False) as profile:  # who only reads changes nothing
        assert max(lengths(learner_on(toy_base, profile))) > LESSON_TOKENS
    with Profile.open(tmp_path) as profile:
        learner = learner_on(toy_base, profile)
        assert max(lengths(learner)) <= LESSON_TOKENS
        records = list(learner._journal.records())
        assert "".join(record.text for record in records[1:]) == LONG
        assert [record.accepted for record in records if record.accepted] == [((0, 8),)]
        assert {record.when for record in records[1:]} == {5.0}
        assert learner._journal.state_names() == []
        learner.fold_all()
        survivors = [Lesson(r.text, r.document, r.accepted, r.when) for r in records]
        assert learner.fingerprint() == taught(toy_base, survivors)
        learner.revise("a", [LONG], [])
        assert [record.text for record in learner._journal.records()] == ["Go home."]


def test_what_another_process_left_is_cut_as_it_is_taken_in(
    toy_base: BaseModel, tmp_path: Path
) -> None:
    Profile.open(tmp_path).close()
    with Profile.open(tmp_path, writable=False) as reader:
        Inbox(reader).leave(Teaching("a", (Lesson(LONG, "a"), Lesson("Go home.", "a"))))
    with Predictor(toy_base, Profile.open(tmp_path), "eager") as predictor:
        assert max(lengths(predictor.learner)) <= LESSON_TOKENS
    with Profile.open(tmp_path, writable=False) as reader:
        Inbox(reader).leave(Teaching("a", (), (LONG,)))
    with Predictor(toy_base, Profile.open(tmp_path), "eager") as predictor:
        assert [record.text for record in predictor.journal.records()] == ["Go home."]


def test_an_imported_lesson_that_is_too_long_is_cut(toy_base: BaseModel, tmp_path: Path) -> None:
    with Profile.open(None) as profile:
        Journal(profile).append([Lesson(LONG, "a", when=1.0)])
        export_profile(profile, tmp_path / "export", None)
    with Profile.open(tmp_path / "profile") as profile:
        import_profile(profile, tmp_path / "export", None)
        assert max(lengths(learner_on(toy_base, profile))) <= LESSON_TOKENS


def test_half_a_record_never_stays(toy_base: BaseModel, monkeypatch: pytest.MonkeyPatch) -> None:
    with Profile.open(None) as profile:
        learner = learner_on(toy_base, profile)
        learner.take(LESSONS)
        learner.fold_next()
        steps = 0
        step = learner._weights.step

        def fails_twice(*arguments: Any) -> list[tuple[float, float]]:
            nonlocal steps
            steps += 1
            scores = step(*arguments)
            if steps <= 2:
                raise MemoryError
            return scores

        monkeypatch.setattr(learner._weights, "step", fails_twice)
        for _ in range(2):
            with pytest.raises(MemoryError):
                learner.fold_next()
        learner.fold_next()
        assert learner.rebuilding  # those that serve have read more
        learner.fold_all()
        assert learner.fingerprint() == taught(toy_base, LESSONS)
