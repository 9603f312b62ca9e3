from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import ProfileError
from model.lessons.filters import screen
from model.messages import Forgetting, Lesson, Teaching
from model.profile.exchange import export_profile, import_profile, is_encrypted
from model.profile.inbox import Inbox
from model.profile.journal import Journal
from model.profile.store import Profile
from model.profile.word_lists import WordLists


@pytest.fixture
def profile() -> Iterator[Profile]:
    with Profile.open(None) as opened:
        yield opened


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text().map("x".__add__).filter(lambda text: screen(text).text == text)))
def test_any_lessons_come_back(tmp_path: Path, texts: list[str]) -> None:
    with Profile.open(None) as one, Profile.open(None) as other:
        lessons = [Lesson(text, "a\udcff", (), float(n)) for n, text in enumerate(texts)]
        Journal(one).append(lessons)
        assert export_profile(one, tmp_path / "out", None) == len(texts)
        import_profile(other, tmp_path / "out", None)
        kept = [record.text for record in Journal(other).records()]
        assert kept == texts


def test_the_file_is_for_its_owner_alone_and_replaced_whole(
    profile: Profile, tmp_path: Path
) -> None:
    file = tmp_path / "out"
    file.write_text("old", encoding="utf-8")
    (tmp_path / "out.new").write_text("the user's own", encoding="utf-8")
    Journal(profile).append([Lesson("New.")])
    export_profile(profile, file, "pass")
    assert is_encrypted(file)
    assert {path.name for path in tmp_path.iterdir()} == {"out", "out.new"}
    assert (tmp_path / "out.new").read_text(encoding="utf-8") == "the user's own"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_waits_in_the_inbox_is_in_it(tmp_path: Path) -> None:
    with Profile.open(tmp_path / "p") as profile:
        Journal(profile).append([Lesson("It rains.", "a"), Lesson("Go home.", "b")])
        WordLists(profile).put("quill", "added")
        with Profile.open(tmp_path / "p", writable=False) as reader:
            Inbox(reader).leave(Teaching("c", (Lesson("The heron waits.", "c"),)))
            Inbox(reader).leave(Forgetting(document="a"))
            assert export_profile(reader, tmp_path / "out", None) == 2
        assert Journal(profile).count() == 2
    whole = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    assert [one["text"] for one in whole["lessons"]] == ["Go home.", "The heron waits."]
    assert whole["added"] == ["quill"]


def test_a_folder_that_is_not_there(
    profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for place in (Path(), tmp_path):
        with pytest.raises(ProfileError, match="cannot be written"):
            export_profile(profile, place, None)
    assert not list(tmp_path.iterdir())
    with pytest.raises(ProfileError, match="cannot be written"):
        export_profile(profile, tmp_path / "none" / "out", None)
    for passphrase in (None, "pass"):
        with pytest.raises(ProfileError, match="cannot be read"):
            import_profile(profile, tmp_path / "none", passphrase)
    assert not (tmp_path / "none").exists()


def test_what_is_never_learnt_is_not_imported(profile: Profile, tmp_path: Path) -> None:
    Journal(profile).append([Lesson("My card PIN is 4821."), Lesson("Go home.")])
    export_profile(profile, tmp_path / "out", None)
    with Profile.open(None) as other:
        assert import_profile(other, tmp_path / "out", None) == 1


@pytest.mark.parametrize("passphrase", [None, "pass"])
def test_listed_words_go_along(profile: Profile, tmp_path: Path, passphrase: str | None) -> None:
    for word in ("Zarethia", "o'Bree"):
        WordLists(profile).put(word, "added")
    WordLists(profile).put("moist", "blocked")
    export_profile(profile, tmp_path / "out", passphrase)
    with Profile.open(None) as other:
        import_profile(other, tmp_path / "out", passphrase)
        spellings = {"zarethia": "Zarethia", "o'bree": "o'Bree"}
        assert WordLists(other).spellings("added") == spellings
        assert WordLists(other).words("blocked") == {"moist"}


def test_what_is_no_word_is_left_out_of_what_is_imported(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "out"
    export_profile(profile, file, None)
    whole = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(whole | {"added": ["two words", "", "Heron"]}), encoding="utf-8")
    import_profile(profile, file, None)
    assert WordLists(profile).words("added") == {"heron"}
    for added in (5, [7]):
        file.write_text(json.dumps(whole | {"added": added}), encoding="utf-8")
        with pytest.raises(ProfileError, match="damaged"):
            import_profile(profile, file, None)


def test_a_word_with_a_turkish_capital_goes_there_and_back(
    profile: Profile, tmp_path: Path
) -> None:
    WordLists(profile).put("İstanbul", "blocked")
    export_profile(profile, tmp_path / "out", None)
    with Profile.open(None) as other:
        import_profile(other, tmp_path / "out", None)
        assert WordLists(other).words("blocked") == {"istanbul"}


@pytest.mark.parametrize("when", [float("nan"), float("inf"), "soon", None])
def test_a_lesson_without_a_time_makes_a_damaged_export(
    profile: Profile, tmp_path: Path, when: object
) -> None:
    Journal(profile).append([Lesson("Go home.")])
    export_profile(profile, tmp_path / "out", None)
    whole = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    whole["lessons"][0]["when"] = when
    (tmp_path / "bad").write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(ProfileError, match="damaged"), Profile.open(None) as other:
        import_profile(other, tmp_path / "bad", None)
    assert Journal(profile).count() == 1
