"""What stands behind the caret: whether a ghost has room before it, and what it would repeat."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.text import WORD, fold
from model.text.wraps import flowing

_LOOKED_AT = 400  # characters
# A ghost may stand before a blank and before signs that close a phrase, but before no other text:
# a sign with a letter or digit at once behind it is the inside of a word or a number, or opens.
_CLOSING = re.escape(".,;:!?)]}\"'")
_ROOM = re.compile(rf"\Z|\s|[{_CLOSING}]+(?![\w{_CLOSING}])")
# A word or one mark, with the blanks before it.
PIECE = re.compile(r"[^\S\n]*([^\W_]+(?:['\-][^\W_]+)*['\-]?|[^\w\s]|_)")
_INSIDE = re.compile(r"'?([^\W_](?:[^\W_]|['\-])*)")
# So many words of the same phrase are near enough to be repeated.
_NEAR, _LEAST_LETTERS = 4, 3
_PHRASE_ENDS = re.compile(r"[.!?;:)\]}\"]")
# These may well stand twice among a few words.
_OF_GRAMMAR = frozenset(
    "the and but for nor yet you him she her his its our your they them their who whom whose which"
    " what that this these those there here when where why how are was were been being have has had"
    " did does will would shall should can could may might must not all any some each more most"
    " from with into onto over under about after before between through than then because while"
    " until without within upon also too very out off per one".split()
)


@dataclass(frozen=True, slots=True)
class Behind:
    """The text behind the caret: the rest of its `line` as the network reads it, and what is near.

    `first` is the first word or mark that follows, `words` are those near it that are not to be
    said twice.
    """

    line: str
    first: str
    words: frozenset[str]

    @classmethod
    def of(cls, after: str, wrapped: str | None = None) -> Behind:
        """What stands in `after`; `wrapped` is the caret's line up to it, if the text is wrapped.

        There the line below follows as if it stood on the caret's line.
        """
        line, _, rest = after[:_LOOKED_AT].partition("\n")
        plain = following = fold(line) if line[:1].isspace() else fold(line)[1:]
        if wrapped is not None:
            following += fold(flowing(wrapped + line, rest.partition("\n")[0]))
        match = PIECE.match(following)
        return cls(plain, _compared(match.group(1)) if match else "", _near(following))

    @property
    def leaves_room(self) -> bool:
        """Whether a ghost may stand before it."""
        return _ROOM.match(self.line) is not None

    @property
    def is_in_line(self) -> bool:
        """Whether anything but blanks follows on the caret's line."""
        return bool(self.line.strip())

    def rest_of_word(self) -> str:
        """The end of the word that the caret stands in, without the apostrophe it begins with."""
        match = _INSIDE.match(self.line)
        return match.group(1).casefold() if match else ""

    def has(self, piece: str) -> bool:
        """Whether a word or mark stands here already, so that it would be said twice."""
        low = _compared(piece)
        return low in self.words or low == self.first != ""


def _near(text: str) -> frozenset[str]:
    """The words that a text begins with, as far as its first phrase goes, but those of grammar."""
    phrase = _PHRASE_ENDS.split(text, maxsplit=1)[0]
    words = (_compared(word) for word in WORD.findall(phrase)[:_NEAR])
    return frozenset(word for word in words if len(word) >= _LEAST_LETTERS) - _OF_GRAMMAR


def _compared(piece: str) -> str:
    """A word or mark for comparison, the word without a hyphen or apostrophe behind it."""
    low = piece.casefold()
    return low.rstrip("'-") or low
