"""Tensors to safetensors bytes and back, without NumPy and without pickle.

The library's own torch writer goes through NumPy, which the program needs for nothing else,
so the writer here follows the format itself: the length of a JSON header, the header, raw
little-endian data (the safetensors README, "Format"). Reading is the library's.
"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Mapping
from typing import Any

import torch
from safetensors.torch import load
from torch import Tensor

_NAMES = {
    torch.float32: "F32",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.int16: "I16",
    torch.int8: "I8",
    torch.uint8: "U8",
}
_LENGTH_BYTES = 8


def to_bytes(tensors: Mapping[str, Tensor], metadata: Mapping[str, str] | None = None) -> bytes:
    """The safetensors form of `tensors`; the same tensors always give the same bytes."""
    header: dict[str, Any] = {"__metadata__": dict(metadata)} if metadata else {}
    parts: list[bytes] = []
    offset = 0
    # Widest elements first, so that every tensor is aligned.
    for name in sorted(tensors, key=lambda n: (-tensors[n].element_size(), n)):
        tensor = tensors[name].detach().cpu().contiguous()
        size = tensor.numel() * tensor.element_size()
        header[name] = {
            "dtype": _NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + size],
        }
        parts.append(ctypes.string_at(tensor.data_ptr(), size) if size else b"")
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % _LENGTH_BYTES)
    return b"".join([len(text).to_bytes(_LENGTH_BYTES, "little"), text, *parts])


def from_bytes(data: bytes) -> dict[str, Tensor]:
    """The tensors of `to_bytes`; raises safetensors.SafetensorError on damage."""
    tensors: dict[str, Tensor] = load(data)
    return tensors


def metadata_of(data: bytes) -> dict[str, str]:
    """The metadata of `to_bytes`; raises ValueError or KeyError where there is none."""
    length = int.from_bytes(data[:_LENGTH_BYTES], "little")
    header = json.loads(data[_LENGTH_BYTES : _LENGTH_BYTES + length])
    metadata: dict[str, str] = header["__metadata__"]
    return metadata
