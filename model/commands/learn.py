"""`main.py learn PATH ...`: learns from the user's own files and folders."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from model.commands.options import Command, add_json, count, open_predictor, show
from model.errors import SourceError
from model.lessons.cutting import BEGINNING, newest
from model.lessons.filters import screen
from model.lessons.sources import SUFFIXES, LeftOut, find_files, read_text

if TYPE_CHECKING:
    from model import Predictor

_PORTION = 20_000  # characters learnt between two steps of the progress bar


@dataclass
class _Total:
    documents: int = 0
    characters: int = 0
    lessons: int = 0
    taken_back: int = 0
    left_out: list[LeftOut] = field(default_factory=list)


def add(parser: argparse.ArgumentParser) -> Command:
    """Describe the command's arguments; returns what runs it."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help=f"files ({', '.join(SUFFIXES)}) or folders",
    )
    add_json(parser)
    return _run


def _run(args: argparse.Namespace) -> int:
    files, left_out = find_files(args.paths)
    total = _Total(left_out=left_out)
    documents = list(_read(files, total.left_out))
    if documents:
        _learn(documents, total, args)
    figures = {
        "documents": total.documents,
        "characters": total.characters,
        "lessons": total.lessons,
        "left_out": [{"path": str(one.path), "reason": one.reason} for one in total.left_out],
    }
    show(args, figures, lambda: _lines(total))
    if not documents:
        raise SourceError(_nothing(total.left_out))
    return 0


def _read(files: Iterable[Path], left_out: list[LeftOut]) -> Iterator[tuple[Path, str]]:
    for path in files:
        try:
            yield path, read_text(path)
        except SourceError as error:
            left_out.append(LeftOut(path, str(error)))


def _learn(documents: Sequence[tuple[Path, str]], total: _Total, args: argparse.Namespace) -> None:
    characters = sum(len(text) for _, text in documents)
    with (
        open_predictor(args) as predictor,
        tqdm(total=characters, unit=" characters", unit_scale=True) as bar,
    ):
        for path, text in documents:
            bar.set_description(path.name)
            _learn_document(predictor, path.resolve(), text, total, bar)


def _learn_document(
    predictor: Predictor, path: Path, text: str, total: _Total, bar: tqdm[None]
) -> None:
    # A secret may run over several paragraphs, so the whole text is screened before it is cut.
    screened = screen(text)
    reasons = Counter(screened.reasons)
    kept = newest(screened.text)
    if len(kept) < len(screened.text):
        total.left_out.append(LeftOut(path, BEGINNING))
    bar.update(len(text) - len(kept))
    for portion in _portions(kept):
        report = predictor.learn(portion, document=str(path))
        total.lessons += report.lessons
        total.characters += report.characters
        reasons.update(report.left_out)
        bar.update(len(portion))
    total.documents += 1
    total.taken_back += predictor.take_back(text, str(path))
    total.left_out += [
        LeftOut(path, f"{reason} ({count(times, 'sentence')} left out)")
        for reason, times in sorted(reasons.items())
    ]


def _portions(text: str) -> Iterator[str]:
    """Cut a long text at ends of lines; joined again the portions give `text`."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PORTION) + 1 or len(text)
        yield text[start:end]
        start = end


def _lines(total: _Total) -> str:
    learnt = (
        f"Learnt {count(total.characters, 'character')} in {count(total.lessons, 'lesson')} "
        f"from {count(total.documents, 'document')}."
    )
    if total.taken_back:
        learnt += f" Took back {count(total.taken_back, 'lesson')} that no longer stand there."
    return "\n".join([learnt, *(f"Left out: {one.path}: {one.reason}" for one in total.left_out)])


def _nothing(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return f"There is nothing to learn from: no {' or '.join(SUFFIXES)} files were found."
    first = left_out[0]
    more = f" (and {len(left_out) - 1} more)" if len(left_out) > 1 else ""
    return f"There is nothing to learn from: {first.path}: {first.reason}{more}."
