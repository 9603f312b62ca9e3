"""In processes of their own: torch is imported once in each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LEARN = """
import os, sys
if sys.argv[1] == "light":
    from model.lighttorch import prepare_torch
    prepare_torch()
from model import Predictor
with Predictor.open(profile=None, base=sys.argv[2], eagerness="eager") as predictor:
    predictor.learn("The keeper of the lighthouse woke before the sun, and lit the lamp. " * 20)
    print(predictor.suggest("The keeper of the "), predictor.fingerprint())
left_out = not hasattr(sys.modules["torch._meta_registrations"], "meta_mm")
assert left_out == (sys.argv[1] == "light"), left_out
# It would cost seconds and 70 MB at each start.
assert "torch._dynamo" not in sys.modules and "sympy" not in sys.modules
"""


def learnt(how: str, base: Path) -> str:
    command = [sys.executable, "-W", "ignore", "-c", _LEARN, how, str(base)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_what_is_left_out_changes_neither_suggestions_nor_weights(toy_base_folder: Path) -> None:
    whole = learnt("whole", toy_base_folder)
    assert "keeper" in whole or "lighthouse" in whole
    assert learnt("light", toy_base_folder) == whole


def test_once_torch_is_there_nothing_is_changed(toy_base_folder: Path) -> None:
    import torch._meta_registrations

    from model.lighttorch import prepare_torch

    prepare_torch()
    assert hasattr(torch._meta_registrations, "meta_mm")
