from __future__ import annotations

import runpy
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "resources" / "packaging"
RULES = runpy.run_path(str(PACKAGING / "contents.py"))
SITE = "/x/site-packages/"
QT = "PySide6/Qt/"


@pytest.mark.parametrize(
    "place",
    [
        "torch/lib/libtorch_cpu.so",
        "torch/bin/torch_shm_manager",
        f"{QT}plugins/platforms/libqxcb.so",
        f"{QT}plugins/platforms/libqwayland.so",
        f"{QT}plugins/platforms/libqoffscreen.so",
        f"{QT}plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{QT}plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        f"{QT}plugins/imageformats/libqsvg.so",
        f"{QT}plugins/printsupport/libcupsprintersupport.so",
        f"{QT}lib/libQt6PrintSupport.so.6",
        "PySide6/QtPrintSupport.abi3.so",
        f"{QT}lib/libQt6Gui.so.6",
        f"{QT}lib/libQt6WaylandClient.so.6",
        "resources/base/weights.safetensors",
    ],
)
def test_what_is_needed_stays(place: str) -> None:
    assert RULES["is_wanted"](place, SITE + place)


@pytest.mark.parametrize(
    "place",
    [
        "torch/bin/test_api",
        "torch/bin/protoc",
        "torch/test/op_registration_test",
        "torch/include/ATen/ATen.h",
        f"{QT}qml/QtQuick/libqtquick2plugin.so",
        f"{QT}lib/libQt6Qml.so.6",
        f"{QT}plugins/platforms/libqeglfs.so",
        f"{QT}plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{QT}translations/qtbase_de.qm",
    ],
)
def test_what_nobody_uses_goes(place: str) -> None:
    assert not RULES["is_wanted"](place, SITE + place)


def test_libraries_of_the_system_are_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    system = RULES["SYSTEM"][1]
    assert not RULES["is_wanted"]("libz.so.1", f"{system}libz.so.1")
    assert RULES["is_wanted"]("libpython3.11.so.1.0", f"{system}libpython3.11.so.1.0")


def test_what_is_left_of_a_list() -> None:
    kept, gone = ("a.so", "/x/a.so", "BINARY"), ("torch/test/a", "/x/a", "DATA")
    assert RULES["wanted"]([kept, gone]) == [kept]
