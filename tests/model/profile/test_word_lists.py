from __future__ import annotations

from pathlib import Path

import pytest

from model.profile.database import DATABASE
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.word_lists import WordLists, is_listable


def test_words_are_kept_in_small_letters_until_they_are_dropped(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:
        lists = WordLists(profile)
        for word in ("Zarethia", "zarethia", "Quill"):
            lists.put(word, "added")
    with Profile.open(tmp_path) as profile:
        lists = WordLists(profile)
        assert lists.words("added") == {"zarethia", "quill"}
        lists.put(" ZARETHIA ", None)
        assert lists.words("added") == {"quill"}
        Journal(profile).forget_all()
        assert not lists.words("added")
    assert b"zarethia" not in (tmp_path / DATABASE).read_bytes()


def test_a_profile_of_the_first_version_is_read_and_brought_up_to_date(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile, profile.transaction() as connection:
        for table in ("words", "inbox", "deleted", "secrets"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")
    with Profile.open(tmp_path, writable=False) as profile:
        assert not WordLists(profile).words("added")
    with Profile.open(tmp_path) as profile:
        WordLists(profile).put("quill", "added")
    with Profile.open(tmp_path, writable=False) as profile:
        assert WordLists(profile).words("added") == {"quill"}


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
