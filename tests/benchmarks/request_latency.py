"""How long a request takes, idle and while the weights learn all the time.

    python -m tests.benchmarks.request_latency [--base DIR] [TEXT_FILE]

Types a text key by key. CPU is that of the requesting thread alone; wall is what a user
waits. In the editor the weights learn only while nobody types: this is the worst case.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Callable
from pathlib import Path

from model import Predictor
from model.messages import Lesson
from tests.benchmarks.texts import TEXT


def percentiles(values: list[float]) -> str:
    ordered = sorted(values)
    return " / ".join(
        f"{ordered[min(len(ordered) - 1, len(ordered) * p // 100)]:6.2f}" for p in (50, 95, 99)
    )


def type_through(predictor: Predictor, text: str) -> tuple[list[float], list[float]]:
    """Milliseconds of CPU and of wall time for each key of `text`."""
    cpu, wall = [], []
    for position in range(1, len(text)):
        started, clock = time.thread_time(), time.perf_counter()
        predictor.suggest(text[:position])
        cpu.append(1000 * (time.thread_time() - started))
        wall.append(1000 * (time.perf_counter() - clock))
    return cpu, wall


def learn_until(predictor: Predictor, stop: threading.Event, publish: Callable[[], None]) -> None:
    while not stop.is_set():
        predictor.learner.take([Lesson(TEXT)])
        predictor.learner.fold_all()
        publish()


def jump(predictor: Predictor, text: str) -> list[float]:
    """Milliseconds of CPU after a jump of the caret into a document of 1 MB."""
    document = text * (1_000_000 // len(text))
    cpu = []
    for k in range(1, 40):
        place = k * 25_013
        started = time.thread_time()
        predictor.suggest(document[:place])
        cpu.append(1000 * (time.thread_time() - started))
    return cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("text", nargs="?", type=Path)
    parser.add_argument("--base", type=Path)
    args = parser.parse_args()
    text = args.text.read_text(encoding="utf-8")[:4000] if args.text else TEXT
    with Predictor.open(base=args.base, eagerness="eager") as predictor:
        type_through(predictor, TEXT[:100])
        rows = {"idle": type_through(predictor, text)}
        stop = threading.Event()
        fresh: list[object] = []

        def publish() -> None:
            fresh.append(predictor.learner.published())

        learner = threading.Thread(target=learn_until, args=(predictor, stop, publish))
        learner.start()
        rows["while learning"] = type_through(predictor, text)
        stop.set()
        learner.join()
        print(f"{'':16}  CPU ms p50 /    p95 /    p99    wall ms p50 /    p95 /    p99")
        for name, (cpu, wall) in rows.items():
            print(f"{name:16}  {percentiles(cpu)}    {percentiles(wall)}")
        print(f"{'jump into 1 MB':16}  {percentiles(jump(predictor, text))}")
        print(f"weights published while typing: {len(fresh)}")


if __name__ == "__main__":
    main()
