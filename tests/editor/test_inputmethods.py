from __future__ import annotations

import pytest

from editor.inputmethods import reach_fcitx


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "fcitx5;ibus"),
        ({"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx"}, "wayland;fcitx"),
        ({"QT_IM_MODULE": "ibus"}, None),
        ({}, None),
    ],
)
def test_fcitx_is_asked_in_the_language_of_ibus_too(
    named: dict[str, str], asked: str | None
) -> None:
    environment = dict(named)
    reach_fcitx(environment)
    assert environment.get("QT_IM_MODULES") == asked
