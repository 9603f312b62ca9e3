"""`main.py evaluate`: simulated typing over files, one stream a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from model.errors import PeerError, SourceError
from model.evaluation.parallel import Progress, in_processes
from model.evaluation.peers.client import Peer, PeerProgram
from model.evaluation.typing import Suggests, Tally, accepted_spans, add_up, type_document
from model.messages import Eagerness, Lesson, Suggestion, Teaching
from model.predictor import Predictor
from model.tokens import documents_of

Streams = Sequence[tuple[Path, Sequence[str]]]
_READING = 0.1  # of the time that a character takes: its bits; the rest is typing
Places = tuple[Path | None, Eagerness, Path | None, str | None]


class Learns(Suggests, Protocol):
    """What can be asked while a text is typed, and taught what was typed."""

    def learn(self, text: str) -> object:
        """Learn from a finished paragraph."""

    def code_length(
        self, text: str, before: str = "", progress: Callable[[int], object] = ...
    ) -> float:
        """Bits that `text` costs after `before`; `progress` is told of characters."""


def evaluate_files(
    paths: Sequence[Path],
    *,
    learn: bool = False,
    max_chars: int | None = None,
    eagerness: Eagerness = "balanced",
    profile: Path | None = None,
    base: Path | None = None,
    peers: Sequence[PeerProgram] = (),
    jobs: int = 1,
    progress: bool = True,
    passphrase: str | None = None,
) -> dict[str, Any]:
    """Type every file and return the figures of DESIGN section 6 as one dictionary.

    With `learn` each stream starts from nothing learnt and learns each paragraph once it is
    typed, in memory; a `profile` is only read, with the weights as they were kept. With `peers`
    the same characters are typed with each of them as well: `peers` then holds name: {streams,
    pooled}, `peers_left_out` those that are missing or failed, each with a reason. `jobs` streams
    are typed at a time, with the same figures but for the latency. `passphrase` is the profile's.
    Raises SourceError for files that cannot be read.
    """
    streams = [(path, stream_of(path, max_chars)) for path in paths]
    total = characters_of(streams) * (1 + len(peers))
    # Learning starts from nothing for each stream, and never touches a profile.
    places = (None if learn else profile, eagerness, base, passphrase)
    # Where nobody looks, a bar is nothing but signs in a log.
    quiet = None if progress else True
    with tqdm(total=total, unit=" characters", unit_scale=True, disable=quiet) as bar:
        if jobs > 1:
            work = partial(_type_alone, places, learn)
            tallies = in_processes(work, [documents for _, documents in streams], jobs, bar)
        else:
            tallies = []
            for path, documents in streams:
                bar.set_description(path.stem)
                tallies.append(_type_alone(places, learn, documents, bar))
        figures = _figures(streams, tallies)
        if peers:
            figures |= _type_with_peers(peers, streams, learn, bar)
    return figures


def _type_alone(places: Places, learn: bool, documents: Sequence[str], progress: Progress) -> Tally:
    with Predictor.open(*places, writable=False) as predictor:
        return type_stream(predictor, documents, learn, progress)


def _figures(
    streams: Streams, tallies: Sequence[Tally], unknown: Sequence[str] = ()
) -> dict[str, Any]:
    """The figures of each stream and of all together; those that are `unknown` are None."""
    none = dict.fromkeys(unknown)
    return {
        "streams": [
            {"file": path.name, **tally.figures(), **none}
            for (path, _), tally in zip(streams, tallies, strict=True)
        ],
        "pooled": {**add_up(tallies).figures(), **none},
    }


def _type_with_peers(
    peers: Iterable[PeerProgram], streams: Streams, learn: bool, bar: tqdm[Any]
) -> dict[str, Any]:
    measured: dict[str, Any] = {}
    left_out: list[dict[str, str]] = []
    for peer in peers:
        end = bar.n + characters_of(streams)
        bar.set_description(peer.name)
        try:
            tallies = [_type_with_peer(peer, documents, learn, bar) for _, documents in streams]
            measured[peer.name] = _figures(streams, tallies, unknown=["bits_per_character"])
        except PeerError as error:
            left_out.append({"name": peer.name, "reason": str(error)})
            bar.update(end - bar.n)
    return {"peers": measured, "peers_left_out": left_out}


def _type_with_peer(
    program: PeerProgram, documents: Sequence[str], learn: bool, bar: tqdm[Any]
) -> Tally:
    """Type one stream with a peer that starts, as ours does, from nothing learnt."""
    with Peer(program) as peer:
        tally = type_stream(peer, documents, learn, bar)
        tally.cpu_milliseconds = peer.cpu_milliseconds  # not what waiting for it costs us
    return tally


def characters_of(streams: Streams) -> int:
    """How many characters there are to type."""
    return sum(len(document) for _, documents in streams for document in documents)


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
    if not documents:
        raise SourceError(f"There is no text in {path} to type: leave it out.")
    return documents


def type_stream(
    predictor: Learns,
    documents: Sequence[str],
    learn: bool,
    bar: Progress,
    masked: bool = False,
) -> Tally:
    """Type documents in their order; with `learn`, each paragraph is learnt once it is typed.

    `masked`: what was taken from ghosts is marked as accepted, as the editor does.
    """

    def read(characters: int) -> object:
        return bar.update(_READING * characters)

    total = Tally()
    for number, document in enumerate(documents):
        bits = 0.0 if learn else predictor.code_length(document, "", read)
        paragraph = 0

        def typed(
            position: int, answers: Sequence[Suggestion], text: str = document, number: int = number
        ) -> None:
            nonlocal paragraph, bits
            bar.update(1 - _READING)
            if learn and (text[position] == "\n" or position == len(text) - 1):
                part = text[paragraph : position + 1]
                bits += predictor.code_length(part, text[:paragraph], read)
                end = paragraph + len(part.rstrip())
                spans = accepted_spans(text, answers, paragraph, end) if masked else ()
                _teach(predictor, Lesson(text[paragraph:end], f"document {number}", spans))
                paragraph = position + 1

        tally = type_document(predictor, document, typed)
        tally.bits = bits
        total.add(tally)
    return total


def _teach(predictor: Learns, lesson: Lesson) -> None:
    """Teach as the editor does; other programs than ours are told the text alone."""
    if isinstance(predictor, Predictor):
        predictor.teach(Teaching(lesson.document or "", (lesson,)))
        predictor.catch_up()
    else:
        predictor.learn(lesson.text)
