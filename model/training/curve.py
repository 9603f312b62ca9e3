"""The curve of a training: a line of JSON now and then, and a picture of them at the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from model.errors import SourceError

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 320, 56, 40, 16, 40
_TICKS = 5


class Curve:
    """What was noted so far, in a file that only grows.

    A line without an end is none: whoever wrote it was ended, and goes on from a checkpoint.
    """

    def __init__(self, path: Path) -> None:
        """`path` is the file of JSON lines; it may be there from an earlier run."""
        self._path = path

    def note(self, line: dict[str, Any]) -> None:
        """Add a line; `step` and `dev`, bits per character by file and their `mean`."""
        with self._path.open("ab") as file:
            file.truncate(len(self._whole()))
            file.write((json.dumps(line) + "\n").encode("utf-8"))

    def _whole(self) -> bytes:
        """The lines that were written to their end."""
        content = self._path.read_bytes() if self._path.exists() else b""
        return content[: content.rfind(b"\n") + 1]

    def check(self) -> None:
        """SourceError where it is damaged: better told before the hours of training."""
        self._lines()

    def _lines(self) -> list[dict[str, Any]]:
        lines = []
        for number, text in enumerate(self._whole().splitlines(), 1):
            try:
                line = json.loads(text)
                lines.append({"step": int(line["step"]), "dev": dict(line["dev"])})
            except (ValueError, KeyError, TypeError) as error:
                raise SourceError(
                    f"The curve {self._path} is damaged in line {number}: delete it; the training "
                    "goes on without what it told."
                ) from error
        return lines

    def last(self) -> dict[str, float]:
        """What the last line says about the dev files."""
        lines = self._lines()
        return lines[-1]["dev"] if lines else {}

    def means(self) -> list[tuple[int, float]]:
        """(step, mean of the dev files) of each line that has one, in their order."""
        return [(line["step"], line["dev"]["mean"]) for line in self._lines() if line["dev"]]


def draw(points: Sequence[tuple[int, float]], title: str) -> str:
    """An SVG picture of (step, value) points; a step back begins a new line."""
    steps, values = [step for step, _ in points], [value for _, value in points]
    low, high, last = min(values), max(values), max(1, *steps)
    # A curve falls steeply at first: its later part, where little moves, fills the picture.
    high = max(low + 1e-3, min(high, low + 4 * (sorted(values)[len(values) // 2] - low)))
    across, down = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def place(step: float, value: float) -> tuple[float, float]:
        share = (high - min(value, high)) / (high - low)
        return round(_LEFT + across * step / last, 1), round(_TOP + down * share, 1)

    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
    parts = [
        head + 'font-family="sans-serif" font-size="11" fill="#555">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="14" fill="#222">{escape(title)}</text>',
    ]
    for tick in range(_TICKS):
        value = low + (high - low) * tick / (_TICKS - 1)
        step = last * tick / (_TICKS - 1)
        x, y = place(step, value)
        parts += [
            f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke="#ddd"/>',
            f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{value:.3f}</text>',
            f'<text x="{x}" y="{_HEIGHT - 18}" text-anchor="middle">{step:,.0f}</text>',
        ]
    for line in _runs(points):
        path = " ".join(f"{x},{y}" for x, y in (place(*point) for point in line))
        parts.append(f'<polyline points="{path}" fill="none" stroke="#2a6fb0" stroke-width="1.5"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _runs(points: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    """The points in stretches of rising steps: a new schedule starts where an old one fell."""
    runs: list[list[tuple[int, float]]] = []
    for point in points:
        if not runs or point[0] <= runs[-1][-1][0]:
            runs.append([])
        runs[-1].append(point)
    return runs
