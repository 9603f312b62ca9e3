"""Reading a text file in any encoding, with any line ends, damaged or not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from editor.documents.errors import DocumentError, cause
from editor.documents.form import Form, parted
from editor.documents.watching import Stamp, stable_bytes, stamp_of

LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file with plain line ends, the form to write it back in, and its stamp."""

    text: str
    form: Form
    stamp: Stamp


def read(path: Path, encoding: str | None = None) -> Content:
    """What a file holds; `encoding` is what the user says it is written in."""
    try:
        if path.is_dir():
            raise DocumentError(f"{path} is a folder, not a file. Choose a file in it.")
        if path.exists() and not path.is_file():
            raise DocumentError(f"{path} is not an ordinary file. Choose a text file.")
        if path.stat().st_size > LARGEST:
            raise DocumentError(f"{path} is larger than 200 MB. Split it and open the parts.")
        raw, state = stable_bytes(path)
    except FileNotFoundError:
        raise DocumentError(f"{path} does not exist. Check the name.") from None
    except OSError as error:
        raise DocumentError(f"Cannot read {path}: {cause(error)}. Check its permissions.") from None
    except RuntimeError:
        raise DocumentError(f"{path} is a link to itself. Choose another file.") from None
    text, form = parted(raw, encoding)
    return Content(text, form, stamp_of(state, raw))


def read_again(path: Path, encoding: str) -> Content:
    """What a file holds by now that was written in `encoding` before.

    In that encoding, unless somebody has turned it into Unicode: nearly all bytes are text in an
    old encoding, but hardly any text of an old encoding is UTF-8.
    """
    content = read(path)
    is_unicode = content.form.encoding.startswith("utf") and not content.text.isascii()
    return content if is_unicode or content.form.marks else read(path, encoding)
