from __future__ import annotations

import json
from pathlib import Path

import pytest

from model.commands.line import run
from model.findings import Finding
from model.version import version


def checked(
    capsys: pytest.CaptureFixture[str], base: Path, window: Finding, *arguments: str
) -> tuple[int, str]:
    def no_editor(*_: object) -> int:
        raise AssertionError("the editor was opened")

    code = run(["--selfcheck", "--base", str(base), *arguments], no_editor, lambda: [window])
    return code, capsys.readouterr().out


def test_all_is_well(capsys: pytest.CaptureFixture[str], toy_base_folder: Path) -> None:
    code, out = checked(capsys, toy_base_folder, Finding("Window", "ok", "it opens"))
    assert code == 0
    assert out.startswith(f"Foretype {version()} (Python ")
    assert "  ok      Window: it opens\n" in out
    assert out.endswith("All that Foretype needs is here.\n")


def test_what_is_broken_is_counted(
    capsys: pytest.CaptureFixture[str], toy_base_folder: Path
) -> None:
    code, out = checked(capsys, toy_base_folder, Finding("Window", "broken", "no display"))
    assert code == 1
    assert out.endswith("1 thing broken.\n")


def test_one_json_object(capsys: pytest.CaptureFixture[str], toy_base_folder: Path) -> None:
    code, out = checked(capsys, toy_base_folder, Finding("Window", "note", "w"), "--json")
    told = json.loads(out)
    assert (code, told["version"], told["broken"]) == (0, version(), 0)
    assert told["findings"][-1] == {"what": "Window", "state": "note", "words": "w"}


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"], lambda *_: 1) == 0
    assert capsys.readouterr().out == f"foretype {version()}\n"


def test_json_alone_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--json"], lambda *_: 0)
    assert ended.value.code == 2
    assert "--selfcheck" in capsys.readouterr().err
