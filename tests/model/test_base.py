from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from model.base import DEFAULT_FOLDER, BaseModel, dequantise, load_base, quantise
from model.errors import BaseModelError


def test_rows_come_back_within_half_a_step() -> None:
    state = {"m": torch.randn(6, 32), "v": torch.randn(6)}
    back = dequantise(quantise(state))
    step = state["m"].abs().amax(1) / 127
    assert bool(((back["m"] - state["m"]).abs() <= step[:, None] * 0.51).all())
    assert torch.allclose(back["v"], state["v"], atol=2e-3)


def test_the_network_is_built_from_the_folder(toy_base: BaseModel) -> None:
    network = toy_base.network()
    assert not network.training
    assert network.config == toy_base.config
    assert "lighthouse" in toy_base.words


def test_a_missing_base_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaseModelError, match=r"no base model in .*--base"):
        load_base(tmp_path)


@pytest.mark.parametrize("name", ["weights.safetensors", "tokens.model", "words.txt.xz"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped"])
def test_damage_is_named(toy_base_folder: Path, tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "base"
    shutil.copytree(toy_base_folder, folder, ignore=shutil.ignore_patterns("work"))
    file = folder / name
    content = file.read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "cut": content[:middle], "flipped": flipped}[damage])
    with pytest.raises(BaseModelError, match="--base"):
        load_base(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}', '{"format": 1}'])
def test_a_damaged_description_is_named(toy_base_folder: Path, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "base"
    shutil.copytree(toy_base_folder, folder, ignore=shutil.ignore_patterns("work"))
    (folder / "base.json").write_text(text, encoding="utf-8")
    with pytest.raises(BaseModelError):
        load_base(folder)


def test_the_description_says_how_it_was_trained(toy_base_folder: Path) -> None:
    description = json.loads((toy_base_folder / "base.json").read_text(encoding="utf-8"))
    assert description["training"]["plan"]["seed"] == 1


def test_the_base_that_ships_fits_its_budget() -> None:
    shipped = [file for file in DEFAULT_FOLDER.iterdir() if file.is_file()]
    assert sum(file.stat().st_size for file in shipped) <= 28_000_000


def test_damaged_ngrams_are_named(toy_base_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(toy_base_folder, folder)
    packed = bytearray((folder / "ngrams.z").read_bytes())
    packed[len(packed) // 2] ^= 1
    (folder / "ngrams.z").write_bytes(packed)
    with pytest.raises(BaseModelError, match=r"n-grams .* damaged"):
        load_base(folder)
