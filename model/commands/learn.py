"""`main.py learn PATH ...`: learns from the user's own files and folders."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from model.commands.options import Command, add_json, count, fold, open_predictor, show
from model.errors import SourceError
from model.lessons.cutting import BEGINNING
from model.lessons.sources import SUFFIXES, LeftOut, find_files, read_text

if TYPE_CHECKING:
    from model.predictor import LearnReport


@dataclass
class _Total:
    documents: int = 0
    characters: int = 0
    lessons: int = 0
    taken_back: int = 0
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, path: Path, report: LearnReport) -> None:
        """Count in what was learnt of a document."""
        self.documents += 1
        self.characters += report.characters
        self.lessons += report.lessons
        self.taken_back += report.taken_back
        for reason, times in sorted(Counter(report.left_out).items()):
            many = "" if reason == BEGINNING else f" ({count(times, 'sentence')} left out)"
            self.left_out.append(LeftOut(path, reason + many))


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
    if documents or args.json or len(left_out) > 1:  # else the error says it all
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
    with open_predictor(args, catch_up=False) as predictor:
        with tqdm(total=characters, unit=" characters", unit_scale=True, disable=None) as bar:
            for path, text in documents:
                bar.set_description(" ".join(path.name.split()))
                total.add(path, predictor.teach_document(text, str(path.resolve())))
                bar.update(len(text))
        fold(predictor.learner, "Learning what was read")


def _lines(total: _Total) -> str:
    learnt = (
        f"Learnt {count(total.characters, 'character')} in {count(total.lessons, 'lesson')} "
        f"from {count(total.documents, 'document')}."
    )
    if not (total.lessons or total.taken_back):
        documents = count(total.documents, "document")
        learnt = f"Nothing new in {documents}: what can be learnt there is learnt already."
    if total.taken_back:
        learnt += f" Took back {count(total.taken_back, 'earlier lesson')}: changed or gone."
    return "\n".join([learnt, *(f"Left out: {one.path}: {one.reason}" for one in total.left_out)])


def _nothing(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return f"There is nothing to learn from: no {' or '.join(SUFFIXES)} files were found."
    first = left_out[0]
    more = f" (and {len(left_out) - 1} more)" if len(left_out) > 1 else ""
    return f"There is nothing to learn from: {first.path}: {first.reason}{more}."
