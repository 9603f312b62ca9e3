"""The same work on several items at a time, each in a process of its own, under one bar."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing.sharedctypes import Synchronized
from typing import Any, ClassVar, Protocol, TypeVar

from tqdm import tqdm

Item = TypeVar("Item")
Result = TypeVar("Result")
_PATIENCE = 0.2  # seconds between two looks at how far they are


class Progress(Protocol):
    """What is told of each character, or of a part of its work: a bar, or a shared count."""

    def update(self, n: float | None = 1) -> object:
        """Count `n` more."""


class _Shared:
    """A count in memory that all processes share; each of them joins it as it starts."""

    count: ClassVar[Synchronized[float]]

    @classmethod
    def join(cls, count: Synchronized[float]) -> None:
        # An interrupt ends a child without a word: the parent says what there is to say.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        cls.count = count

    def update(self, n: float | None = 1) -> None:
        with self.count.get_lock():
            self.count.value += n or 0


def in_processes(
    work: Callable[[Item, Progress], Result], items: Sequence[Item], jobs: int, bar: tqdm[Any]
) -> list[Result]:
    """What `work` makes of each item, in their order, at most `jobs` of them at a time.

    `work`, the items and the results travel between processes. What `work` raises is raised.
    """
    spawn = multiprocessing.get_context("spawn")  # torch's threads do not survive a fork
    count = spawn.Value("d", 0.0)
    begun = bar.n
    with ProcessPoolExecutor(jobs, spawn, _Shared.join, (count,)) as pool:
        futures = [pool.submit(work, item, _Shared()) for item in items]
        while wait(futures, _PATIENCE).not_done:
            bar.update(begun + count.value - bar.n)
        bar.update(begun + count.value - bar.n)
    return [future.result() for future in futures]
