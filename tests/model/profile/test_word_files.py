from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.errors import ProfileError
from model.profile.store import Profile
from model.profile.word_files import Imported, export_words, import_words, listed
from model.profile.word_lists import WordLists

WORDS = {"Heron": "added", "jack-o-lantern": "added", "moist": "blocked", "o'Brien": "added"}


@pytest.fixture
def profile() -> Iterator[Profile]:
    with Profile.open(None) as opened:
        yield opened


@pytest.mark.parametrize("name", ["words.txt", "words.csv", "WORDS.CSV"])
def test_the_lists_go_out_and_come_back(profile: Profile, tmp_path: Path, name: str) -> None:
    lists = WordLists(profile)
    for word in WORDS:
        lists.put(word, "blocked" if word == "moist" else "added")
    assert export_words(profile, tmp_path / name) == len(WORDS)
    with Profile.open(None) as other:
        assert import_words(other, tmp_path / name) == Imported(len(WORDS), 0)
        assert listed(other) == WORDS
    assert [file.name for file in tmp_path.iterdir()] == [name]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "\ufeffHeron\n\n# birds\n- moist # ugh\ntwo words\n", {"Heron": 1, "moist": 0}),
        ("a.csv", "word,list\nHeron,added\nmoist,blocked\nx,never\n", {"Heron": 1, "moist": 0}),
        ("a.csv", "heron,12\n=2+3,1\n", {"heron": 1}),
        ("a.txt", "", {}),
    ],
)
def test_lists_of_others_are_read_as_far_as_they_hold_words(
    profile: Profile, tmp_path: Path, name: str, content: str, words: dict[str, int]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    taken = import_words(profile, tmp_path / name)
    assert listed(profile) == {w: "added" if added else "blocked" for w, added in words.items()}
    assert taken == Imported(len(words), 1 if words else 0)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'"' + b"x" * 200_000])
def test_what_is_no_list_is_refused_and_changes_nothing(
    profile: Profile, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        import_words(profile, tmp_path / "a.csv")
    assert "\n" not in str(caught.value)
    with pytest.raises(ProfileError, match="cannot be read"):
        import_words(profile, tmp_path / "none")
    with pytest.raises(ProfileError, match="cannot be written"):
        export_words(profile, tmp_path / "none" / "a.csv")
    assert listed(profile) == {}
