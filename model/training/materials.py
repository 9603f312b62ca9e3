"""What a training reads: vocabulary, token ids, word list, made once and kept for the next run."""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from tqdm import tqdm

from model.errors import BaseModelError, SourceError
from model.files import replace_file
from model.text import WORD, fold
from model.tokens import PLACEHOLDERS, Tokens, documents_of, load_vocabulary, train_vocabulary
from model.training.corpus import (
    CorpusWeights,
    copies,
    encode_corpus,
    read_documents,
    sample_lines,
)

_RECIPE = "recipe.json"
_VOCABULARY_SAMPLE = 60_000_000  # characters; more changes no common piece
_WORDS = 80_000
_LEAST_COUNT = 3
# No word but a part of one, or somebody's: numbers as telephones have, postcodes, and names that
# people give themselves, such as `terryb2`.
_NOT_OFFERED = re.compile(
    r".*-\Z|.*\d{5}|[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}\Z|.*[^\W\d_]{5}\d", re.IGNORECASE
)
_LEAST_VOCABULARY, _MOST_VOCABULARY = 300, 32_768  # byte pieces and a few; four fit a key
_DEV_CHARACTERS = 6_000  # of each dev file
_GATE_CHARACTERS = 12_000  # after those
_UNSEEN = 0.1  # a token that never occurs is thought to have occurred so often


@dataclass(frozen=True)
class Recipe:
    """What decides the token ids: the same recipe always gives the same."""

    corpus: Sequence[Path]
    weights: CorpusWeights
    vocabulary: int
    seed: int

    def check(self, work: Path) -> None:
        """Refuse to mix what an earlier run left in `work` with another recipe.

        Raises SourceError; also where one of the corpus cannot be read at all.
        """
        if not _LEAST_VOCABULARY <= self.vocabulary <= _MOST_VOCABULARY:
            raise SourceError(
                f"A vocabulary has {_LEAST_VOCABULARY} to {_MOST_VOCABULARY:,} pieces, "
                f"not {self.vocabulary:,}."
            )
        file = work / _RECIPE
        if not file.exists():
            for path in self.corpus:
                next(read_documents([path]), None)
        elif _read_recipe(file) != self._described():
            raise SourceError(
                f"{work} was made from another corpus, vocabulary, seed or weights: name another "
                "--output, or delete that folder."
            )

    def keep(self, work: Path) -> None:
        """Let what is made in `work` from now on be of this recipe."""
        replace_file(work / _RECIPE, json.dumps(self._described(), indent=2).encode("utf-8"))

    def _described(self) -> dict[str, Any]:
        return {
            "corpus": [str(path.resolve()) for path in self.corpus],
            "weights": asdict(self.weights),
            "vocabulary": self.vocabulary,
            "seed": self.seed,
        }


@dataclass(frozen=True)
class Materials:
    """What the training reads, and the words that the base may offer."""

    tokens: Tokens
    stream: array[int]  # 16-bit ids
    words: list[str]

    def first_bias(self) -> Tensor:
        """(vocabulary,) the output bias that expects each token as often as it occurs.

        It is what a network would learn first, in hundreds of steps; given it, it need not.
        """
        ids = torch.frombuffer(self.stream, dtype=torch.uint16).long()
        counts = torch.bincount(ids, minlength=self.tokens.size) + _UNSEEN
        return counts.log() - counts.log().mean()


def prepare(recipe: Recipe, work: Path, tokens: Tokens | None = None) -> Materials:
    """Make what is not in `work` yet; the vocabulary is `tokens` where that is given.

    Each file is written whole or not at all: the next run trusts what it finds.
    """
    recipe.check(work)
    vocabulary, ids, words = work / "tokens.model", work / "ids.u16", work / "words.txt"
    if not vocabulary.exists():
        if tokens is None:
            tqdm.write("Training the vocabulary ...")
            sample = (recipe.corpus, recipe.weights, _VOCABULARY_SAMPLE, recipe.seed)
            tokens = train_vocabulary(sample_lines(*sample), recipe.vocabulary)
        recipe.keep(work)  # only now: a corpus too small for its vocabulary may be changed
        replace_file(vocabulary, tokens.serialized)
    tokens = _kept_vocabulary(vocabulary)
    if not words.exists():
        replace_file(words, "\n".join(_word_list(recipe)).encode("utf-8"))
    if not ids.exists():
        with tqdm(desc="Encoding", unit=" documents") as bar:
            encoded = encode_corpus(
                recipe.corpus,
                recipe.weights,
                tokens,
                recipe.seed,
                lambda count: bar.update(count - bar.n) and None,
            )
        replace_file(ids, encoded.tobytes())
    return Materials(tokens, _read_ids(ids, tokens), _read_words(words))


def _read_recipe(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _all_damaged(path, error) from error


def _kept_vocabulary(path: Path) -> Tokens:
    try:
        return load_vocabulary(path)
    except BaseModelError as error:
        raise _all_damaged(path, error.__cause__ or error) from error


def _read_ids(path: Path, tokens: Tokens) -> array[int]:
    stream: array[int] = array("H")
    try:
        stream.frombytes(path.read_bytes())
        # As signed numbers, which torch can compare: the largest are below nought.
        ids = torch.frombuffer(stream, dtype=torch.int16) if stream else torch.zeros(1)
        if int(ids.min()) < 0 or int(ids.max()) >= tokens.size:
            raise ValueError("it holds tokens that the vocabulary has not")
    except ValueError as error:
        raise _damaged(path, error) from error
    return stream


def _read_words(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except ValueError as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> SourceError:
    """Of a file that is made from the others."""
    return SourceError(f"{path} is damaged ({error}): delete it, and it is made anew.")


def _all_damaged(path: Path, error: BaseException) -> SourceError:
    """Of a file without which nobody knows what the others are."""
    return SourceError(
        f"{path} is damaged ({error}): delete the folder {path.parent}, or name another --output."
    )


def _word_list(recipe: Recipe) -> list[str]:
    """Words seen often enough to be offered, most frequent first."""
    counts: Counter[str] = Counter()
    for name, document in read_documents(recipe.corpus):
        if copies(name, document, recipe.weights, recipe.seed):
            text = fold(document)
            for placeholder in PLACEHOLDERS:
                text = text.replace(placeholder, " ")
            counts.update(WORD.findall(text))
    often = (word for word, count in counts.most_common() if count >= _LEAST_COUNT)
    return list(islice((word for word in often if not _NOT_OFFERED.match(word)), _WORDS))


def read_dev(paths: Sequence[Path]) -> dict[str, list[str]]:
    """The beginning of each dev file, read before the hours of training, not after them.

    By name, or by path where two have the same name.
    """
    dev = {}
    for path in paths:
        try:
            name = str(path) if path.stem in dev else path.stem
            dev[name] = documents_of(path.read_text(encoding="utf-8")[:_DEV_CHARACTERS])
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(f"The dev file {path} cannot be read ({error}).") from error
        if not dev[name]:
            raise SourceError(
                f"There is no text to test on in the first {_DEV_CHARACTERS:,} characters of "
                f"{path}: name another with --dev, or none."
            )
    return dev


def gate_texts(paths: Sequence[Path]) -> list[str]:
    """What of the dev files is not in the curve: there the n-grams show what they are worth."""
    part = slice(_DEV_CHARACTERS, _DEV_CHARACTERS + _GATE_CHARACTERS)
    return [text for path in paths for text in documents_of(path.read_text("utf-8")[part])]
