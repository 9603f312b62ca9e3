from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model.lessons.cutting import BEGINNING
from model.profile.journal import Journal
from model.profile.store import Profile


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_learnt_and_what_is_left_out_is_told(
    line: Any, fake: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake, "reasons", ("a password", BEGINNING))
    letter = write(tmp_path / "in" / "letter.txt", "Dear Ann.\nThe password is hunter2!\nTom\n")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x00")
    (tmp_path / "in" / "broken.txt").write_bytes(b"\x00")
    outcome = line("learn", tmp_path / "in", "--json")
    assert outcome.code == 0
    assert set(outcome.json) == {"documents", "characters", "lessons", "left_out"}
    assert (outcome.json["documents"], outcome.json["lessons"]) == (1, 1)
    reasons = [(Path(one["path"]).name, one["reason"]) for one in outcome.json["left_out"]]
    assert sorted(reasons) == [
        ("broken.txt", "binary, not text"),
        ("letter.txt", "a password (1 sentence left out)"),
        ("letter.txt", BEGINNING),
        ("picture.png", "only .txt and .md files are read"),
    ]
    assert fake.calls[1] == ("teach", letter.read_text(encoding="utf-8"), str(letter))
    assert outcome.err == ""  # nobody looks at a bar here


def test_lines_for_a_reader(line: Any, fake: Any, tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Hello.")
    outcome = line("learn", tmp_path / "a.txt", tmp_path / "none.txt")
    assert outcome.code == 0
    assert outcome.out.startswith("Learnt 6 characters in 1 lesson from 1 document.\nLeft out: ")


def test_nothing_to_learn_from_is_a_failure(line: Any, fake: Any, tmp_path: Path) -> None:
    outcome = line("learn", tmp_path / "none.txt", "--json")
    assert outcome.code == 1
    assert "there is no such file" in outcome.err
    assert outcome.json["left_out"][0]["path"] == str(tmp_path / "none.txt")
    (tmp_path / "empty").mkdir()
    assert "no .txt or .md files" in line("learn", tmp_path / "empty").err
    assert fake.calls == []


def test_with_a_real_model(line: Any, tmp_path: Path, toy_base_folder: Path) -> None:
    write(tmp_path / "a.txt", "The keeper of the lamp wrote a letter. " * 30)
    places = ("--base", toy_base_folder, "--profile", tmp_path / "p", "--json")
    outcome = line("learn", tmp_path / "a.txt", *places)
    assert (outcome.code, outcome.json["documents"]) == (0, 1)
    info = line("profile", "info", "--profile", tmp_path / "p", "--json").json
    assert (info["lessons"], info["documents"]) == (outcome.json["lessons"], 1)
    assert info["characters"] == outcome.json["characters"] > 1000
    found = line("forget", "--document", tmp_path / "a.txt", *places)
    assert found.json["lessons_removed"] == outcome.json["lessons"]


def test_a_changed_file_takes_its_earlier_lessons_back(
    line: Any, tmp_path: Path, toy_base_folder: Path
) -> None:
    places = ("--base", toy_base_folder, "--profile", tmp_path / "p")
    file = write(tmp_path / "a.txt", "The keeper was here. The lamp was lit.\nThe sea was calm.\n")
    line("learn", file, *places)
    write(file, "The lamp was lit.  The sea was rough.\n")
    out = line("learn", file, *places).out
    assert "Took back 1 earlier lesson: changed or gone." in out
    with Profile.open(tmp_path / "p") as profile:
        kept = {record.text.strip() for record in Journal(profile).records()}
    assert kept == {"The lamp was lit.  The sea was rough."}
    again = line("learn", file, *places).out
    assert again == "Nothing new in 1 document: what can be learnt there is learnt already.\n"
