from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.documents import drafts as module
from editor.documents.drafts import KEPT_DAYS, Draft, Drafts, View
from editor.documents.form import Form
from editor.documents.splicing import Splice
from editor.documents.watching import Stamp

DAY = 86_400
WHOLE = Draft(
    id="one",
    text="Ünï \U0001f600\0\ud83d\nend",
    path="/home/me/a\udcff.txt",
    form=Form("utf-8", "\ufeff", "\r\n", 0xEF80, ("a", "b"), ("\r",)),
    stamp=Stamp(1, 2, 3, (4, 5), "digest"),
    private=True,
    number=3,
    when=12.5,
    view=View(7, 2),
)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "kept" / "drafts", tmp_path / "kept" / "discarded")


def file_of(tmp_path: Path, name: str = "one") -> Path:
    return tmp_path / "kept" / "drafts" / f"{name}.draft"


def test_a_draft_comes_back_whole(drafts: Drafts) -> None:
    drafts.write(WHOLE)
    assert drafts.all() == [WHOLE]


def test_what_changed_since_is_added(drafts: Drafts) -> None:
    drafts.write(Draft("one", "a\U0001f600b"))
    drafts.append("one", Splice(3, 1, "c\nd"), View(6, 0))
    drafts.append("one", Splice(0, 3, ""), View(1, 1))
    (draft,) = drafts.all()
    assert (draft.text, draft.view) == ("c\nd", View(1, 1))


@given(st.integers(min_value=0, max_value=200))
def test_a_torn_end_costs_only_itself(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("torn")
    drafts = Drafts(folder / "drafts", folder / "discarded")
    drafts.write(Draft("one", ""))
    whole = (folder / "drafts" / "one.draft").stat().st_size
    for place, letter in enumerate("abcd"):
        drafts.append("one", Splice(place, 0, letter), View(place + 1))
    raw = (folder / "drafts" / "one.draft").read_bytes()
    (folder / "drafts" / "one.draft").write_bytes(raw[: max(whole, len(raw) - cut)])
    (draft,) = drafts.all()
    assert "abcd".startswith(draft.text)
    assert draft.view.caret == len(draft.text)
    assert draft.text == "abcd" or cut


def test_a_change_without_a_place_costs_only_itself_and_later_ones(drafts: Drafts) -> None:
    drafts.write(Draft("one", "ab"))
    drafts.append("one", Splice(2, 0, "c"), View(3))
    drafts.append("one", Splice(9, 0, "x"), View(10))
    drafts.append("one", Splice(0, 0, "y"), View(1))
    (draft,) = drafts.all()
    assert (draft.text, draft.view) == ("abc", View(3))


@pytest.mark.parametrize("damage", [b"", b"garbage\n", b"\0" * 400, b"00000000 {}\n"])
def test_what_is_no_draft_is_left_alone(drafts: Drafts, tmp_path: Path, damage: bytes) -> None:
    drafts.write(Draft("two", "good"))
    file_of(tmp_path).write_bytes(damage)
    assert [draft.id for draft in drafts.all()] == ["two"]
    assert file_of(tmp_path).read_bytes() == damage


def test_a_draft_with_a_damaged_text_is_none(drafts: Drafts, tmp_path: Path) -> None:
    drafts.write(Draft("one", "the text"))
    raw = file_of(tmp_path).read_bytes()
    file_of(tmp_path).write_bytes(raw.replace(b"the text", b"the tex\0"))
    assert drafts.all() == []


def test_discarded_text_can_be_had_back_for_seven_days(drafts: Drafts) -> None:
    drafts.write(Draft("one", "first"))
    drafts.write(Draft("two", "second"))
    drafts.discard("one", 1000 * DAY)
    drafts.discard("two", 1001 * DAY)
    drafts.discard("never kept", 1001 * DAY)
    assert drafts.all() == []
    assert [draft.text for _, draft in drafts.discarded()] == ["second", "first"]
    drafts.purge(1000 * DAY + KEPT_DAYS * DAY)
    assert len(drafts.discarded()) == 2
    drafts.purge(1000 * DAY + KEPT_DAYS * DAY + 1)
    assert [draft.text for _, draft in drafts.discarded()] == ["second"]
    drafts.take_back("two")
    assert [draft.text for draft in drafts.all()] == ["second"]
    assert drafts.discarded() == []


def test_what_cannot_be_forgotten_now_is_tried_again(drafts: Drafts, tmp_path: Path) -> None:
    (tmp_path / "kept" / "discarded" / "1-folder.draft").mkdir(parents=True)
    drafts.write(Draft("one", "old"))
    drafts.discard("one", 2.0)
    drafts.purge(1e10)
    assert drafts.discarded() == []


def test_drafts_that_are_not_discarded_stay_for_ever(drafts: Drafts) -> None:
    drafts.write(Draft("one", "old", when=1.0))
    drafts.purge(1e10)
    assert len(drafts.all()) == 1
    drafts.remove("one")
    drafts.remove("one")
    assert drafts.all() == []


def test_drafts_are_the_users_alone(drafts: Drafts, tmp_path: Path) -> None:
    drafts.write(WHOLE)
    drafts.append("one", Splice(0, 0, "x"), View())
    assert stat.S_IMODE(file_of(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(file_of(tmp_path).parent.stat().st_mode) == 0o700
    drafts.discard("one")
    (file,) = (tmp_path / "kept" / "discarded").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_after_a_failure_a_draft_is_written_anew(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int, data: bytes) -> None:
        os.write(handle, data[:5])
        raise OSError(28, "No space left on device")

    drafts.write(Draft("one", ""))
    drafts.append("one", Splice(0, 0, "a"), View())
    monkeypatch.setattr(module, "write_all", fail)
    with pytest.raises(OSError, match="space"):
        drafts.append("one", Splice(1, 0, "b"), View())
    monkeypatch.undo()
    with pytest.raises(OSError, match="earlier"):
        drafts.append("one", Splice(2, 0, "c"), View())
    assert drafts.all()[0].text == "a"
    drafts.write(Draft("one", "abc"))
    drafts.append("one", Splice(3, 0, "d"), View())
    assert drafts.all()[0].text == "abcd"
