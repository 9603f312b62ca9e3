"""Text to token ids and back, by SentencePiece (Kudo and Richardson 2018, arXiv 1808.06226).

Encoding goes pretoken by pretoken, so what is settled never changes its tokens as more is
typed. Any string survives the round trip: lone surrogates and the space mark that
SentencePiece keeps for itself are escaped first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sentencepiece

from model.errors import BaseModelError, SourceError
from model.text import pretokens

DOCUMENT = "<|doc|>"
DOCUMENT_LINE = re.compile(rf"^{re.escape(DOCUMENT)}[ \t]*$", re.MULTILINE)
PLACEHOLDERS = ("<email>", "<url>")
NEWLINE = "\n"

_SPACE_MARK = "\u2581"
_DELIMITER = "\x01"
# Escapes live at the far end of the last private-use plane; ESCAPE itself is escaped too.
_ESCAPE = "\U0010fffd"
_SURROGATE_SHIFT = 0x100000 - 0xD800 + 0x1000
_TO_ESCAPE = re.compile(f"[\ud800-\udfff{_SPACE_MARK}{_ESCAPE}]")
_ESCAPED = re.compile(f"{_ESCAPE}(.)", re.DOTALL)
_CACHE_LIMIT = 200_000
_RECIPE: dict[str, Any] = {
    "model_type": "bpe",
    "normalization_rule_name": "identity",
    "remove_extra_whitespaces": False,
    "add_dummy_prefix": False,
    "byte_fallback": True,
    "character_coverage": 0.99995,  # rarer characters are spelled in bytes
    "max_sentence_length": 1 << 20,
    "split_by_unicode_script": False,
    "split_by_number": False,
    "pretokenization_delimiter": _DELIMITER,
    "user_defined_symbols": [NEWLINE, *PLACEHOLDERS],
    "control_symbols": [DOCUMENT],
    "bos_id": -1,
    "eos_id": -1,
    "pad_id": -1,
    "num_threads": 2,
    "minloglevel": 2,
}


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return _ESCAPE + (
        chr(code + _SURROGATE_SHIFT)
        if 0xD800 <= code <= 0xDFFF
        else {_SPACE_MARK: "s", _ESCAPE: "e"}[match.group()]
    )


def _unescape(match: re.Match[str]) -> str:
    mark = match.group(1)
    if mark in "se":
        return _SPACE_MARK if mark == "s" else _ESCAPE
    code = ord(mark) - _SURROGATE_SHIFT
    return chr(code) if 0xD800 <= code <= 0xDFFF else match.group()


class Tokens:
    """A vocabulary of pieces; `encode` and `decode` are inverse for any string."""

    def __init__(self, serialized: bytes) -> None:
        """Take the bytes of a SentencePiece model.

        Raises BaseModelError where they are not one, or lack the pieces we rely on.
        """
        try:
            self._processor = sentencepiece.SentencePieceProcessor(model_proto=serialized)
        except (RuntimeError, ValueError) as error:
            raise BaseModelError(f"The vocabulary cannot be read ({error}).") from error
        self.serialized = serialized
        self.size: int = self._processor.vocab_size()
        self.document: int = self._processor.piece_to_id(DOCUMENT)
        self.newline: int = self._processor.piece_to_id(NEWLINE)
        if self.size < 300 or self.document == 0 or self.newline == 0:
            raise BaseModelError("The vocabulary lacks the document and line-end pieces.")
        self.surfaces: list[str] = self._surfaces()
        self._cache: dict[str, list[int]] = {}

    def _surfaces(self) -> list[str]:
        """The text of each piece; "" for control, byte and placeholder pieces."""
        ids, processor = list(range(self.size)), self._processor  # all at once: a tenth of the time
        pieces: list[str] = processor.id_to_piece(ids)
        kinds = (processor.is_control, processor.is_unknown, processor.is_byte)
        special = [any(flags) for flags in zip(*(kind(ids) for kind in kinds), strict=True)]
        return [
            ""
            if without_text or piece in PLACEHOLDERS or _ESCAPE in piece
            else piece.replace(_SPACE_MARK, " ")
            for piece, without_text in zip(pieces, special, strict=True)
        ]

    def encode(self, text: str) -> list[int]:
        """Token ids of `text` (any string; folded text is what the network was trained on)."""
        ids: list[int] = []
        cache = self._cache
        for pretoken in pretokens(text):
            known = cache.get(pretoken)
            if known is None:
                known = self._processor.encode(_TO_ESCAPE.sub(_escape, pretoken))
                if len(cache) >= _CACHE_LIMIT:
                    cache.clear()
                cache[pretoken] = known
            ids += known
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        """The text of token ids."""
        return _ESCAPED.sub(_unescape, self._processor.decode(list(ids)))


def documents_of(text: str) -> list[str]:
    """The documents of a text, which lines of DOCUMENT separate; blank ones are left out."""
    parts = DOCUMENT_LINE.split(text.replace("\r\n", "\n"))
    return [part.strip("\n") for part in parts if part.strip()]


def train_vocabulary(lines: Iterable[str], size: int) -> Tokens:
    """Train a byte-pair vocabulary of `size` pieces on folded lines of text.

    Contractions stay whole (`don't` is one piece) and punctuation never glues to words,
    because training sees the borders of `model.text.pretokens`. Raises SourceError where
    there is too little text for so many pieces.
    """
    model = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=_delimited(lines), model_writer=model, vocab_size=size, **_RECIPE
        )
    except RuntimeError as error:
        raise SourceError(
            f"The corpus is too small for a vocabulary of {size:,} pieces. "
            "Add text, or ask for a smaller one with --vocabulary."
        ) from error
    return Tokens(model.getvalue())


def _delimited(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        parts = [part for part in pretokens(line) if _DELIMITER not in part and part != NEWLINE]
        if parts:
            yield _DELIMITER.join(parts)


def load_vocabulary(path: Path) -> Tokens:
    """Read a SentencePiece file; BaseModelError where it is missing or damaged."""
    try:
        return Tokens(path.read_bytes())
    except OSError as error:
        raise BaseModelError(f"The vocabulary {path} cannot be read ({error.strerror}).") from error
