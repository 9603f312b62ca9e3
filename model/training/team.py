"""The processes of one training. `torchrun` starts several; each takes its share of streams.

Every process draws the same random numbers for all streams and keeps what is its own, so
that several compute what one would. The first one decides what the clock says, writes and
speaks. They talk to each other and to nobody else.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from model.errors import SaidElsewhere

_PATIENCE = 2.0  # seconds: `torchrun` ends all processes as soon as one has failed


@dataclass(frozen=True)
class Team:
    """One process's place among all; alone if nothing is said."""

    rank: int = 0
    size: int = 1
    device: torch.device = torch.device("cpu")

    @property
    def first(self) -> bool:
        """Whether this is the process that writes and speaks."""
        return self.rank == 0

    def own(self, streams: Tensor, dim: int = 0) -> Tensor:
        """The share of this process in what holds all streams in dimension `dim`."""
        return streams.tensor_split(self.size, dim)[self.rank]

    def add(self, tensors: Sequence[Tensor]) -> None:
        """Put the sums over all processes in the place of each one's `tensors`."""
        if self.size > 1:
            flat = torch.cat([tensor.flatten() for tensor in tensors])
            torch.distributed.all_reduce(flat)
            sums = torch.split(flat, [tensor.numel() for tensor in tensors])
            for tensor, total in zip(tensors, sums, strict=True):
                tensor.copy_(total.view_as(tensor))

    def gather(self, share: Tensor, dim: int) -> Tensor:
        """All shares side by side, in every process."""
        if self.size == 1:
            return share
        shares = [torch.empty_like(share) for _ in range(self.size)]
        torch.distributed.all_gather(shares, share.contiguous())
        return torch.cat(shares, dim)

    def agree(self, value: float) -> float:
        """What the first process says."""
        if self.size == 1:
            return value
        said = torch.tensor(value, dtype=torch.float64, device=self.device)
        torch.distributed.broadcast(said, 0)
        return float(said)

    @contextmanager
    def first_goes_first(self) -> Iterator[None]:
        """The first process does what stands inside before the others do."""
        if not self.first:
            self.agree(0.0)
        yield
        if self.first:
            self.agree(0.0)


@contextmanager
def join() -> Iterator[Team]:
    """The place that this process has, as `torchrun` tells it: one GPU each, or the processor.

    What goes wrong inside is raised in the process in which it happened first, for there it is
    said; in the others SaidElsewhere is raised in its place, a moment later.
    """
    local = int(os.environ.get("LOCAL_RANK", "0"))
    gpu = torch.cuda.is_available()
    device = torch.device("cuda", local) if gpu else torch.device("cpu")
    if gpu:
        torch.cuda.set_device(device)
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield Team(device=device)
        return
    # The defaults of this module's functions hold the group that there is when it is imported,
    # and an optimizer imports it: then the group's threads would outlive the end of the group,
    # and one that frees a tensor while the interpreter ends aborts the process.
    importlib.import_module("torch.distributed.nn.functional")
    # Only here: who trains alone needs none of it.
    met = importlib.import_module("torch.distributed.rendezvous").rendezvous("env://")
    store, rank, size = next(met)
    try:  # to begin fails too where another process has failed already
        torch.distributed.init_process_group(
            "nccl" if gpu else "gloo", store=store, rank=rank, world_size=size
        )
        yield Team(rank, size, device)
    except Exception as error:
        if _is_first_to_fail(store):
            raise
        time.sleep(_PATIENCE)
        raise SaidElsewhere("Another process of this training says what went wrong.") from error
    finally:
        if torch.distributed.is_initialized():
            torch.distributed.destroy_process_group()


def _is_first_to_fail(store: Any) -> bool:
    """Whether no other process has failed; where one does, the others miss it and fail too."""
    try:
        return bool(store.add("failed", 1) == 1)
    except RuntimeError:  # the process that held the store has ended before
        return False
