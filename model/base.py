"""The base model on disk: int8 weights, their description, the vocabulary, the word list.

A base is one folder:

    base.json          shape of the network, hashes, how it was trained
    weights.safetensors   int8 rows with one fp16 scale a row; biases in fp16
    tokens.model       the SentencePiece vocabulary
    ngrams.z           token n-grams that speak beside the network; may be absent
    words.txt.xz       words it may offer, most frequent first
    MODEL_CARD.md      data, licences, recipe, figures, limits

There is no pickle anywhere: tensors are safetensors, everything else is text.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.errors import BaseModelError
from model.files import replace_file
from model.tokens import Tokens, load_vocabulary

if TYPE_CHECKING:
    import torch

    from model.inference import Inference
    from model.network import Network, NetworkConfig
    from model.ngrams import Ngrams

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "base"
_FORMAT = 1
_SCALE = ".scale"
_EMBEDDING = "embedding.weight"
_DESCRIPTION, _WEIGHTS, _VOCABULARY, _WORDS, _NGRAMS = (
    "base.json",
    "weights.safetensors",
    "tokens.model",
    "words.txt.xz",
    "ngrams.z",
)


@dataclass(frozen=True, repr=False)  # millions of numbers tell nobody anything
class BaseModel:
    """A base as read from its folder; the network is built on request."""

    config: NetworkConfig
    tokens: Tokens
    words: dict[str, int]  # which may be offered, with their ranks by frequency
    tensors: dict[str, torch.Tensor]
    description: dict[str, Any]
    ngrams: Ngrams | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 over shape, weights and vocabulary: what personal state belongs to."""
        return str(self.description["sha256"])

    def floats(self, wanted: Callable[[str], bool] = bool) -> dict[str, torch.Tensor]:
        """The float weights with `wanted` names: four times as large, made anew at each call."""
        parts = self.tensors.items()
        return dequantise({name: part for name, part in parts if wanted(name.removesuffix(_SCALE))})

    def rows(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        """A matrix as it is stored: int8 rows, and the scale of each."""
        return self.tensors[name], self.tensors[name + _SCALE]

    @cached_property
    def inference(self) -> Inference:
        """The network as it serves; learning reads with it too, so that it is there but once."""
        from model.inference import Inference

        floats = self.floats(lambda name: name != _EMBEDDING)
        return Inference(self.config, floats, self.embeddings)

    @property
    def embeddings(self) -> tuple[torch.Tensor, torch.Tensor]:
        """The rows of the output layer, which are those of the input, as they are stored."""
        return self.rows(_EMBEDDING)

    def network(self) -> Network:
        """A float network on these weights, ready to run."""
        from model.network import Network

        return Network(self.config, self.floats()).eval()


def quantise(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices to int8 with one fp16 scale a row (`NAME.scale`); vectors to fp16."""
    import torch

    packed: dict[str, torch.Tensor] = {}
    for name, tensor in state.items():
        values = tensor.detach().float()
        if values.dim() == 2:
            scale = (values.abs().amax(1) / 127).clamp_min(1e-6).half()
            packed[name] = (values / scale.float()[:, None]).round().clamp(-127, 127).to(torch.int8)
            packed[name + _SCALE] = scale
        else:
            packed[name] = values.half()
    return packed


def dequantise(packed: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The float state of `quantise`'s result."""
    state: dict[str, torch.Tensor] = {}
    for name, tensor in packed.items():
        if name.endswith(_SCALE):
            continue
        scale = packed.get(name + _SCALE)
        state[name] = tensor.float() if scale is None else tensor.float() * scale.float()[:, None]
    return state


def save_base(
    folder: Path,
    network: Network,
    tokens: Tokens,
    words: Iterable[str],
    training: dict[str, Any],
    ngrams: Ngrams | None = None,
) -> None:
    """Write a base folder, replacing the base that is there."""
    from model.tensors import to_bytes

    folder.mkdir(parents=True, exist_ok=True)
    weights = to_bytes(quantise(network.state_dict()))
    shape = asdict(network.config)
    description = {
        "format": _FORMAT,
        "network": shape,
        "sha256": _digest(shape, weights, tokens.serialized),
        "training": training,
    }
    if ngrams is not None:
        packed = ngrams.to_bytes()
        description["ngrams_sha256"] = hashlib.sha256(packed).hexdigest()
        replace_file(folder / _NGRAMS, packed)
    replace_file(folder / _WEIGHTS, weights)
    replace_file(folder / _VOCABULARY, tokens.serialized)
    replace_file(folder / _WORDS, lzma.compress("\n".join(words).encode("utf-8")))
    replace_file(folder / _DESCRIPTION, (json.dumps(description, indent=2) + "\n").encode("utf-8"))


def _digest(shape: dict[str, Any], weights: bytes, vocabulary: bytes) -> str:
    found = hashlib.sha256(json.dumps(shape, sort_keys=True).encode("utf-8"))
    found.update(weights)  # not joined with the rest: they are large
    found.update(vocabulary)
    return found.hexdigest()


def load_base(
    folder: Path | None = None,
    hint: str = "Reinstall Foretype, or name another base with --base.",
) -> BaseModel:
    """Read and check a base folder; BaseModelError says what is wrong with it, then the `hint`."""
    folder = folder or DEFAULT_FOLDER
    if not (folder / _DESCRIPTION).is_file():
        raise BaseModelError(f"There is no base model in {folder}. {hint}")
    try:
        return _load(folder)
    except BaseModelError as error:
        raise BaseModelError(f"{error} {hint}") from error
    except Exception as error:
        # Damage shows as one of a dozen types, from JSON, LZMA, safetensors or torch.
        raise BaseModelError(f"The base model in {folder} is damaged ({error}). {hint}") from error


def _load(folder: Path) -> BaseModel:
    from model.network import NetworkConfig

    description = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
    if description.get("format") != _FORMAT:
        raise BaseModelError(f"The base model in {folder} is of another version of Foretype.")
    tokens = load_vocabulary(folder / _VOCABULARY)
    tensors = _load_tensors(folder, description, tokens)
    config = NetworkConfig(**description["network"])
    words = lzma.decompress((folder / _WORDS).read_bytes()).decode("utf-8").split("\n")
    ranks = {word: rank for rank, word in enumerate(words)}
    ngrams = _load_ngrams(folder, description)
    _check(config, tensors)
    return BaseModel(config, tokens, ranks, tensors, description, ngrams)


def _load_tensors(
    folder: Path, description: dict[str, Any], tokens: Tokens
) -> dict[str, torch.Tensor]:
    from model.tensors import from_bytes

    weights = (folder / _WEIGHTS).read_bytes()
    if _digest(description["network"], weights, tokens.serialized) != description["sha256"]:
        raise BaseModelError(f"The base model in {folder} is damaged (its checksum differs).")
    return from_bytes(weights)


def _check(config: NetworkConfig, tensors: dict[str, torch.Tensor]) -> None:
    """Find what no checksum tells: tensors of other shapes, and numbers that are none.

    Raises KeyError where one is missing.
    """
    from model.network import shapes

    for name, shape in shapes(config).items():
        parts = [tensors[name]]
        if len(shape) == 2:
            parts.append(tensors[name + _SCALE])
        finite = all(bool(part.isfinite().all()) for part in parts if part.is_floating_point())
        known = [tuple(part.shape) for part in parts]
        if known != [shape, shape[:1]][: len(parts)] or not finite:
            raise BaseModelError(f"The base model is damaged (its {name} is of no use).")


def _load_ngrams(folder: Path, description: dict[str, Any]) -> Ngrams | None:
    from model.ngrams import Ngrams

    expected = description.get("ngrams_sha256")
    if expected is None:
        return None
    packed = (folder / _NGRAMS).read_bytes()
    if hashlib.sha256(packed).hexdigest() != expected:
        raise BaseModelError(f"The n-grams in {folder} are damaged (their checksum differs).")
    return Ngrams.from_bytes(packed)
