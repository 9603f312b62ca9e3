"""What it costs an author that a profile is fed rubbish: the next characters, before and after.

    python -m tests.benchmarks.poison AUTHOR.txt [--foreign FILE] [--learnt N] [--fed N]
        [--characters N] [--base DIR]

Each row types the same characters of the author's: with the base alone, after learning 40,000
earlier ones, and after learning them and then the poison, as `main.py learn` learns a file: a word
over and over, random bytes, source code of Python's own library, and text in another language
(`--foreign`; without it, a made-up one).
"""

from __future__ import annotations

import argparse
import random
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from tqdm import tqdm

from model import Predictor
from model.evaluation.command import stream_of, type_stream
from tests.benchmarks.learning_gain import learn, split


def source_code(characters: int) -> str:
    """Of the standard library, module after module."""
    folder = Path(sysconfig.get_path("stdlib"))
    text = ""
    for path in sorted(folder.glob("*.py")):
        text += path.read_text(encoding="utf-8", errors="replace")
        if len(text) >= characters:
            break
    return text[:characters]


def made_up(characters: int, dice: random.Random) -> str:
    """Sentences of words that no language has, each again and again as words are."""
    syllables = [a + b for a in "kmprstvzhl" for b in ("a", "e", "i", "o", "u", "an", "er")]
    words = ["".join(dice.choices(syllables, k=dice.randint(1, 3))) for _ in range(2_000)]
    text = ""
    while len(text) < characters:
        text += " ".join(dice.choices(words, k=12)).capitalize() + ".\n"
    return text


def poisons(fed: int, foreign: Path | None) -> dict[str, str]:
    """`fed` characters of each kind."""
    dice = random.Random(1)
    other = foreign.read_text(encoding="utf-8") if foreign else made_up(fed, dice)
    return {
        "one word": ("lamp " * 40 + "\n") * (fed // 201),
        "random bytes": dice.randbytes(fed).decode("latin-1"),
        "source code": source_code(fed),
        "another language": (other * (1 + fed // max(1, len(other))))[:fed],
    }


def row(
    name: str, args: argparse.Namespace, first: list[str], then: list[str], poison: str = ""
) -> dict[str, Any]:
    """The figures of the characters typed after learning `first` and the poison."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Predictor.open(Path(folder) / "profile", "eager", args.base) as predictor,
        tqdm(disable=True) as bar,
    ):
        learn(predictor, first)
        predictor.learn(poison, "poison")
        figures = type_stream(predictor, then, name != "base", bar).figures()
    print(
        f"{name:20}{figures['ksr_inline']:8.2f}{figures['ksr_list3']:8.2f}"
        f"{figures['bits_per_character']:8.3f}",
        flush=True,
    )
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("author", type=Path)
    parser.add_argument("--foreign", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--learnt", type=int, default=40_000)
    parser.add_argument("--fed", type=int, default=5_000_000)
    parser.add_argument("--characters", type=int, default=5_000)
    args = parser.parse_args()
    total = args.learnt + args.characters
    first, then = split(stream_of(args.author, total), args.learnt, args.characters)
    print(f"{args.author.stem[:19]:20}{'inline':>8}{'list 3':>8}{'bits':>8}")
    row("base", args, [], then)
    row("learnt", args, first, then)
    for kind, text in poisons(args.fed, args.foreign).items():
        row(kind, args, first, then, text)


if __name__ == "__main__":
    main()
