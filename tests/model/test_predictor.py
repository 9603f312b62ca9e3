from __future__ import annotations

from collections.abc import Iterator

import pytest

from model.base import BaseModel
from model.lessons.cutting import sentences
from model.lessons.matching import spaced
from model.messages import Lesson, Teaching
from model.predictor import Predictor
from model.profile.store import Profile

DAYS = [f"On day {number} the keeper saw {number} gulls from the balcony." for number in range(40)]


@pytest.fixture
def predictor(toy_base: BaseModel) -> Iterator[Predictor]:
    with Predictor(toy_base, Profile.open(None), "eager") as predictor:
        yield predictor


def journal(predictor: Predictor) -> list[str]:
    """The sentences of all lessons, in order, wherever they were cut."""
    text = spaced(" ".join(record.text for record in predictor.journal.records()))
    return [sentence.strip() for sentence in sentences(text) if sentence]


def test_a_document_that_grows_is_learnt_once(predictor: Predictor) -> None:
    for end in (1, 2, 3, 20, 21, 40):
        report = predictor.teach_document("\n".join(DAYS[:end]), "diary")
        assert journal(predictor) == DAYS[:end]
        assert report.lessons
    assert predictor.teach_document("\n".join(DAYS), "diary").lessons == 0
    assert predictor.teach_document("A word before.\n" + "\n".join(DAYS), "diary").taken_back
    assert sorted(journal(predictor)) == sorted(["A word before.", *DAYS])


def test_what_changed_or_was_typed_in_a_document_is_learnt_once(predictor: Predictor) -> None:
    typed = (Lesson(DAYS[1], "diary"), Lesson("It was deleted since.", "diary"))
    predictor.teach(Teaching("diary", typed))
    predictor.teach(Teaching("letter", (Lesson(DAYS[1], "letter"),)))
    report = predictor.teach_document("\n".join(DAYS[:3]), "diary")
    assert (report.lessons, report.taken_back) == (1, 2)
    assert journal(predictor) == [DAYS[1], *DAYS[:3]]
    predictor.catch_up()
    predictor.teach_document("", "diary")
    assert journal(predictor) == [DAYS[1]]


def test_of_a_very_long_document_the_end_is_learnt_and_what_was_learnt_stays(
    predictor: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.lessons.cutting.LONGEST", len(DAYS[0]))
    predictor.teach_document("\n".join(DAYS[:3]), "diary")
    monkeypatch.setattr("model.lessons.cutting.MOST", 3 * len(DAYS[0]))
    report = predictor.teach_document("\n".join(DAYS[:5]), "diary")
    assert journal(predictor) == DAYS[:5]
    assert report.taken_back == 0
    assert "the beginning" in report.left_out[0]
