from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from model.errors import SourceError
from model.training.curve import Curve, draw


def test_lines_are_noted_and_found_again(tmp_path: Path) -> None:
    curve = Curve(tmp_path / "curve.jsonl")
    assert curve.means() == []
    curve.note({"step": 250, "dev": {"a": 2.0, "mean": 2.1}})
    curve.note({"step": 500, "dev": {}})
    Curve(tmp_path / "curve.jsonl").note({"step": 750, "dev": {"mean": 1.9}})
    assert curve.means() == [(250, 2.1), (750, 1.9)]


def test_a_line_that_was_not_written_to_its_end_is_none(tmp_path: Path) -> None:
    curve = Curve(tmp_path / "curve.jsonl")
    curve.note({"step": 250, "dev": {"mean": 2.1}})
    whole = curve_bytes(tmp_path)
    curve.note({"step": 500, "dev": {"mean": 2.0}})
    for cut in (len(whole) + 1, len(whole) + 12, len(curve_bytes(tmp_path)) - 1):
        (tmp_path / "curve.jsonl").write_bytes(curve_bytes(tmp_path)[:cut])
        assert curve.means() == [(250, 2.1)]
        assert curve.last() == {"mean": 2.1}
        curve.note({"step": 750, "dev": {"mean": 1.9}})
        assert curve.means() == [(250, 2.1), (750, 1.9)]


@pytest.mark.parametrize("broken", ["{", "[]", "750", '{"step": 750}', '{"step": 1, "dev": 2}'])
def test_a_curve_that_is_none_is_told(tmp_path: Path, broken: str) -> None:
    curve = Curve(tmp_path / "curve.jsonl")
    curve.note({"step": 250, "dev": {"mean": 2.1}})
    with (tmp_path / "curve.jsonl").open("a", encoding="utf-8") as file:
        file.write(broken + "\n")
    curve.note({"step": 500, "dev": {"mean": 2.0}})
    with pytest.raises(SourceError, match=r"curve\.jsonl is damaged in line 2: delete it"):
        curve.check()


def curve_bytes(folder: Path) -> bytes:
    return (folder / "curve.jsonl").read_bytes()


def test_a_new_schedule_is_a_new_line_in_the_picture() -> None:
    points = [(250, 2.9), (500, 2.0), (750, 1.9), (500, 2.0), (1000, 1.8)]
    picture = ET.fromstring(draw(points, "Bits <dev>"))  # noqa: S314 - our own
    assert "Bits <dev>" in "".join(picture.itertext())
    lines = [e.attrib["points"].split() for e in picture if e.tag.endswith("polyline")]
    assert [len(line) for line in lines] == [3, 2]
    heights = [float(point.split(",")[1]) for line in lines for point in line]
    assert heights[-1] == max(heights)  # the lowest value stands lowest
    assert min(heights) >= 40


def test_one_point_is_a_picture_too() -> None:
    ET.fromstring(draw([(250, 2.0)], "One"))  # noqa: S314 - our own
