from __future__ import annotations

import ctypes
import sys
from types import ModuleType

import pytest

from editor.spelling.dictionaries import choose, find


@pytest.mark.parametrize(
    ("languages", "wanted", "locale", "chosen"),
    [
        ("en_GB en_US", "", "en_US", "en_US"),
        ("en_GB en_US", "", "en_GB", "en_GB"),
        ("en_AU en_GB en_US", "", "en_AU", "en_AU"),
        ("en_GB en_US", "", "en_AU", "en_GB"),
        ("en_GB en_US", "", "C", "en_US"),
        ("de_DE en_GB", "", "de_DE", "en_GB"),
        ("de_DE en_ZA", "", "de_DE", "en_ZA"),
        ("de_DE en_GB", "de_DE", "en_GB", "de_DE"),
        ("en_GB", "fr_FR", "en_GB", "en_GB"),
        ("de_DE", "", "de_DE", ""),
        ("", "en_GB", "en_GB", ""),
    ],
)
def test_english_of_the_locale_unless_another_is_wanted(
    languages: str, wanted: str, locale: str, chosen: str
) -> None:
    assert choose(languages.split(), wanted, locale) == chosen


class EnchantError(Exception):
    pass


class FakeDict:
    def __init__(self, tag: str) -> None:
        self.tag = tag

    def check(self, word: str) -> bool:
        if word == "broken":
            raise EnchantError
        word.encode()
        return word in ("naive", "heron")

    def suggest(self, word: str) -> list[str]:
        if word == "broken":
            raise EnchantError
        return [word + letter for letter in "abcdefg"]


class FakeBroker:
    def list_languages(self) -> list[str]:
        return ["en_US", "de_DE"]

    def request_dict(self, tag: str) -> FakeDict:
        if tag == "de_DE":
            raise EnchantError
        return FakeDict(tag)


@pytest.fixture
def enchant(monkeypatch: pytest.MonkeyPatch) -> None:
    """An Enchant whose German dictionary is damaged."""
    package, errors = ModuleType("enchant"), ModuleType("enchant.errors")
    vars(package).update(Broker=FakeBroker, errors=errors)
    vars(errors).update(Error=EnchantError)
    monkeypatch.setitem(sys.modules, "enchant", package)
    monkeypatch.setitem(sys.modules, "enchant.errors", errors)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: None)


@pytest.mark.usefixtures("enchant")
def test_a_dictionary_is_found_and_asked() -> None:
    found = find("", "C")
    assert (found.languages, found.language, found.missing) == (("de_DE", "en_US"), "en_US", "")
    assert found.dictionary is not None
    words = {"heron": True, "naïve": True, "hrön": False, "hron": False, "שלום": True}
    assert {word: found.dictionary.knows(word) for word in words} == words
    assert found.dictionary.proposals("her") == ["hera", "herb", "herc", "herd", "here"]


@pytest.mark.usefixtures("enchant")
def test_what_it_cannot_read_it_has_nothing_against() -> None:
    dictionary = find("", "C").dictionary
    assert dictionary is not None
    assert all(dictionary.knows(word) for word in ("broken", "\ud83d"))
    assert dictionary.proposals("broken") == []


@pytest.mark.usefixtures("enchant")
def test_a_damaged_dictionary_is_one_that_is_missing() -> None:
    found = find("de_DE", "C")
    assert (found.dictionary, found.missing) == (None, "hunspell-en-us")
    assert found.languages == ("de_DE", "en_US")


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", missing)
    monkeypatch.setitem(sys.modules, "enchant", None)
    found = find("", "en_GB")
    assert found.dictionary is None
    assert found.languages == ()
    assert found.missing == "libenchant-2-2, hunspell-en-us"


def test_the_dictionaries_of_this_system_know_english() -> None:
    dictionary = find("", "en_US").dictionary
    if dictionary is None:
        pytest.skip("there is no English dictionary here")
    assert dictionary.knows("don't")
    assert dictionary.knows("naïve")
    assert not dictionary.knows("recieve")
    assert "receive" in dictionary.proposals("recieve")
