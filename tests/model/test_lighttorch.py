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
    from model.lighttorch import import_torch
    import_torch()
from model import Predictor
with Predictor.open(profile=None, base=sys.argv[2], eagerness="eager") as predictor:
    predictor.learn("The keeper of the lighthouse woke before the sun, and lit the lamp. " * 20)
    print(predictor.suggest("The keeper of the "), predictor.fingerprint())
from model.lighttorch import PUT_OFF
waiting = {n for n in PUT_OFF if type(sys.modules[n].__spec__.loader).__name__ == "_Later"}
assert waiting == (PUT_OFF if sys.argv[1] == "light" else set()), waiting
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


_USE = """
import sys, threading
from model.lighttorch import import_torch
import_torch()
import torch
results = []
def use():
    try:
        results.append(torch.distributions.Normal(0.0, 1.0).mean.item())
    except Exception as error:
        results.append(error)
threads = [threading.Thread(target=use) for _ in range(4)]
sys.setswitchinterval(1e-5)
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert results == [0.0] * 4, results
assert torch.optim.SGD.__name__ == "SGD"
assert not hasattr(torch.distributions, "no_such_thing")
assert "Normal" in dir(torch.distributions)
"""


def test_what_is_put_off_is_there_once_it_is_asked_for() -> None:
    """Also where several threads ask at once."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-W", "ignore", "-c", _USE], env=environment, check=True)


def test_once_torch_is_there_nothing_is_changed() -> None:
    import torch.distributions

    from model.lighttorch import import_torch

    import_torch()
    assert "Normal" in vars(torch.distributions)
