from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from model.messages import Forgetting, LearntPart, LearntWord, Lesson
from model.profile.inbox import Inbox
from model.profile.journal import Journal
from model.profile.overview import day_of, overview
from model.profile.store import Profile
from model.profile.word_lists import WordLists

NOON = datetime.fromisoformat("2026-03-12T12:00").timestamp()
DAY = 86_400.0


def test_it_tells_all_that_is_kept(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:
        Journal(profile).append(
            [
                Lesson("The heron waits.", "a", ((4, 9),), NOON),
                Lesson("A heron\u2019s day.", None, (), NOON + DAY),
                Lesson("Heron!", "a", (), NOON - DAY),
            ]
        )
        WordLists(profile).put("Quill", "added")
        WordLists(profile).put("moist", "blocked")
        Inbox(profile).keep(Forgetting(delete="whelk"))
        seen = overview(profile)
        assert (seen.lessons, seen.characters) == (3, 16 + 14 + 6)
        words = {word.word: word for word in seen.words}
        assert sorted(words) == ["a", "day", "heron", "heron's", "the", "waits"]
        assert words["heron"] == LearntWord("heron", 2, NOON, "a")
        assert seen.listed == (("moist", "blocked"), ("quill", "added"))
        assert seen.deleted == 1
        assert seen.documents == (
            LearntPart(None, 1, 14, NOON + DAY, "A heron\u2019s day."),
            LearntPart("a", 2, 22, NOON, "The heron waits."),
        )
        assert [(day.name, day.lessons) for day in seen.days] == [
            ("2026-03-11", 1),
            ("2026-03-12", 1),
            ("2026-03-13", 1),
        ]
        assert (seen.folder, seen.size > 0, seen.encrypted) == (str(tmp_path), True, True)
        assert (seen.has_passphrase, seen.writable) == (False, True)
        assert seen.key == profile.key_place
    with Profile.open(tmp_path, writable=False) as reader:
        Inbox(reader).keep(Forgetting(document="a"))
        assert (overview(reader).waiting, overview(reader).writable) == (1, False)


def test_nothing_and_what_an_earlier_version_wrote(tmp_path: Path) -> None:
    with Profile.open(None) as profile:
        empty = overview(profile)
        assert (empty.folder, empty.encrypted, empty.lessons, empty.words) == ("", False, 0, ())
    with Profile.open(tmp_path) as profile, profile.transaction() as connection:
        for table in ("words", "inbox", "deleted", "secrets"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")
    with Profile.open(tmp_path, writable=False) as profile:
        assert (overview(profile).deleted, overview(profile).waiting) == (0, 0)


@pytest.mark.parametrize("when", [1e300, -1e300, float("inf")])
def test_a_time_that_is_none_belongs_to_no_day(when: float) -> None:
    assert day_of(when) == ""
