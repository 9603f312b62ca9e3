"""`main.py evaluate`: simulated typing over files, one stream a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from model.errors import SourceError
from model.evaluation.bits import documents_of
from model.evaluation.typing import Tally, accepted_spans, add_up, type_document
from model.messages import Eagerness, Lesson, Suggestion, Teaching
from model.predictor import Predictor


def evaluate_files(
    paths: Sequence[Path],
    *,
    learn: bool = False,
    max_chars: int | None = None,
    eagerness: Eagerness = "balanced",
    profile: Path | None = None,
    base: Path | None = None,
    progress: bool = True,
) -> dict[str, Any]:
    """Type every file and return the figures of DESIGN section 6 as one dictionary.

    With `learn` each stream starts from nothing learnt and learns each paragraph once it is
    typed, in memory; a `profile` is only read. Raises SourceError for files that cannot be read.
    """
    streams = [(path, stream_of(path, max_chars)) for path in paths]
    characters = sum(len(document) for _, documents in streams for document in documents)
    tallies: list[Tally] = []
    with tqdm(total=characters, unit=" characters", disable=not progress) as bar:
        for path, documents in streams:
            bar.set_description(path.stem)
            # Learning starts from nothing for each stream, and never touches a profile.
            with Predictor.open(None if learn else profile, eagerness, base) as predictor:
                tallies.append(type_stream(predictor, documents, learn, bar))
    return {
        "streams": [
            {"file": path.name, **tally.figures()}
            for (path, _), tally in zip(streams, tallies, strict=True)
        ],
        "pooled": add_up(tallies).figures(),
    }


def stream_of(path: Path, max_chars: int | None) -> list[str]:
    """The documents of a file, cut after `max_chars` characters in all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8 text; convert it first.") from error
    left = len(text) if max_chars is None else max_chars
    documents = []
    for document in documents_of(text):
        documents.append(document[:left])
        left -= len(document)
        if left <= 0:
            break
    return documents


def type_stream(
    predictor: Predictor,
    documents: Sequence[str],
    learn: bool,
    bar: tqdm[Any],
    masked: bool = False,
) -> Tally:
    """Type documents in their order; with `learn`, each paragraph is learnt once it is typed.

    `masked`: what was taken from ghosts is marked as accepted, as the editor does.
    """
    total = Tally()
    for number, document in enumerate(documents):
        bits = 0.0 if learn else predictor.code_length(document)
        paragraph = 0

        def typed(
            position: int, answers: Sequence[Suggestion], text: str = document, number: int = number
        ) -> None:
            nonlocal paragraph, bits
            bar.update(1)
            if learn and (text[position] == "\n" or position == len(text) - 1):
                part = text[paragraph : position + 1]
                bits += predictor.code_length(part, text[:paragraph])
                end = paragraph + len(part.rstrip())
                spans = accepted_spans(text, answers, paragraph, end) if masked else ()
                name = f"document {number}"
                lesson = Lesson(text[paragraph:end], name, spans)
                predictor.teach(Teaching(name, (lesson,)))
                predictor.catch_up()
                paragraph = position + 1

        tally = type_document(predictor, document, typed)
        tally.bits = bits
        total.add(tally)
    return total
