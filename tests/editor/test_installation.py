from __future__ import annotations

from pathlib import Path

import pytest

from editor import installation
from editor.installation import findings, has_display
from editor.spelling import dictionaries
from editor.spelling.dictionaries import Found
from tests.editor.spelling.fake_dictionary import FakeDictionary


def test_without_a_display_everything_else_is_looked_at() -> None:
    found = {finding.what: finding for finding in findings(display=False)}
    assert found["Window"].state == "note"
    assert found["Fonts"].state in {"ok", "note"}
    assert "ibus" in found["Input methods"].words
    assert found["Spelling"].state in {"ok", "note"}


def test_a_display_that_is_not_there_ends_no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":987")
    (found,) = findings(display=True)
    assert (found.what, found.state) == ("Window", "broken")
    assert "DISPLAY=:987" in found.words


def test_a_library_that_is_missing_is_named(tmp_path: Path) -> None:
    sent: list[installation.Finding] = []

    class Pipe:
        def send(self, finding: installation.Finding) -> None:
            sent.append(finding)

        def close(self) -> None:
            sent.append(installation.Finding("closed", "ok", ""))

    def fails(display: bool) -> list[installation.Finding]:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installation, "_look", fails)
        installation._report(Pipe(), True)  # type: ignore[arg-type]
    assert [finding.state for finding in sent] == ["broken", "ok"]
    assert "libEGL.so.1" in sent[0].words


def test_a_dictionary_that_is_missing_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Found(("de_DE", "en_GB"), "en_GB", FakeDictionary("heron"))
    for found, state, words in (
        (there, "ok", "en_GB, of de_DE, en_GB"),
        (Found(missing="hunspell-en-us"), "note", "not checked; to be installed: hunspell-en-us"),
    ):
        monkeypatch.setattr(dictionaries, "find", lambda _wanted, _locale, found=found: found)
        spelling = installation._spelling()
        assert (spelling.what, spelling.state, spelling.words) == ("Spelling", state, words)


def test_an_input_method_that_is_not_here_is_said(tmp_path: Path) -> None:
    plugins = tmp_path / "platforminputcontexts"
    plugins.mkdir()
    (plugins / "libibusplatforminputcontextplugin.so").touch()
    (plugins / "libcomposeplatforminputcontextplugin.so").touch()
    known = installation._input_methods(tmp_path, {})
    assert (known.state, known.words) == ("ok", "compose, ibus")
    fcitx = installation._input_methods(tmp_path, {"QT_IM_MODULE": "fcitx"})
    assert (fcitx.state, fcitx.words) == ("ok", "compose, ibus; Fcitx 5 is reached as ibus")
    other = installation._input_methods(tmp_path, {"QT_IM_MODULE": "maliit"})
    assert other.state == "note"
    assert "'maliit'" in other.words


@pytest.mark.parametrize(
    ("environment", "there"),
    [({}, False), ({"DISPLAY": ":1"}, True), ({"WAYLAND_DISPLAY": "w"}, True)],
)
def test_where_a_window_can_open(
    environment: dict[str, str], there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", "linux")
    assert has_display() is there
