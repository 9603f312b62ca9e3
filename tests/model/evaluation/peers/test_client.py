"""A peer in a process of its own, here a small script that does as it is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from model.errors import PeerError
from model.evaluation.peers.client import PEERS, Peer, PeerProgram

SCRIPT = Path(__file__).with_name("fake_peer.py")


def fake(manner: str = "", seconds: float = 30.0) -> PeerProgram:
    return PeerProgram("fake", (sys.executable, str(SCRIPT), manner), "fake-words", seconds)


def test_its_first_word_and_the_space_after_it_are_its_ghost() -> None:
    with Peer(fake()) as peer:
        suggestion = peer.suggest("The keeper made a p", limit=5)
        assert suggestion.inline == "ot "
        assert [(c.word, c.insert) for c in suggestion.candidates] == [("pot", "ot")]
        assert len(peer.suggest("", limit=3).candidates) == 3
        assert peer.suggest("zebra").inline == ""
        assert peer.cpu_milliseconds == [0.25] * 3


@pytest.mark.parametrize("before", ["a\ud800b\0 ", "\n\n", "é " * 3000, "🙂 pot of t"])
def test_any_text_may_stand_before_the_caret(before: str) -> None:
    with Peer(fake()) as peer:
        assert peer.suggest(before).candidates


def test_it_can_be_taught_and_knows_nothing_of_it_the_next_time() -> None:
    with Peer(fake()) as peer:
        peer.learn("zebras\n")
        assert peer.suggest("ze").inline == "bras "
    with Peer(fake()) as peer:
        assert peer.suggest("ze").inline == ""


def test_its_home_is_not_the_users_and_goes_with_it(home: Path) -> None:
    with Peer(fake()) as peer:
        own = Path(peer._home.name)
        assert own.is_dir()
        assert own != home
    assert not own.exists()


@pytest.mark.parametrize(
    ("manner", "seconds", "message"),
    [
        ("mute", 0.2, "fake did not answer within 0.2 seconds."),
        ("babbles", 30.0, "fake answered what is no JSON: 'Segmentation fault"),
    ],
)
def test_one_that_makes_no_sense_is_one_line(manner: str, seconds: float, message: str) -> None:
    with Peer(fake(manner)) as peer:
        peer._program = fake(manner, seconds)  # a busy machine may take longer to start it
        with pytest.raises(PeerError) as error:
            peer.suggest("The")
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_one_that_dies_leaves_its_last_words() -> None:
    with Peer(fake("dies")) as peer:
        for before in ("T", "Th", "The"):
            peer.suggest(before)
        for _ in range(2):
            with pytest.raises(PeerError, match=r"^fake stopped: a library gave up$"):
                peer.suggest("The ")


@pytest.mark.parametrize(
    "program", [fake("missing"), PeerProgram("fake", ("/none/such",), "fake-words")]
)
def test_where_it_is_not_installed_one_line_says_how_to_get_it(program: PeerProgram) -> None:
    with pytest.raises(PeerError, match=r"^fake is not installed .* apt-get install fake-words$"):
        Peer(program)


@pytest.mark.parametrize("program", PEERS, ids=lambda program: program.name)
def test_the_real_ones_finish_a_word_where_they_are_installed(program: PeerProgram) -> None:
    try:
        peer = Peer(program)
    except PeerError as error:
        pytest.skip(str(error))
    with peer:
        assert "keeper" in [c.word for c in peer.suggest("He was the kee").candidates]
        assert all(c.insert for c in peer.suggest("The").candidates)
        assert peer.suggest("a\ud800 \0 th").candidates
        peer.learn("The zorbing gnus went zorbing.")
        assert peer.suggest("They like zor").inline == "bing "
        assert len(peer.cpu_milliseconds) == 4
