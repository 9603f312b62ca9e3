"""What can go wrong with a document. The text of each error is one line: the cause, the way out."""

from __future__ import annotations


class DocumentError(Exception):
    """A file cannot be read or written."""


class Unencodable(DocumentError):
    """The text holds a character that the file's encoding has not."""

    def __init__(self, character: str, encoding: str) -> None:
        super().__init__(
            f"“{character}” cannot be written in {encoding}. Choose UTF-8 as the encoding."
        )
        self.character = character


def cause(error: OSError) -> str:
    """Why the system refused, in a few words."""
    return (error.strerror or type(error).__name__).lower()
