"""Which pairs of capitalised words are common knowledge: resources/decency/names.txt.

    python -m model.training.known_names CORPUS ... --output resources/decency/names.txt

A pair is common knowledge if it stands in several sources of the corpus (files) that have nothing
to do with each other; people whom only their own letters know stand in one.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from model.text import fold
from model.training.corpus import read_documents

LEAST_SOURCES = 6
_CAPITALISED = re.compile(r"(?<![\w'-])[^\W\d_a-z]\w*(?:['-]\w+)*(?!['-])")
_HEAD = """\
# Pairs of capitalised words that the base may offer together: places, institutions, works, public
# persons. Each stood in at least {least} of the {sources} sources of the base's corpus (their
# licences: resources/base/MODEL_CARD.md). Made by model/training/known_names.py.
"""


def known_names(
    documents: Iterable[tuple[str, str]], least: int = LEAST_SOURCES
) -> list[tuple[str, str]]:
    """Pairs that stand in at least `least` sources, in order; documents are (source, text)."""
    seen: dict[tuple[str, str], set[str]] = {}
    for source, text in documents:
        for pair in _pairs(fold(text)):
            seen.setdefault(pair, set()).add(source)
    return sorted(pair for pair, sources in seen.items() if len(sources) >= least)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Capitalised words with one space between them, without their possessive endings."""
    previous, end = "", -1
    for match in _CAPITALISED.finditer(text):
        word = match.group().removesuffix("'s")
        # One letter is an initial or an article, and "I" the pronoun that may follow any name.
        apart = match.start() != end + 1 or text[end] != " "
        if len(previous) > 1 and word != "I" and not apart:
            yield previous, word
        previous, end = word, match.start() + len(word)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read a corpus and write the list."""
    parser = argparse.ArgumentParser(description="Write the pairs that are common knowledge.")
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--least", type=int, default=LEAST_SOURCES, help="sources of each pair")
    chosen = parser.parse_args(arguments)
    sources: set[str] = set()

    def documents() -> Iterator[tuple[str, str]]:
        for source, text in read_documents(chosen.corpus):
            sources.add(source)
            yield source, text

    pairs = known_names(documents(), chosen.least)
    head = _HEAD.format(least=chosen.least, sources=len(sources))
    lines = "".join(f"{first} {second}\n" for first, second in pairs)
    chosen.output.write_text(head + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
