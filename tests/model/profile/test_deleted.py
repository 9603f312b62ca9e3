from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from model.messages import Lesson
from model.profile.deleted import AGAIN, DeletedWords
from model.profile.forgetting import list_word
from model.profile.journal import Journal
from model.profile.store import Profile


def test_a_deleted_word_waits_until_it_was_seen_again() -> None:
    with Profile.open(None) as profile:
        deleted = DeletedWords(profile)
        seen = Counter({"gull": AGAIN, "heron": AGAIN - 1})
        for word in (" Heron ", "gull"):
            deleted.put(word)
        unoffered = deleted.and_blocked(frozenset({"moist"}), seen)
        assert [word in unoffered for word in ("heron", "gull", "moist", "tern")] == [
            *(True, False, True, False)
        ]
        assert list(unoffered) == ["moist"]
        assert len(unoffered) == 3
        seen["heron"] += 1
        assert "heron" not in unoffered


def test_a_word_is_deleted_however_its_apostrophe_is_written() -> None:
    with Profile.open(None) as profile:
        deleted = DeletedWords(profile)
        deleted.put("Don\u2019t")
        assert "don't" in deleted.and_blocked(frozenset(), {})
        for text in ("two words", "", "-"):
            with pytest.raises(ValueError, match="not one word"):
                deleted.put(text)


def test_a_word_that_is_added_is_deleted_no_more() -> None:
    with Profile.open(None) as profile:
        DeletedWords(profile).put("heron")
        list_word(profile, "Heron", "blocked")
        assert "heron" in DeletedWords(profile).and_blocked(frozenset(), {})
        list_word(profile, "Heron", "added")
        assert "heron" not in DeletedWords(profile).and_blocked(frozenset(), {})


def test_only_a_hash_is_kept_and_forgetting_everything_takes_its_key(tmp_path: Path) -> None:
    with Profile.open(tmp_path, encrypted=False) as profile:
        DeletedWords(profile).put("zorblax")
        assert b"zorblax" not in (tmp_path / "profile.db").read_bytes()
        key = profile.read("SELECT content FROM secrets")[0][0]
        assert key in (tmp_path / "profile.db").read_bytes()
        Journal(profile).append([Lesson("One.")])
        Journal(profile).forget_all()
        assert key not in (tmp_path / "profile.db").read_bytes()
        assert DeletedWords(profile).and_blocked(frozenset(), {}) == frozenset()
        DeletedWords(profile).take_off("zorblax")
