from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import ProfileError
from model.lessons.filters import screen
from model.messages import Lesson
from model.profile.exchange import export_lessons, import_lessons, is_encrypted
from model.profile.journal import Journal
from model.profile.store import Profile


@pytest.fixture
def journal() -> Iterator[Journal]:
    with Profile.open(None) as profile:
        yield Journal(profile)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text().map("x".__add__).filter(lambda text: screen(text).text == text)))
def test_any_lessons_come_back(tmp_path: Path, texts: list[str]) -> None:
    with Profile.open(None) as one, Profile.open(None) as other:
        lessons = [Lesson(text, "a\udcff", (), float(n)) for n, text in enumerate(texts)]
        Journal(one).append(lessons)
        assert export_lessons(Journal(one), tmp_path / "out", None) == len(texts)
        import_lessons(Journal(other), tmp_path / "out", None)
        kept = [record.text for record in Journal(other).records()]
        assert kept == texts


def test_the_file_is_for_its_owner_alone_and_replaced_whole(
    journal: Journal, tmp_path: Path
) -> None:
    file = tmp_path / "out"
    file.write_text("old", encoding="utf-8")
    journal.append([Lesson("New.")])
    export_lessons(journal, file, "pass")
    assert is_encrypted(file)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot be written"):
        export_lessons(journal, tmp_path / "none" / "out", None)
    for passphrase in (None, "pass"):
        with pytest.raises(ProfileError, match="cannot be read"):
            import_lessons(journal, tmp_path / "none", passphrase)
    assert not (tmp_path / "none").exists()


def test_what_is_never_learnt_is_not_imported(journal: Journal, tmp_path: Path) -> None:
    journal.append([Lesson("My card PIN is 4821."), Lesson("Go home.")])
    export_lessons(journal, tmp_path / "out", None)
    with Profile.open(None) as profile:
        assert import_lessons(Journal(profile), tmp_path / "out", None) == 1
