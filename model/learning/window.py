"""Which records the weights read, and which of their checkpoints are kept: bounds for both.

The weights read the last half million characters, and of what is older a sample that is
chosen by a hash of the text alone. The window moves in jumps, so that its records stay the
same from one jump to the next; each jump is a rebuild in the background.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

WEIGHTS_READ = 500_000  # bytes of text; in English about as many characters
COUNTS_READ = 1_000_000
_SHARE_OF_JUMP = 5  # a jump is a fifth of the window
_SAMPLE = 100_000  # bytes of what is older
_HASHES = 1 << 32


@dataclass(frozen=True, slots=True)
class Window:
    """Where a window begins, and how many of all hashes choose an older record."""

    first: int  # ordinal of its first record; 0: all are in it
    chosen: int = 0

    def samples(self, text: str) -> bool:
        """Whether an older record of this text is read."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:4], "big") < self.chosen


def window(sizes: Sequence[tuple[int, int]], most: int) -> Window:
    """The window over records of (ordinal, bytes), in order, of `most` bytes and a jump at most."""
    jump = max(1, most // _SHARE_OF_JUMP)
    beyond = sum(size for _, size in sizes) - most
    if beyond <= 0:
        return Window(0)
    left_out = -(-beyond // jump) * jump - jump  # whole jumps
    if not left_out:
        return Window(0)
    passed = 0
    for ordinal, size in sizes:
        if passed >= left_out:
            return Window(ordinal, min(_HASHES, _HASHES * _SAMPLE // left_out))
        passed += size
    return Window(0)


def to_drop(positions: Sequence[int], most: int) -> list[int]:
    """Which of the checkpoints at these positions go, so that `most` are left.

    The newest stays; the others thin out the further they lie back, so that whatever is
    taken back, about the same share of what was read after it is read again.
    """
    kept = sorted(positions)
    dropped = []
    while len(kept) > max(1, most):
        newest = kept[-1]
        gaps = [
            (after - before) / (newest - position + 1)
            for before, position, after in zip([0, *kept], kept, kept[1:], strict=False)
        ]
        dropped.append(kept.pop(gaps.index(min(gaps))))
    return dropped
