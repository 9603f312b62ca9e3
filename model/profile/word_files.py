"""The user's lists of words as a file that other programs read, too: plain text or CSV.

Text has a word a line, with a "-" before those that are never suggested; a "#" begins a remark.
CSV has the columns `word` and `list`; a file without that head is read as one of added words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from model.errors import ProfileError
from model.files import replace_file
from model.messages import WordList
from model.profile.forgetting import list_word
from model.profile.store import Profile
from model.profile.word_lists import WordLists, is_listable, listed_form

LISTS: tuple[WordList, ...] = ("added", "blocked")
_HEAD = ["word", "list"]
_LARGEST = 20_000_000  # bytes
_BLOCKED = "-"


@dataclass(frozen=True, slots=True)
class Imported:
    """How many words were put on a list, and how many lines hold something else."""

    words: int
    left_out: int


def listed(profile: Profile) -> dict[str, WordList]:
    """All words on the user's lists as they were put there, in alphabetical order."""
    lists = WordLists(profile)
    found = [(word, spelling, of) for of in LISTS for word, spelling in lists.spellings(of).items()]
    return {spelling: of for _, spelling, of in sorted(found)}


def export_words(profile: Profile, path: Path) -> int:
    """Write the lists to a file for its owner alone, CSV where it is named so; how many words.

    Raises ProfileError where it cannot be written.
    """
    words = listed(profile)
    content = _to_csv(words) if _is_csv(path) else _to_text(words)
    try:
        replace_file(path, content.encode("utf-8"), private=True)
    except OSError as error:
        raise ProfileError(f"{path} cannot be written ({error.strerror}).") from error
    return len(words)


def import_words(profile: Profile, path: Path) -> Imported:
    """Put the words of a file on the lists, all of them or none.

    Raises ProfileError where it cannot be read as text.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ProfileError(f"{path} is too large for a list of words.")
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProfileError(f"{path} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ProfileError(f"{path} is no text in UTF-8; save it as one.") from error
    try:
        found = list(_from_csv(content) if _is_csv(path) else _from_text(content))
    except csv.Error as error:
        raise ProfileError(f"{path} is damaged ({error}).") from error
    good = [(word, of) for word, of in found if is_listable(word)]
    with profile.transaction():
        for word, of in good:
            list_word(profile, word, of)
    return Imported(len({listed_form(word) for word, _ in good}), len(found) - len(good))


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def _to_text(words: Mapping[str, WordList]) -> str:
    lines = (_BLOCKED * (of == "blocked") + word for word, of in words.items())
    return "".join(f"{line}\n" for line in lines)


def _to_csv(words: Mapping[str, WordList]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([_HEAD, *words.items()])
    return file.getvalue()


def _from_text(content: str) -> Iterator[tuple[str, WordList]]:
    for line in content.splitlines():
        word = line.split("#")[0].strip()
        if word:
            blocked = word.startswith(_BLOCKED)
            yield word.removeprefix(_BLOCKED).strip(), "blocked" if blocked else "added"


def _from_csv(content: str) -> Iterator[tuple[str, WordList]]:
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(content)) if row]
    if rows and rows[0][:2] == _HEAD:
        yield from _with_lists(rows[1:])
    else:
        yield from ((row[0], "added") for row in rows if row[0])


def _with_lists(rows: Iterable[list[str]]) -> Iterator[tuple[str, WordList]]:
    for row in rows:
        of = row[1] if len(row) > 1 else "added"
        # What is on no list that we know is no word of ours.
        yield (row[0], "blocked" if of == "blocked" else "added") if of in LISTS else ("", "added")
