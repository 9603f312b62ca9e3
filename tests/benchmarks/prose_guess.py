"""How much of a text is held for another language or source code, and so is counted apart.

    python -m tests.benchmarks.prose_guess TEXT.txt ... [--characters N] [--base DIR]

For each text the share of its characters, as lessons of up to 900 of them and sentence by
sentence; last in the table the source code of Python's own library.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from model.base import load_base
from model.evaluation.command import stream_of
from model.lessons.cutting import cut, sentences
from model.text import fold
from model.text.language import Language
from tests.benchmarks.poison import source_code


def share_apart(language: Language, pieces: Sequence[str]) -> float:
    """Per cent of the pieces' characters that are held for no prose of the language."""
    apart = sum(len(piece) for piece in pieces if not language.is_prose(fold(piece)))
    return 100 * apart / max(1, sum(map(len, pieces)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--characters", type=int, default=200_000)
    parser.add_argument("--base", type=Path)
    args = parser.parse_args()
    language = Language(load_base(args.base).words)
    texts = {path.stem: stream_of(path, args.characters) for path in args.texts}
    texts["source code"] = [source_code(args.characters)]
    print(f"{'':30}{'lessons %':>10}{'sentences %':>12}")
    for name, documents in texts.items():
        lessons = [lesson for document in documents for lesson in cut(document)]
        single = [s for lesson in lessons for line in lesson.split("\n") for s in sentences(line)]
        print(
            f"{name[:29]:30}{share_apart(language, lessons):10.2f}"
            f"{share_apart(language, single):12.2f}"
        )


if __name__ == "__main__":
    main()
