from __future__ import annotations

import pytest
import torch
from safetensors import SafetensorError

from model.tensors import from_bytes, metadata_of, to_bytes


def test_round_trip_of_types_and_shapes() -> None:
    tensors = {
        "a": torch.randn(3, 4),
        "b": torch.tensor([1, -2], dtype=torch.int8),
        "c": torch.randn(2).half(),
        "empty": torch.zeros(0),
    }
    back = from_bytes(to_bytes(tensors, {"about": "x"}))
    assert all(torch.equal(back[name], tensor) for name, tensor in tensors.items())
    assert metadata_of(to_bytes(tensors, {"about": "x"})) == {"about": "x"}


def test_the_same_tensors_give_the_same_bytes() -> None:
    a, b = torch.randn(5), torch.randn(5)
    assert to_bytes({"a": a, "b": b}) == to_bytes({"b": b, "a": a})


@pytest.mark.parametrize("damage", [b"", b"\xff" * 16, to_bytes({"a": torch.ones(9)})[:-3]])
def test_damage_is_refused(damage: bytes) -> None:
    with pytest.raises(SafetensorError):
        from_bytes(damage)
