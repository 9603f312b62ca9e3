"""Faults 1, 3, 8, 22, 38 and 41 with real processes: killed, ended, beside each other."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.writers import ROOT, Start

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 and tmpfs are POSIX's")


def drafts(profile: Path) -> list[bytes]:
    return [file.read_bytes() for file in (profile / "documents" / "drafts").glob("*.draft")]


def wait_for_draft(profile: Path, text: bytes) -> float:
    begun = time.monotonic()
    while not any(text in raw for raw in drafts(profile)):
        assert time.monotonic() - begun < 20, "waited in vain for the draft"
        time.sleep(0.01)
    return time.monotonic() - begun


def fill(ballast: Path) -> None:
    """Leave no room on the disk."""
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))


def test_1_text_that_was_never_saved_survives_kill_9(start: Start, profile: Path) -> None:
    writer = start()
    writer.tell("type", "Never saved, but ne")
    writer.tell("type", "ver lost")
    writer.tell("caret", "5")
    writer.tell("type", "!")
    wait_for_draft(profile, b"!")
    writer.kill()
    found = start().see()
    (tab,) = found["tabs"]
    assert tab["text"] == "Never! saved, but never lost"
    assert (tab["caret"], tab["modified"]) == (6, True)
    assert found["box"] == ""


def test_1_changes_of_files_survive_kill_9_and_the_files_stay(
    start: Start, profile: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_bytes(b"\xef\xbb\xbfone\r\ntwo caf\xc3\xa9\r\n")
    writer = start(*paths)
    writer.tell("type", "zorblax ")
    wait_for_draft(profile, b"zorblax")
    writer.kill()
    again = start()
    tabs = again.see()["tabs"]
    assert [(tab["name"], tab["modified"]) for tab in tabs][-1] == ("b.txt", True)
    assert tabs[-1]["text"] == "zorblax one\ntwo café\n"
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbfone\r\n") for path in paths)
    again.tell("do", "save")
    again.wait_until(lambda found: "Saved" in found["said"])
    assert paths[1].read_bytes() == b"\xef\xbb\xbfzorblax one\r\ntwo caf\xc3\xa9\r\n"
    again.wait_until(lambda _: drafts(profile) == [])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts a tmpfs")
def test_3_a_full_disk_costs_neither_text_nor_file(
    start: Start, profile: Path, tmp_path: Path
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = (
        f'mount -t tmpfs -o size=256k tmpfs "{small}" && echo "old text" > "{small}/a.txt"'
        ' && exec "$@"'
    )
    alone = ("unshare", "-rm") if os.geteuid() else ("unshare", "-m")
    before = (*alone, "sh", "-c", mount, "sh")
    if subprocess.run([*before, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no tmpfs can be mounted here")
    writer = start(small / "a.txt", at=small / "profile", before=before)
    text = "a full disk " * 200
    writer.tell("type", "x")
    inside = Path(f"/proc/{writer.process.pid}/root") / (small / "a.txt").relative_to("/")
    fill(inside.parent / "ballast")
    writer.tell("type", text)
    writer.wait_until(lambda found: "cannot be kept" in found["said"])
    writer.tell("do", "save")
    found = writer.wait_until(lambda found: found["box"])
    assert "no space left" in found["box"]
    found = writer.tell("press", "OK")
    assert inside.read_text() == "old text\n"
    assert found["tabs"][0]["text"] == "x" + text + "old text\n"
    assert found["tabs"][0]["modified"]
    (inside.parent / "ballast").unlink()
    writer.tell("do", "save")
    writer.wait_until(lambda found: "Saved" in found["said"])
    assert inside.read_text().startswith("xa full disk")


def test_8_two_processes_with_one_file_warn_and_overwrite_nothing(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("both ")
    one = start(path)
    other = start(path, at=tmp_path / "another")
    assert "open in another program" in other.see()["said"]
    one.tell("type", "one ")
    one.tell("do", "save")
    one.wait_until(lambda found: "Saved" in found["said"])
    other.tell("type", "other ")
    other.tell("do", "save")
    other.wait_until(lambda found: found["tabs"][0]["asks"])
    assert path.read_text() == "one both "
    assert other.see()["tabs"][0]["text"] == "other both "


def test_8_a_second_start_opens_its_files_in_the_first_window(start: Start, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("b")
    first = start()
    command = [sys.executable, "-m", "tests.faults.writer", str(tmp_path / "profile")]
    command.append(str(tmp_path / "b.txt"))
    second = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert second.returncode == 0
    assert first.wait_until(lambda found: found["title"].startswith("b.txt"))


def test_22_a_private_document_leaves_nothing_but_names_of_nothing(
    start: Start, tmp_path: Path
) -> None:
    profile = tmp_path / "private"
    profile.mkdir(mode=0o700)
    settings = '{"learn": false, "control": {"mode": "off"}}'  # the model is not even opened
    (profile / "settings.json").write_text(settings)
    writer = start(at=profile)
    before = {file for file in profile.rglob("*") if file.is_file()}
    writer.tell("do", "private")
    writer.tell("type", "zorblax is private")
    wait_for_draft(profile, b"zorblax")
    writer.tell("do", "close")
    writer.wait_until(lambda found: found["box"])
    writer.tell("press", "Discard")
    writer.wait_until(lambda found: found["tabs"][0]["text"] == "")
    os.kill(writer.process.pid, signal.SIGTERM)
    writer.process.wait(timeout=30)
    left = {file: file.read_bytes() for file in profile.rglob("*") if file.is_file()}
    assert not any(b"zorblax" in raw for raw in left.values())
    new = {file.name for file in left if file not in before}
    assert new <= {"session.json", "settings.json"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_38_a_logout_asks_nothing_and_everything_is_restored(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("file ")
    writer = start(path)
    writer.tell("type", "changed ")
    writer.tell("do", "new")
    writer.tell("type", "fresh")
    os.kill(writer.process.pid, number)  # at once: no pause for a draft
    assert writer.process.wait(timeout=30) == 0
    found = start().see()
    assert [tab["text"] for tab in found["tabs"]] == ["changed file ", "fresh"]
    assert all(tab["modified"] for tab in found["tabs"])
    assert path.read_text() == "file "


def test_41_a_file_name_is_shown_as_it_is(start: Start, tmp_path: Path) -> None:
    name = "<b>%s%n %1<b> [*] &x.txt"
    (tmp_path / name).write_text("text")
    found = start(tmp_path / name).see()
    assert found["title"].startswith("<b>%s%n %1<b> [*]")
    assert found["tabs"][0]["name"] == name
