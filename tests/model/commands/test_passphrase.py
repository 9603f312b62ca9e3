"""A profile that opens only with a passphrase, from the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from model.messages import Lesson
from model.profile.journal import Journal
from model.profile.store import Profile
from tests.model.commands.conftest import Line

pytestmark = pytest.mark.usefixtures("cheap")


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.profile.passphrases._COST", 10)


@pytest.fixture
def folder(home: Path) -> Path:
    with Profile.open(home / "profile") as profile:
        Journal(profile).append([Lesson("The heron waits."), Lesson("It rained.", when=5.0)])
    return home / "profile"


@pytest.fixture
def locked(folder: Path) -> Path:
    with Profile.open(folder) as profile:
        profile.set_passphrase("one", None)
    return folder


def give(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_it_is_set_changed_and_removed(
    line: Line, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, "one")
    done = line("profile", "passphrase", "--json")
    assert (done.code, done.json) == (0, {"passphrase": True})
    give(monkeypatch, "one", "two")
    assert line("profile", "passphrase").out == (
        "What was learnt opens only with your passphrase now.\n"
    )
    give(monkeypatch, "one")
    wrong = line("profile", "passphrase", "--remove")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "foretype: This is not the right passphrase; nothing was changed.\n"
    give(monkeypatch, "two")
    assert "without a passphrase" in line("profile", "passphrase", "--remove").out
    with Profile.open(folder) as profile:
        assert Journal(profile).count() == 2


def test_on_a_terminal_it_is_asked_for(
    line: Line, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = ["one", "two", "tow", "one", "two", "two"]

    def ask(question: str) -> str:
        asked.append(question)
        return answers.pop(0)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", ask)
    assert "differ" in line("profile", "passphrase").err
    assert line("profile", "passphrase").code == 0
    assert asked[:3] == ["Passphrase of what was learnt: ", "New passphrase: ", "Once more: "]


@pytest.mark.parametrize(
    "command",
    [
        ("profile", "info"),
        ("profile", "words", "--block", "moist"),
        ("profile", "export", "PLACE", "--plain"),
        ("suggest", "The heron "),
        ("forget", "--word", "heron"),
        ("forget", "--since", "1970-01-01T00:00:01+00:00", "--until", "1970-01-02"),
        ("learn", "TEXT"),
        ("evaluate", "TEXT", "--max-chars", "20", "--profile", "PROFILE"),
    ],
)
def test_every_command_needs_it_and_takes_it(
    line: Line,
    locked: Path,
    tmp_path: Path,
    toy_base_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    (tmp_path / "a.txt").write_text("The gulls were loud again today.")
    places = {"PLACE": tmp_path / "out", "TEXT": tmp_path / "a.txt", "PROFILE": locked}
    whole = [places.get(word, word) for word in command]
    base = () if command[0] == "profile" else ("--base", toy_base_folder)
    before = (locked / "profile.db").read_bytes()
    for lines, said in (((), "passphrase is needed"), (("two",), "not the right passphrase")):
        give(monkeypatch, *lines)
        refused = line(*whole, *base)
        assert refused.code == 1
        assert refused.err.count("\n") == 1 or command[0] in ("learn", "evaluate")  # their bars
        assert said in refused.err
    assert (locked / "profile.db").read_bytes() == before
    give(monkeypatch, "one")
    done = line(*whole, *base)
    assert done.code == 0, done.err


def test_info_says_what_opens_it(line: Line, locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, "one")
    assert ", and your passphrase" in line("profile", "info").out
    give(monkeypatch, "one")
    assert line("profile", "info", "--json").json["passphrase"] is True


def test_who_lost_it_can_start_afresh(line: Line, locked: Path) -> None:
    done = line("forget", "--all")
    assert done.code == 0
    assert "Deleting it" in done.err
    assert not (locked / "profile.db").exists()
