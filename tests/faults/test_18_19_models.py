"""Faults 18 and 19: model files that are missing, damaged, absurd or malicious."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from model.base import DEFAULT_FOLDER, _digest, load_base
from model.errors import BaseModelError
from model.messages import Phase
from model.profile.store import Profile
from model.tensors import from_bytes, metadata_of, to_bytes
from tests.faults.profiles import SENTENCES, fresh, open_on
from tests.model.test_engine import Ears, make

_GIGANTIC = (2 << 30).to_bytes(8, "little") + b"{}"


class Trap:
    """Pickled, it makes a file where it is read."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.canary,)


def with_nan(content: bytes) -> bytes:
    tensors = from_bytes(content)
    spoilt = {
        name: torch.full_like(tensor, float("nan")) if tensor.is_floating_point() else tensor
        for name, tensor in tensors.items()
    }
    return to_bytes(spoilt, _about(content))


def transposed(content: bytes) -> bytes:
    turned = {
        name: tensor.transpose(0, -1).contiguous() for name, tensor in from_bytes(content).items()
    }
    return to_bytes(turned, _about(content))


def _about(content: bytes) -> dict[str, str]:
    try:
        return metadata_of(content)
    except KeyError:
        return {}


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "flipped header": lambda content: content[:20] + bytes([content[20] ^ 4]) + content[21:],
    "rubbish": lambda content: bytes(range(256)) * 40,
    "NaN": with_nan,
    "wrong shape": transposed,
    "gigantic header": lambda content: _GIGANTIC,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the base that ships, to be damaged."""
    return Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "base"))


def damage_weights(folder: Path, damage: str) -> None:
    """As one who knows how the file is made would: the checksum is right."""
    file = folder / "weights.safetensors"
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    told = json.loads((folder / "base.json").read_text())
    vocabulary = (folder / "tokens.model").read_bytes()
    told["sha256"] = _digest(told["network"], file.read_bytes(), vocabulary)
    (folder / "base.json").write_text(json.dumps(told))


@pytest.mark.parametrize("damage", DAMAGES)
def test_18_a_damaged_base_costs_the_suggestions_and_is_left_as_it_is(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    damage_weights(folder, damage)
    before = (folder / "weights.safetensors").read_bytes()
    ears = Ears()
    engine = make(folder, tmp_path / "profile", ears)
    ears.wait(lambda: ears.statuses[-1].phase is Phase.FAILED)
    engine.close()
    assert "\n" not in ears.statuses[-1].message
    assert "kept, to be learnt later" in ears.statuses[-1].message
    assert (folder / "weights.safetensors").read_bytes() == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_18_a_damaged_checkpoint_is_passed_over(tmp_path: Path, damage: str) -> None:
    with open_on(Profile.open(tmp_path)) as predictor:
        predictor.learn(" ".join(SENTENCES), "a", when=1.0)
    with Profile.open(tmp_path) as profile, profile.transaction() as connection:
        (name, content), *_ = connection.execute(
            "SELECT name, content FROM states WHERE name LIKE 'weights %'"
        ).fetchall()
        spoilt = DAMAGES[damage](bytes(content))
        connection.execute("UPDATE states SET content = ? WHERE name = ?", (spoilt, name))
    with open_on(Profile.open(tmp_path)) as predictor:
        learnt = predictor.fingerprint()
    with fresh((" ".join(SENTENCES), "a")) as other:
        assert learnt == other.fingerprint()


@pytest.mark.parametrize(
    "name", ["weights.safetensors", "tokens.model", "words.txt.xz", "ngrams.z"]
)
def test_19_a_pickle_in_the_base_is_never_run(folder: Path, tmp_path: Path, name: str) -> None:
    canary = tmp_path / "canary"
    for way in ("plain", "torch"):
        trap = tmp_path / way
        if way == "plain":
            trap.write_bytes(trap_of(canary))
        else:
            torch.save(Trap(canary), trap)
        shutil.copy(trap, folder / name)
        with pytest.raises(BaseModelError):
            load_base(folder)
        assert not canary.exists()
    pickle.loads(trap_of(canary))  # noqa: S301 - its trap is ours
    assert canary.exists()  # so it would have been seen


def trap_of(canary: Path) -> bytes:
    return pickle.dumps(Trap(canary))


def test_19_a_pickle_in_the_profile_is_never_run(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    with open_on(Profile.open(tmp_path / "profile")) as predictor:
        predictor.learn(SENTENCES[0], "a", when=1.0)
        predictor.feedback(predictor.suggest("Tarethia climbed the "), "accepted")
    for name in ("weights.pt", "model.pkl"):
        (tmp_path / "profile" / name).write_bytes(trap_of(canary))
    with Profile.open(tmp_path / "profile") as profile, profile.transaction() as connection:
        assert connection.execute("SELECT count(*) FROM states").fetchone()[0] >= 2
        connection.execute("UPDATE states SET content = ?", (trap_of(canary),))
    with open_on(Profile.open(tmp_path / "profile")) as predictor:
        assert predictor.suggest("The keeper of the li").candidates
    assert not canary.exists()
