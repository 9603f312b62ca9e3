from __future__ import annotations

from pathlib import Path

import pytest

from model.profile.lock import FileLock


def test_a_second_taker_is_refused_until_release(tmp_path: Path) -> None:
    first = FileLock(tmp_path / "lock")
    with pytest.raises(BlockingIOError):
        FileLock(tmp_path / "lock")
    first.release()
    first.release()
    FileLock(tmp_path / "lock").release()


def test_a_folder_that_is_not_there_is_another_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "none" / "lock")
