from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from model.base import BaseModel
from model.errors import SourceError
from model.training.corpus import CorpusWeights, encode_corpus, read_documents, sample_lines

TWO = "One tea.\n<|doc|>\nTwo teas.\nAnd a gull."


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "mail_a.txt").write_text(TWO, encoding="utf-8")
    (tmp_path / "talk_b.txt").write_text("Three teas.", encoding="utf-8")
    path = tmp_path / "corpus.tar.xz"
    with tarfile.open(path, "w:xz") as tar:
        for name in ("mail_a.txt", "talk_b.txt"):
            tar.add(tmp_path / name, arcname=f"train/{name}")
    return path


def test_archives_folders_and_files_read_alike(archive: Path) -> None:
    expected = [
        ("mail_a.txt", "One tea."),
        ("mail_a.txt", "Two teas.\nAnd a gull."),
        ("talk_b.txt", "Three teas."),
    ]
    assert list(read_documents([archive])) == expected
    assert list(read_documents([archive.parent])) == expected
    assert list(read_documents([archive.parent / "talk_b.txt"])) == expected[2:]


def test_weights_decide_how_often_a_document_is_seen(archive: Path, toy_base: BaseModel) -> None:
    weights = CorpusWeights(1.0, {"mail": 3.0, "talk": 0.0})
    ids = encode_corpus([archive], weights, toy_base.tokens, seed=1)
    text = toy_base.tokens.decode(ids)
    assert text.count("Two teas") == 3
    assert "Three" not in text
    assert list(ids).count(toy_base.tokens.document) == 6


@pytest.mark.parametrize("content", ["[]", "{", '{"default": 1}', '{"default": [], "weights": {}}'])
def test_what_are_no_weights_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "weights.json").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        CorpusWeights.load(tmp_path / "weights.json")


def test_the_longest_beginning_wins() -> None:
    weights = CorpusWeights(1.0, {"chat": 2.0, "chat_irc": 0.5})
    assert [weights.of(name) for name in ("chat_a", "chat_irc_b", "x")] == [2.0, 0.5, 1.0]


def test_the_same_seed_gives_the_same_stream(archive: Path, toy_base: BaseModel) -> None:
    weights = CorpusWeights(0.5)
    streams = [encode_corpus([archive], weights, toy_base.tokens, seed) for seed in (1, 1)]
    assert streams[0] == streams[1]


def test_lines_for_the_vocabulary_are_folded(archive: Path) -> None:
    lines = sample_lines([archive], CorpusWeights(), 10_000, seed=1)
    assert sorted(lines) == [" And a gull.", " One tea.", " Three teas.", " Two teas."]


def test_what_cannot_be_read_is_named(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    for path in (tmp_path / "missing.txt", tmp_path / "latin.txt"):
        with pytest.raises(SourceError, match=path.name):
            list(read_documents([path]))
    (tmp_path / "cut.tar.xz").write_bytes(archive.read_bytes()[:100])
    with pytest.raises(SourceError, match=r"cut\.tar\.xz"):
        list(read_documents([tmp_path / "cut.tar.xz"]))
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="empty"):
        list(read_documents([tmp_path / "empty"]))
    with pytest.raises(SourceError, match="weights"):
        CorpusWeights.load(tmp_path / "missing.json")
