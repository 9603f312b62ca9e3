"""Whether what is said to be 60 % likely is right in 60 of 100 cases.

    python -m tests.benchmarks.calibration TEXT_FILE ... [--base DIR] [--max-chars N]

Types the files and compares the probability of the three best candidates with how often they
are the word that follows, apart for how many letters of it were typed already.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from model import Predictor
from model.evaluation.command import stream_of
from model.text import is_word_character, word_tail

BINS = 10
LETTERS = (0, 1, 2)  # the last: or more


@dataclass
class Bin:
    """Candidates of about one probability."""

    candidates: int = 0
    said: float = 0.0
    right: int = 0


def is_next(insert: str, text: str, position: int) -> bool:
    """Whether `text` goes on with this word and no longer one."""
    end = position + len(insert)
    longer = end < len(text) and is_word_character(text[end])
    return text.startswith(insert, position) and not longer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--max-chars", type=int, default=2_000)
    args = parser.parse_args()
    bins: dict[tuple[int, int], Bin] = defaultdict(Bin)
    with Predictor.open(base=args.base) as predictor:
        for file in args.files:
            for text in stream_of(file, args.max_chars):
                for position in tqdm(range(len(text)), desc=file.stem, leave=False):
                    letters = min(LETTERS[-1], len(word_tail(text[:position])))
                    for candidate in predictor.suggest(text[:position], limit=3).candidates:
                        place = min(BINS - 1, int(candidate.probability * BINS))
                        found = bins[letters, place]
                        found.candidates += 1
                        found.said += candidate.probability
                        found.right += is_next(candidate.insert, text, position)
    print(f"{'letters typed':>14}{'candidates':>12}{'said %':>9}{'right %':>9}")
    for (letters, _), found in sorted(bins.items()):
        said, right = (100 * part / found.candidates for part in (found.said, found.right))
        print(f"{letters:>14}{found.candidates:>12}{said:>9.1f}{right:>9.1f}")
    total = sum(found.candidates for found in bins.values())
    error = sum(abs(found.said - found.right) for found in bins.values()) / max(1, total)
    print(f"expected calibration error: {100 * error:.2f} points over {total:,} candidates")


if __name__ == "__main__":
    main()
