"""A larger network that starts where a smaller one has come to.

Net2Net (Chen et al. 2016, arXiv 1511.05641): new units get random incoming and zero outgoing
weights, so that the larger network says at first exactly what the smaller one says, and
still has something to learn with.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from model.base import BaseModel, load_base
from model.errors import SourceError
from model.network import Network, NetworkConfig
from model.tokens import Tokens, load_vocabulary
from model.training.checkpoint import Checkpoint

_GATES = 4


def load_trained(path: Path, option: str) -> BaseModel:
    """A base folder, or a checkpoint with its vocabulary beside it, as one and the same.

    BaseModelError or SourceError say what is wrong with it; `option` is what named it.
    """
    if not path.is_file():
        return load_base(path, f"Name a base folder or a checkpoint with {option}.")
    try:
        checkpoint = Checkpoint.read(path)
    except SourceError as error:
        raise SourceError(
            f"{path} is no checkpoint of a training, or a damaged one: name another, or a base "
            f"folder, with {option}."
        ) from error
    weights, vocabulary = checkpoint.under("network."), path.with_name("tokens.model")
    if checkpoint.config is None or not vocabulary.exists():
        raise SourceError(
            f"The checkpoint {path} has no shape or no vocabulary beside it: name a base folder "
            f"with {option}."
        )
    return BaseModel(checkpoint.config, load_vocabulary(vocabulary), {}, weights, {})


def check_vocabulary(trained: BaseModel, path: Path, tokens: Tokens) -> None:
    """SourceError unless `trained`, from `path`, has this vocabulary."""
    if trained.tokens.serialized != tokens.serialized:
        raise SourceError(
            f"{path} has another vocabulary than this training: name another --output, so that "
            "its vocabulary is taken over."
        )


def grown(weights: dict[str, Tensor], config: NetworkConfig, larger: NetworkConfig) -> Network:
    """A network of the shape `larger` that computes what `weights` of `config` compute.

    SourceError where it has other layers, or a layer with fewer units.
    """
    widths = [config.width, *config.widths]
    wider = [larger.width, *larger.widths]
    same = (config.vocabulary, len(widths), config.scale)
    if (larger.vocabulary, len(wider), larger.scale) != same or any(
        new < old for old, new in zip(widths, wider, strict=True)
    ):
        raise SourceError(
            f"A network of {_shape(config)} cannot grow into one of {_shape(larger)}: it needs "
            "as many layers, none of them narrower, and the same scale."
        )
    network = Network(larger)
    with torch.no_grad():
        new = dict(network.named_parameters())
        new["bias"].copy_(weights["bias"])
        new["embedding.weight"][:, config.width :] = 0.0
        new["embedding.weight"][:, : config.width] = weights["embedding.weight"]
        for layer in range(config.layers):
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
                key = f"lstm.{name}_l{layer}"
                _put(weights[key], new[key], config.widths[layer])
    return network


def _put(old: Tensor, new: Tensor, width: int) -> None:
    """Lay `old` into `new`; its `width` units hear nothing of the new ones."""
    old, new = (tensor.view(_GATES, -1, *tensor.shape[1:]) for tensor in (old, new))
    if old.dim() == 3:  # (4, units, inputs); the biases are (4, units)
        new[:, :width, old.shape[2] :] = 0.0
        new[:, :width, : old.shape[2]] = old
    else:
        new[:, :width] = old


def _shape(config: NetworkConfig) -> str:
    return " and ".join(str(width) for width in config.widths) + f" units (scale {config.scale:g})"
