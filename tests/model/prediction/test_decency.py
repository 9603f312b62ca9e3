from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from model.errors import BaseModelError
from model.prediction import decency
from model.prediction.decency import Decency, load_decency


def rot13(words: str) -> list[str]:
    """Words that nobody need read here by accident."""
    return codecs.decode(words, "rot13").split()


def test_entries_stand_for_words_in_any_case_and_form() -> None:
    listed = Decency(["plum", "=jay", "mulb*", "*berry", "*app*", "fig leaf"])
    held = "plum PLUM Plum's plum' jay JAY mulberries strawberry Pineapple's red-plum plum- applied"
    assert [word for word in held.split() if listed.allows(word)] == []
    free = "plums plumber Jay Jay's berry's-eye mull fig leaf"
    assert [word for word in free.split() if not listed.allows(word)] == []
    assert listed.ends_pair("Leaf")
    assert not listed.allows_pair("Fig", "LEAF")
    assert listed.allows_pair("leaf", "fig")


@pytest.mark.parametrize(
    "word",
    rot13(
        "shpx Shpxvat zbgureshpxre fuvg fuvggl ohyyfuvg phag phagf avttre avttref snttbg juber "
        "fyhg ovgpurf nffubyr onfgneq cvffrq pbpxfhpxre phz jnaxre ergneqrq puvax fcvp xvxr tbbx"
    ),
)
def test_the_worst_words_are_on_the_list(word: str) -> None:
    for form in (word, word.upper(), f"{word}'s"):
        assert not load_decency().allows(form)


def test_innocent_words_are_not_on_the_list() -> None:
    words = """
        cocktail escort kill sex black Dick spice cumin snigger niggle assess class Scunthorpe
        Matsushita Sussex Essex analysis therapist saltwater cocked peacock Hancock shuttlecock
        title titan constitution grape drape peniless swank Cummings hello Japan Japanese jape
        coconut raccoon tycoon bumblebee document accumulate circumstances assassin embassy
        basement passage Pakistan cracker gay lesbian queer breast nude God Jesus Muslim Jew dyke
        rape murder Nazi suicide cancer spit stupid idiot hell damn Hooker Coons Kraut Poof Prick
    """.split()
    assert [word for word in words if not load_decency().allows(word)] == []


def test_a_missing_list_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decency, "_LIST", tmp_path / "words")
    load_decency.cache_clear()
    with pytest.raises(BaseModelError, match="Reinstall"):
        load_decency()
