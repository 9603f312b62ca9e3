from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from editor import settings
from editor.rules.aids import Aids
from editor.rules.control import Control
from editor.rules.keymap import Keymap
from editor.rules.silence import Rules
from editor.settings import Settings


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Settings("eager", learn=False, font_points=20, window_width=500, welcomed=False)
    chosen = replace(chosen, rules=Rules(300, 5, space=False), keys=Keymap(accept="F2", read=""))
    chosen = replace(chosen, count_words=False)
    control = Control("quieter", 12.5, ("0123", "4567"))
    chosen = replace(chosen, control=control, aids=Aids(readable=True, announce="speech"))
    settings.save(chosen, tmp_path / "new")
    assert settings.load(tmp_path / "new") == chosen


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    kept, link = tmp_path / "dotfiles" / "foretype.json", tmp_path / "settings.json"
    kept.parent.mkdir()
    link.symlink_to(kept)
    settings.save(Settings("eager"), tmp_path)
    assert link.is_symlink()
    assert list(kept.parent.iterdir()) == [kept]
    assert settings.load(tmp_path).eagerness == "eager"
    kept.unlink()
    kept.symlink_to(link)
    settings.save(Settings("quiet"), tmp_path)
    assert kept.is_symlink()


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none") == Settings(welcomed=False)


@pytest.mark.parametrize("bad", [b"", b"{", b"[1]", b"\xff", b"null", b"[" * 100_000])
def test_a_copy_of_a_bad_file_is_kept(tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(bad)
    assert settings.load(tmp_path) == Settings(welcomed=False)
    assert (tmp_path / "settings.bad").read_bytes() == bad


def test_unknown_keys_and_impossible_values_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(
        '{"learn": "no", "eagerness": ["eager"], "font_points": 4000, "window_width": true,'
        ' "window_height": 600, "from": "the future"}'
    )
    assert settings.load(tmp_path) == Settings(window_height=600)
    assert (tmp_path / "settings.bad").exists()


def test_what_is_good_in_a_damaged_file_is_used(tmp_path: Path) -> None:
    chosen = replace(Settings("eager", learn=False), rules=Rules(300, 5), keys=Keymap(accept="F2"))
    settings.save(chosen, tmp_path)
    whole = (tmp_path / "settings.json").read_text()
    assert not (tmp_path / "settings.bad").exists()
    torn = whole[: whole.index('"keys"') + 12]
    (tmp_path / "settings.json").write_text(torn)
    assert settings.load(tmp_path) == replace(chosen, keys=Keymap())
    assert (tmp_path / "settings.bad").read_text() == torn


def test_a_file_that_is_right_or_of_a_later_version_is_not_called_bad(tmp_path: Path) -> None:
    settings.save(replace(Settings(), control=Control(off_in=("1", "2"))), tmp_path)
    settings.load(tmp_path)
    (tmp_path / "settings.json").write_text('{"learn": false, "from": "the future"}')
    assert settings.load(tmp_path) == Settings(learn=False)
    assert not (tmp_path / "settings.bad").exists()


def test_impossible_choices_leave_the_others_alone(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(
        '{"rules": {"delay_ms": 4000, "least_saved": 5}, "keys": {"accept": 7, "dismiss": "F3"},'
        ' "control": {"mode": "on fire", "snoozed_until": "later", "off_in": [1]}, "aids": "all"}'
    )
    chosen = settings.load(tmp_path)
    assert chosen.rules == Rules(least_saved=5)
    assert chosen.keys == Keymap(dismiss="F3")
    assert (chosen.control, chosen.aids) == (Control(), Aids())


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just([])


@given(
    st.dictionaries(st.sampled_from(["eagerness", "learn", "font_points", "rules", "x"]), VALUES)
)
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_file_keeps_the_editor_from_starting(tmp_path: Path, kept: dict[str, object]) -> None:
    import json

    (tmp_path / "settings.json").write_text(json.dumps(kept))
    settings.load(tmp_path)


def test_a_folder_that_cannot_be_written_costs_only_the_choices(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.save(Settings(), tmp_path / "file" / "folder")


def test_a_profile_holds_its_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORETYPE_PROFILE", str(tmp_path / "one"))
    assert settings.settings_folder() == tmp_path / "one"
    assert settings.settings_folder(tmp_path / "two") == tmp_path / "two"
    monkeypatch.delenv("FORETYPE_PROFILE")
    assert "foretype" in str(settings.settings_folder())
