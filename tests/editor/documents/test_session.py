from __future__ import annotations

from pathlib import Path

import pytest

from editor.documents.drafts import View
from editor.documents.session import MOST_RECENT, Place, Session, keep, load

WHOLE = Session(
    (Place("/a.txt", None, View(3, 1)), Place(None, "id"), Place("/b", "other")), 1, ("/a", "/b")
)


def test_a_session_comes_back(tmp_path: Path) -> None:
    keep(WHOLE, tmp_path / "kept" / "session.json")
    assert load(tmp_path / "kept" / "session.json") == WHOLE


@pytest.mark.parametrize("garbage", [b"", b"{", b"[]", b"\0\xff", b'{"open": 3}', b"[" * 100_000])
def test_a_damaged_session_is_kept_beside(tmp_path: Path, garbage: bytes) -> None:
    file = tmp_path / "session.json"
    file.write_bytes(garbage)
    assert load(file) == Session()
    assert file.with_suffix(".bad").read_bytes() == garbage


def test_what_is_possible_of_a_session_is_used(tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    file.write_text(
        '{"open": [7, {"path": 3}, {"path": "/a", "view": {"caret": -4, "scroll": "x"}},'
        ' {"draft": "../../etc"}], "current": "two", "recent": ["/a", 5]}'
    )
    assert load(file) == Session((Place("/a"),), 0, ("/a",))
    assert load(tmp_path / "none") == Session()


def test_recent_files_are_in_order_and_few() -> None:
    session = Session(recent=tuple(str(number) for number in range(MOST_RECENT)))
    recent = session.with_recent("5")
    assert recent[:3] == ("5", "0", "1")
    assert len(recent) == MOST_RECENT
    assert len(Session(recent=recent).with_recent("new")) == MOST_RECENT
