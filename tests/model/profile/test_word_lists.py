from __future__ import annotations

from pathlib import Path

import pytest

from model.profile.database import DATABASE
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.word_lists import WordLists, is_listable


def test_words_are_found_in_any_case_until_they_are_dropped(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:
        lists = WordLists(profile)
        for word in ("Zarethia", "zarethia", "Quill"):
            lists.put(word, "added")
    with Profile.open(tmp_path) as profile:
        lists = WordLists(profile)
        assert lists.words("added") == {"zarethia", "quill"}
        assert lists.spellings("added") == {"zarethia": "zarethia", "quill": "Quill"}
        lists.put(" ZARETHIA ", None)
        assert lists.words("added") == {"quill"}
        Journal(profile).forget_all()
        assert not lists.words("added")
    assert b"zarethia" not in (tmp_path / DATABASE).read_bytes()


_FIRST = [f"DROP TABLE {table}" for table in ("words", "inbox", "deleted", "secrets")]
_THIRD = ["INSERT INTO words (word, list) VALUES (CAST('heron' AS BLOB), 'added')"]
_THIRD += ["ALTER TABLE words DROP COLUMN spelling"]


@pytest.mark.parametrize(("version", "changes", "there"), [(1, _FIRST, []), (3, _THIRD, ["heron"])])
def test_a_profile_of_an_earlier_version_is_read_and_brought_up_to_date(
    tmp_path: Path, version: int, changes: list[str], there: list[str]
) -> None:
    with Profile.open(tmp_path) as profile, profile.transaction() as connection:
        for change in (*changes, f"PRAGMA user_version = {version}"):
            connection.execute(change)
    with Profile.open(tmp_path, writable=False) as profile:
        assert WordLists(profile).spellings("added") == dict(zip(there, there, strict=True))
    with Profile.open(tmp_path) as profile:
        WordLists(profile).put("Quill", "added")
    with Profile.open(tmp_path, writable=False) as profile:
        assert WordLists(profile).words("added") == {"quill", *there}
        assert WordLists(profile).spellings("added")["quill"] == "Quill"


@pytest.mark.parametrize(
    "word", ["Zarethia", "o'Brien", "don\u2019t", "jack-o-lantern", "R2", "İstanbul"]
)
def test_one_word_can_be_listed(word: str) -> None:
    assert is_listable(word)


@pytest.mark.parametrize("text", ["", " ", "two words", "x" * 41, "<email>", "a\udcff", None, 3])
def test_nothing_else_can(text: object) -> None:
    assert not is_listable(text)


def test_a_word_is_on_one_list_at_most(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:
        lists = WordLists(profile)
        lists.put("Quill", "added")
        lists.put("quill", "blocked")
        assert (lists.words("added"), lists.words("blocked")) == (frozenset(), {"quill"})
        with pytest.raises(ValueError, match="not one word"):
            lists.put("two words", "blocked")
