"""The mean of two networks that share a beginning: better than either, at no cost.

Networks trained on from the same weights lie in one valley, and their mean lies nearer to its
middle (stochastic weight averaging, Izmailov et al. 2018, arXiv 1803.05407; "model soups", Wortsman
et al. 2022, arXiv 2203.05482).
"""

from __future__ import annotations

import torch

from model.base import BaseModel
from model.errors import SourceError
from model.network import Network, NetworkConfig


def check_shape(other: BaseModel, config: NetworkConfig) -> None:
    """SourceError unless networks of `config` have a mean with `other`."""
    if (other.config.widths, other.config.width) != (config.widths, config.width):
        raise SourceError(
            "Only networks of one shape have a mean: name a base to average with that has "
            f"{' and '.join(map(str, config.widths))} units."
        )


@torch.no_grad()
def average(network: Network, other: BaseModel) -> None:
    """Put `network` half way to `other`, which has the same shape."""
    weights = other.floats()
    for name, parameter in network.named_parameters():
        parameter.lerp_(weights[name].to(parameter.device), 0.5)
