from __future__ import annotations

from dataclasses import replace

from editor.rules.keymap import Keymap, conflicts


def test_the_usual_keys_are_in_nobodys_way() -> None:
    usual = Keymap().named()
    assert conflicts(usual, [("Ctrl+S", "Save")]) == {}
    assert len(set(usual.values())) == len(usual)


def test_both_sides_of_a_conflict_are_named() -> None:
    chosen = replace(Keymap(), accept="Esc", read="Ctrl+S", next="", previous="")
    found = conflicts(chosen.named(), [("Ctrl+S", "Save"), ("", "nothing")])
    assert found == {"accept": "dismiss", "dismiss": "accept", "read": "Save"}


def test_a_key_that_writes_is_no_command() -> None:
    chosen = replace(
        Keymap(), accept="A", accept_word="Space", dismiss="Shift+Return", read="Alt+A"
    )
    assert set(conflicts(chosen.named(), [])) == {"accept", "accept_word", "dismiss"}
