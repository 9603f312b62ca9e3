"""How long a request takes, idle and while the weights learn all the time.

    python -m tests.benchmarks.request_latency [--base DIR] [--author FILE] [--steps] [TEXT_FILE]

Types a text key by key. CPU is that of the requesting thread alone; wall is what a user
waits. In the editor the weights learn only while nobody types: this is the worst case.
With `--author`: 4,000 characters of one author, typed before and after the 40,000 that precede
them were learnt; the CPU that a request costs more for what is known of its user. With `--steps`:
how many steps of the network a key takes.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from model import Predictor
from model.evaluation.command import stream_of
from model.inference import Inference
from model.messages import EAGERNESS, Lesson
from tests.benchmarks.learning_gain import learn, split
from tests.benchmarks.texts import TEXT

LEARNT, TYPED = 40_000, 4_000


def percentiles(values: list[float]) -> str:
    ordered = sorted(values)
    return " / ".join(
        f"{ordered[min(len(ordered) - 1, len(ordered) * p // 100)]:6.2f}" for p in (50, 95, 99)
    )


def type_through(
    predictor: Predictor, text: str, fresh: deque[Inference] | None = None
) -> tuple[list[float], list[float]]:
    """Milliseconds of CPU and of wall time for each key of `text`.

    Weights that come in `fresh` are taken over between requests, as the engine does.
    """
    cpu, wall = [], []
    for position in range(1, len(text)):
        if fresh:
            predictor.composer.renew(fresh.pop())
            fresh.clear()
        started, clock = time.thread_time(), time.perf_counter()
        predictor.suggest(text[:position])
        cpu.append(1000 * (time.thread_time() - started))
        wall.append(1000 * (time.perf_counter() - clock))
    return cpu, wall


def steps_by_key(base: Path | None, text: str) -> None:
    """Print how many steps of the network a key takes, by where it is."""
    steps: dict[str, list[int]] = {"along the ghost": [], "inside a word": [], "elsewhere": []}
    for eagerness in EAGERNESS:
        with Predictor.open(base=base, eagerness=eagerness) as predictor:
            reader, ghost = predictor.composer.reader, ""
            for end in range(2, len(text)):
                earlier = reader.steps
                inside = text[end - 2 : end].isalpha()
                kind = "inside a word" if inside else "elsewhere"
                kind = "along the ghost" if ghost[1:] and ghost[0] == text[end - 1] else kind
                ghost = predictor.suggest(text[:end]).inline
                steps[kind].append(reader.steps - earlier)
        for kind, taken in steps.items():
            none = 100 * taken.count(0) / max(1, len(taken))
            mean = sum(taken) / max(1, len(taken))
            print(
                f"{eagerness:10}{kind:16}  {len(taken):5} keys, {none:3.0f} % no step, {mean:.2f}"
            )
            taken.clear()


def learn_until(predictor: Predictor, stop: threading.Event, fresh: deque[Inference]) -> int:
    """Learn lesson after lesson without a pause; returns how often weights were published."""
    times = 0
    while not stop.is_set():
        predictor.learner.take([Lesson(TEXT[:200])])
        predictor.learner.fold_all()
        fresh.append(predictor.personal_inference())
        times += 1
    return times


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


def before_and_after(author: Path, base: Path | None) -> None:
    """Print what the same keys cost before their author's earlier text was learnt, and after."""
    first, then = split(stream_of(author, LEARNT + TYPED), LEARNT, TYPED)
    text = "\n".join(then)
    cpu: list[list[float]] = []
    for learnt in ([], first):
        # Each with places and caches of its own, so that neither finds what the other read.
        with Predictor.open(base=base, eagerness="eager") as predictor:
            learn(predictor, learnt)
            type_through(predictor, TEXT[:100])
            cpu.append(type_through(predictor, text)[0])
    before, after = map(sorted, cpu)
    added = [b - a for a, b in zip(before, after, strict=True)]
    for name, values in (("before learning", before), ("after it", after)):
        print(f"{name:16}  {percentiles(values)}")
    at = (f"{added[len(added) * p // 100]:+6.2f}" for p in (50, 95, 99))
    print(f"{'added':16}  " + " / ".join(at))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("text", nargs="?", type=Path)
    parser.add_argument("--author", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--steps", action="store_true")
    args = parser.parse_args()
    if args.author:
        before_and_after(args.author, args.base)
        return
    text = args.text.read_text(encoding="utf-8")[:4000] if args.text else TEXT
    if args.steps:
        steps_by_key(args.base, text)
        return
    with Predictor.open(base=args.base, eagerness="eager") as predictor:
        type_through(predictor, TEXT[:100])
        rows = {"idle": type_through(predictor, text)}
        stop, fresh = threading.Event(), deque[Inference](maxlen=1)
        with ThreadPoolExecutor(1) as pool:
            published = pool.submit(learn_until, predictor, stop, fresh)
            # Another beginning, so that nothing of it is known from the first time.
            rows["while learning"] = type_through(predictor, "Once more. " + text, fresh)
            stop.set()
        print(f"{'':16}  CPU ms p50 /    p95 /    p99    wall ms p50 /    p95 /    p99")
        for name, (cpu, wall) in rows.items():
            print(f"{name:16}  {percentiles(cpu)}    {percentiles(wall)}")
        print(f"{'jump into 1 MB':16}  {percentiles(jump(predictor, text))}")
        print(f"weights published while typing: {published.result()}")


if __name__ == "__main__":
    main()
