"""Faults 23 and 24: what is forgotten is nowhere; what is deleted waits before it comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from model.predictor import Predictor
from model.profile.deleted import AGAIN
from model.profile.store import Profile
from tests.faults.profiles import fresh, open_on, raw

GONE = (
    "Tarethia climbed the stairs of the tower.",
    "In the morning Tarethia wrote a letter.",
    "Nobody had seen Tarethia since.",
)
STAYS = "The gulls were loud, and the baker slept."
CONTEXTS = ("Nobody had seen Tar", "In the morning Tarethia ", "Tare", "The gulls were ", "We ")
WISHES: dict[str, Callable[[Predictor], int]] = {
    "word": lambda predictor: predictor.forget(word="tarethia"),
    "text": lambda predictor: predictor.forget(text=" ".join(GONE)),
    "document": lambda predictor: predictor.forget(document="tower"),
    "last hour": lambda predictor: predictor.forget(since=1_000.0),
    "deleted": lambda predictor: predictor.forget(delete="Tarethia"),
}


@pytest.mark.parametrize("wish", WISHES)
def test_23_what_is_forgotten_is_in_no_list_file_or_ghost(tmp_path: Path, wish: str) -> None:
    with open_on(Profile.open(tmp_path, encrypted=False)) as predictor:
        predictor.learn(STAYS, "gulls", when=1.0)
        for text in GONE:
            predictor.learn(text, "tower", when=2_000.0)
        predictor.learner.save()
        assert predictor.suggest("Nobody had seen Tar").inline.startswith("ethia")
        assert b"Tarethia" in raw(tmp_path)  # so this can fail
        WISHES[wish](predictor)
        assert b"arethia" not in raw(tmp_path).lower()
        left, learnt = [record.text for record in predictor.journal.records()], predictor
        with fresh((STAYS, "gulls")) as never:
            assert left == [STAYS]
            assert learnt.fingerprint() == never.fingerprint()
            for context in CONTEXTS:
                assert learnt.suggest(context) == never.suggest(context)
    assert b"arethia" not in raw(tmp_path).lower()


def test_24_a_deleted_word_comes_back_only_when_it_is_written_again_and_again() -> None:
    with open_on(Profile.open(None)) as predictor:

        def is_offered() -> bool:
            candidates = predictor.suggest("Nobody had seen Tar").candidates
            return any(candidate.word.lower() == "tarethia" for candidate in candidates)

        predictor.learn(" ".join(GONE), "a", when=1.0)
        assert is_offered()
        assert predictor.forget(delete="Tarethia") == 1  # all of it is one lesson
        for sighting in range(1, AGAIN + 1):
            predictor.learn(GONE[sighting % 3], f"{sighting}", when=2.0)
            assert is_offered() is (sighting == AGAIN)


def test_24_a_deleted_word_of_the_base_waits_too() -> None:
    with open_on(Profile.open(None)) as predictor:

        def offered() -> list[str]:
            found = predictor.suggest("We went to the light").candidates
            return [candidate.word for candidate in found]

        word = offered()[0]
        predictor.forget(delete=word)
        assert word not in offered()
        predictor.list_word(word, "added")
        assert word in offered()
