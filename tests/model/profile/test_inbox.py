from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from model.errors import ProfileError
from model.messages import Forgetting, Lesson, Teaching
from model.profile.inbox import Inbox
from model.profile.journal import Journal
from model.profile.lock import FileLock
from model.profile.store import Profile
from model.profile.word_lists import WordLists

TEACHING = Teaching(
    "a",
    (Lesson("The heron\udcff waits.", "a", ((0, 3),), 5.0),),
    ("Gone.",),
    (("quill", "added"), ("moist", None)),
    "untitled-1",
)


def texts(profile: Profile) -> list[str]:
    return [record.text for record in Journal(profile).records()]


def test_what_a_reader_leaves_the_next_writer_takes_in_once(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as writer:
        Journal(writer).append([Lesson("Gone.", "untitled-1"), Lesson("Old.", "b")])
        with Profile.open(tmp_path, writable=False) as reader:
            inbox = Inbox(reader)
            inbox.keep(TEACHING)
            inbox.keep(Forgetting(document="b"))
            left = [item for _, item in inbox.items()]
            assert left == [TEACHING, Forgetting(document="b", through=2)]
            with pytest.raises(sqlcipher.OperationalError):  # it still writes nothing else
                reader._connection.execute("DELETE FROM lessons")
    with Profile.open(tmp_path) as writer:
        assert texts(writer) == ["Gone.", "Old."]
        assert Inbox(writer).take_in() == 2
        assert Inbox(writer).take_in() == 0
        assert texts(writer) == [TEACHING.lessons[0].text]
        assert next(Journal(writer).records()).accepted == ((0, 3),)
        assert WordLists(writer).words("added") == {"quill"}


def test_a_wish_that_waited_leaves_what_was_learnt_later(tmp_path: Path) -> None:
    wishes = (
        Forgetting(word="heron"),
        Forgetting(text="The heron"),
        Forgetting(document="a"),
        Forgetting(since=1.0),
        Forgetting(everything=True),
    )
    for number, wish in enumerate(wishes):
        with Profile.open(tmp_path / str(number)) as profile:
            journal, inbox = Journal(profile), Inbox(profile)
            journal.append([Lesson("The heron before.", "a")])
            inbox.leave(Teaching("a", (Lesson("The heron, waiting.", "a"),)))
            inbox.leave(wish)
            journal.append([Lesson("The heron after.", "a")])
            assert inbox.take_in() == 2
            assert texts(profile) == ["The heron after."]


def test_a_wish_that_is_done_forgets_only_what_waited(tmp_path: Path) -> None:
    for wish in (Forgetting(word="heron", done=True), Forgetting(everything=True, done=True)):
        with Profile.open(tmp_path / str(wish.everything)) as profile:
            inbox = Inbox(profile)
            inbox.leave(Teaching("a", (Lesson("The heron, waiting.", "a"),)))
            inbox.leave(wish)
            WordLists(profile).put("heron", "added")  # later
            inbox.take_in()
            assert texts(profile) == []
            assert WordLists(profile).words("added") == {"heron"}


def test_what_waits_puts_no_word_on_a_list_that_was_forgotten_since(tmp_path: Path) -> None:
    with Profile.open(tmp_path) as profile:
        inbox = Inbox(profile)
        inbox.leave(Teaching("a", listed=(("Heron", "added"), ("quill", "added"))))
        inbox.leave(Forgetting(delete="heron"))
        inbox.leave(Forgetting(word="heron", done=True))
        inbox.take_in()
        assert WordLists(profile).words("added") == {"quill"}
        assert not profile.read("SELECT * FROM deleted")


def test_an_item_is_taken_in_whole_or_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Profile.open(tmp_path) as profile:
        Inbox(profile).leave(TEACHING)

        def fails(*_: object) -> None:
            raise ProfileError("The disk is full.")

        with monkeypatch.context() as patch:
            patch.setattr(WordLists, "put", fails)
            with pytest.raises(ProfileError):
                Inbox(profile).take_in()
        assert texts(profile) == []
        assert Inbox(profile).take_in() == 1
        assert len(texts(profile)) == 1


def test_no_secret_gets_into_the_inbox(tmp_path: Path) -> None:
    with Profile.open(tmp_path, encrypted=False) as profile:
        lessons = (Lesson("The password is hunter2x!", "a"), Lesson("Go home.", "a"))
        Inbox(profile).leave(Teaching("a", lessons))
        raw = (tmp_path / "profile.db").read_bytes()
        assert b"Go home" in raw
        assert b"hunter2x" not in raw
        Journal(profile).forget_all()
        assert list(Inbox(profile).items()) == []
    assert b"Go home" not in (tmp_path / "profile.db").read_bytes()


def test_where_there_is_no_profile_nothing_can_be_left(tmp_path: Path) -> None:
    with (
        Profile.open(tmp_path / "none", writable=False) as profile,
        pytest.raises(ProfileError, match="not there yet"),
    ):
        Inbox(profile).leave(TEACHING)
    assert not (tmp_path / "none").exists()


def test_what_is_left_while_the_profile_is_being_made_is_tried_again(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")  # the first process, which still waits for its keyring
    with Profile.open_as_can_be(tmp_path) as reader:
        assert not texts(reader)
        with pytest.raises(ProfileError):
            Inbox(reader).leave(TEACHING)
        lock.release()
        with Profile.open(tmp_path) as writer:
            Journal(writer).append([Lesson("It rains.")])
            Inbox(reader).leave(TEACHING)
            assert [item for _, item in Inbox(writer).items()] == [TEACHING]
            assert texts(reader) == ["It rains."]
            assert reader.key_place == writer.key_place
