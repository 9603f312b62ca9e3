"""Text to train on: read straight from archives, weighted by kind, shuffled, encoded once.

A corpus is any mix of text files, folders and tar archives; inside a file, documents are
separated by a line `<|doc|>`. Nothing is unpacked to disk but the token ids.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import tarfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from model.errors import SourceError
from model.text import fold
from model.tokens import Tokens, documents_of

_TEXT_SUFFIXES = {".txt", ".md"}
_SHUFFLE_BLOCK = 4096


@dataclass(frozen=True)
class CorpusWeights:
    """How often a document is seen in one pass, by the beginning of its file's name."""

    default: float = 1.0
    weights: dict[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> CorpusWeights:
        """Read the JSON form; SourceError where it is not one."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(float(data["default"]), {k: float(v) for k, v in data["weights"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"The corpus weights {path} cannot be read: {error}") from error

    def of(self, name: str) -> float:
        """The weight of the longest matching beginning of `name`."""
        matches = [prefix for prefix in self.weights if name.startswith(prefix)]
        return self.weights[max(matches, key=len)] if matches else self.default


def read_documents(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield (file name, document) for every document under `paths`, in a fixed order."""
    for path in paths:
        for name, text in _read_files(path):
            for document in documents_of(text):
                yield name, document


def _read_files(path: Path) -> Iterator[tuple[str, str]]:
    if not path.exists():
        raise SourceError(f"There is no file or folder {path} to train on.")
    try:
        if path.is_dir():
            yield from _read_folder(path)
        elif tarfile.is_tarfile(path):
            yield from _read_archive(path)
        else:
            yield path.name, _decode(path.read_bytes(), path)
    except (OSError, tarfile.TarError, lzma.LZMAError, EOFError) as error:
        raise SourceError(f"{path} cannot be read to its end ({error}).") from error


def _read_folder(path: Path) -> Iterator[tuple[str, str]]:
    files = sorted(p for p in path.rglob("*") if p.suffix in _TEXT_SUFFIXES and p.is_file())
    if not files:
        raise SourceError(f"The folder {path} holds no .txt or .md files to train on.")
    for file in files:
        yield file.name, _decode(file.read_bytes(), file)


def _read_archive(path: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in archive:
            handle = archive.extractfile(member) if member.isfile() else None
            if handle is not None:
                yield Path(member.name).name, _decode(handle.read(), path)


def _decode(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8 text; convert it first.") from error


def copies(name: str, document: str, weights: CorpusWeights, seed: int) -> int:
    """How often this document is seen: the weight, its fraction decided by a hash."""
    weight = weights.of(name)
    digest = hashlib.blake2b(document.encode("utf-8", "replace"), digest_size=8, key=_key(seed))
    fraction = int.from_bytes(digest.digest(), "big") / 2**64
    return int(weight) + (fraction < weight - int(weight))


def _key(seed: int) -> bytes:
    return seed.to_bytes(8, "big")


def sample_lines(
    paths: Iterable[Path], weights: CorpusWeights, characters: int, seed: int
) -> list[str]:
    """About `characters` of folded lines for the vocabulary, in the corpus's own proportions."""
    documents = [
        (hashlib.blake2b(text[:200].encode("utf-8", "replace"), key=_key(seed)).digest(), text)
        for name, text in read_documents(paths)
        for _ in range(copies(name, text, weights, seed))
    ]
    documents.sort(key=lambda pair: pair[0])
    lines: list[str] = []
    for _, text in documents:
        lines += (line for line in fold(text).split("\n") if line.strip())
        characters -= len(text)
        if characters <= 0:
            break
    return lines


def encode_corpus(
    paths: Iterable[Path],
    weights: CorpusWeights,
    tokens: Tokens,
    seed: int,
    report: Callable[[int], None] = lambda documents: None,
) -> array[int]:
    """All documents, weighted and shuffled, as one array of 16-bit token ids.

    Each document begins with the document token. `report` is called with the count of
    documents read, now and then.
    """
    encoded: list[array[int]] = []
    for count, (name, text) in enumerate(read_documents(paths)):
        repeat = copies(name, text, weights, seed)
        if repeat:
            ids = array("H", [tokens.document, *tokens.encode(fold(text))])
            encoded += [ids] * repeat
        if count % _SHUFFLE_BLOCK == 0:
            report(count)
    random.Random(seed).shuffle(encoded)
    stream: array[int] = array("H")
    for ids in encoded:
        stream.extend(ids)
    return stream
