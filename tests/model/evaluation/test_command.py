"""Whole runs over small files: ours beside peers that work, and peers that do not."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tqdm import tqdm

from model.evaluation.command import evaluate_files, type_stream
from model.evaluation.peers.client import PeerProgram
from model.messages import Lesson, Suggestion
from model.predictor import Predictor
from model.profile.journal import Journal
from model.profile.store import Profile

TEXT = "The keeper made a pot of tea.\n<|doc|>\nThe keeper made a pot.\n"
SCRIPT = Path(__file__).parent / "peers" / "fake_peer.py"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text(TEXT, encoding="utf-8")
    return paths


def fake(name: str, manner: str = "") -> PeerProgram:
    return PeerProgram(name, (sys.executable, str(SCRIPT), manner), "fake-words")


def test_a_peer_types_the_same_characters(files: list[Path], toy_base_folder: Path) -> None:
    figures = evaluate_files(files, base=toy_base_folder, peers=[fake("fake")], progress=False)
    peer = figures["peers"]["fake"]
    assert figures["peers_left_out"] == []
    assert [s["file"] for s in peer["streams"]] == ["one.txt", "two.txt"]
    assert peer["pooled"]["characters"] == figures["pooled"]["characters"] == 2 * (29 + 22)
    assert peer["pooled"]["ksr_inline"] > 30
    assert peer["pooled"]["cpu_ms"]["p50"] == 0.25
    assert peer["pooled"]["bits_per_character"] is None
    assert figures["pooled"]["bits_per_character"] > 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_profile_is_only_read(files: list[Path], toy_base_folder: Path, jobs: int) -> None:
    folder = files[0].parent / "profile"
    places: dict[str, Any] = {"base": toy_base_folder, "profile": folder, "progress": False}
    evaluate_files(files, jobs=jobs, max_chars=5, **places)
    assert not folder.exists()
    with Profile.open(folder) as profile:
        Journal(profile).append([Lesson("The keeper made a pot of tea.", "a")])
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    evaluate_files(files, jobs=jobs, max_chars=5, **places)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_peer_learns_each_paragraph_and_forgets_between_streams(
    tmp_path: Path, toy_base_folder: Path
) -> None:
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text("zebras\nzebras", encoding="utf-8")
    peer = [fake("fake")]
    plain = evaluate_files(paths, base=toy_base_folder, peers=peer, progress=False)
    learnt = evaluate_files(paths, base=toy_base_folder, peers=peer, learn=True, progress=False)
    one, two = (s["ksr_list3"] for s in learnt["peers"]["fake"]["streams"])
    assert one == two > 0
    assert plain["peers"]["fake"]["pooled"]["ksr_list3"] == 0


def test_the_run_goes_on_without_a_peer_that_fails(
    files: list[Path], toy_base_folder: Path
) -> None:
    peers = [fake("gone", "missing"), fake("ill", "dies"), fake("well")]
    figures = evaluate_files(files[:1], base=toy_base_folder, peers=peers, progress=False)
    assert list(figures["peers"]) == ["well"]
    gone, ill = figures["peers_left_out"]
    assert gone["name"] == "gone"
    assert "apt-get install fake-words" in gone["reason"]
    assert ill == {"name": "ill", "reason": "ill stopped: a library gave up"}


class Slow:
    """Takes its time over each word, and says nothing."""

    def suggest(self, before: str, after: str = "", limit: int = 5) -> Suggestion:
        return Suggestion()

    def learn(self, text: str) -> object:
        return None

    def code_length(
        self, text: str, before: str = "", progress: Callable[[int], object] = print
    ) -> float:
        for word in text.split(" "):
            progress(len(word) + 1)
        progress(-1)
        return 1.0


@pytest.mark.parametrize("learn", [False, True])
def test_the_bar_moves_with_every_word_and_character(learn: bool) -> None:
    documents = ["The keeper made a pot of tea.\nHe drank it.", "The sea was calm."]
    with tqdm(total=59, file=io.StringIO()) as bar:
        places = []

        class Noting:
            def update(self, n: float | None = 1) -> None:
                bar.update(n)
                places.append(bar.n)

        type_stream(Slow(), documents, learn, Noting())
        assert bar.n == pytest.approx(59)
    if not learn:
        assert sum(place < 42 for place in places) > 42 + 9  # for words as well


def test_two_processes_find_what_one_finds(
    files: list[Path], toy_base_folder: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    with Predictor.open(profile, base=toy_base_folder) as predictor:
        predictor.learn("The keeper made zebras of tea.\n" * 3)
    files[1].write_text(TEXT * 2, encoding="utf-8")
    one, two = (
        evaluate_files(files, profile=profile, base=toy_base_folder, jobs=jobs, progress=False)
        for jobs in (1, 2)
    )
    for figures in (*one["streams"], *two["streams"], one["pooled"], two["pooled"]):
        del figures["latency_ms"], figures["cpu_ms"]
    assert one == two
