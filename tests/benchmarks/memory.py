"""Resident memory, step by step: the window, torch, the base, a profile that learns.

python -m tests.benchmarks.memory [--base DIR]
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil

from tests.benchmarks.texts import TEXT


def show(step: str) -> None:
    print(f"{step:32}{psutil.Process().memory_info().rss / 2**20:8.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--base", type=Path)
    base = parser.parse_args().base
    show("Python")
    from PySide6.QtWidgets import QApplication

    from editor.menus import build_menus
    from editor.settings import Settings
    from editor.window import Window

    application = QApplication([])
    window = Window(Settings(), None)  # type: ignore[arg-type]
    build_menus(window)
    window.show()
    application.processEvents()
    show("window")
    # From here on as the engine does it.
    from model.lighttorch import import_torch
    from model.machine import give_memory_back, take_memory_sparingly

    import_torch()
    show("torch")
    from model import Predictor

    with Predictor.open(base=base) as predictor:
        show("model loaded, at most")
        give_memory_back()
        take_memory_sparingly()
        show("model loaded")
        for position in range(1, len(TEXT)):
            predictor.suggest(TEXT[:position])
        show(f"{len(TEXT)} requests")
        for _ in range(20):
            predictor.learn(TEXT)
        show(f"{20 * len(TEXT):,} characters learnt")
        give_memory_back()
        show("nothing more to learn")


if __name__ == "__main__":
    main()
