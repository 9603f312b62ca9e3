"""One LSTM layer in floats that learns by gradient steps, written out by hand.

What autograd would keep of a step, gradients as large as the weights among it, is never made:
the gradient of a matrix is the product of two thin ones, whose own products tell its norm, and it
goes into the weights at once. Differs from autograd by rounding alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

_ROWS = 256  # of a large matrix that are floats at a time: half a megabyte


@dataclass(frozen=True, slots=True)
class Seen:
    """What a layer made of some tokens, and what the way back needs of it."""

    inputs: Tensor  # (steps, inputs)
    hidden: Tensor  # (steps, width)
    before: Tensor  # (steps, width) hidden vectors before each step
    gates: Tensor  # (steps, 4, width): input, forget, candidate, output
    cells: Tensor  # (steps + 1, width), the first as it was before

    @property
    def state(self) -> Tensor:
        """(2, 1, width) behind the last token."""
        return torch.stack([self.hidden[-1:], self.cells[-1:]])


class Layer:
    """The four weights of a layer, by the names they have in `nn.LSTM`; moved in place."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        """`weights`: of both matrices, and of both biases, the input's comes first."""
        self.weights = weights
        self._from_input, self._from_hidden = (one for one in weights.values() if one.dim() == 2)
        self._biases = [one for one in weights.values() if one.dim() == 1]
        self._width = self._from_hidden.shape[1]

    def read(self, inputs: Tensor, state: Tensor) -> Seen:
        """(steps, inputs) and a state (2, 1, width) -> what came of them."""
        width = self._width
        hidden, cell = state[:, 0].contiguous()
        ahead = torch.addmm(self._biases[0] + self._biases[1], inputs, self._from_input.T)
        hiddens, cells, gates = [hidden], [cell], []
        for row in ahead:
            both = torch.addmv(row, self._from_hidden, hidden).view(4, width)
            opened = both.sigmoid()
            opened[2] = both[2].tanh()
            cell = opened[1] * cell + opened[0] * opened[2]
            hidden = opened[3] * cell.tanh()
            hiddens.append(hidden)
            cells.append(cell)
            gates.append(opened)
        through = torch.stack(hiddens)
        return Seen(inputs, through[1:], through[:-1], torch.stack(gates), torch.stack(cells))

    def move(self, seen: Seen, slope: Tensor, rate: float, clip: float) -> None:
        """One step down a loss that has this `slope` by the hidden vectors (steps, width).

        No longer than `clip` times `rate`; none where the slope is no number.
        """
        deltas = self._back(seen, slope)
        bias = deltas.sum(0)
        matrices = ((self._from_input, seen.inputs), (self._from_hidden, seen.before))
        squares = sum(_square_of_product(deltas, thin) for _, thin in matrices)
        norm = math.sqrt(squares + len(self._biases) * float(bias.square().sum()))
        if not math.isfinite(norm):
            return
        length = -rate * min(1.0, clip / (norm + 1e-6))
        for matrix, thin in matrices:
            matrix.addmm_(deltas.T, thin, alpha=length)
        for own in self._biases:
            own.add_(bias, alpha=length)

    def _back(self, seen: Seen, slope: Tensor) -> Tensor:
        """(steps, 4 * width) the slope by the gates before their functions, through time."""
        into, kept, new, out = seen.gates.unbind(1)
        shown = seen.cells[1:].tanh()
        to_cell = out * (1 - shown.square())
        of_cell = torch.stack(
            [
                new * into * (1 - into),
                seen.cells[:-1] * kept * (1 - kept),
                into * (1 - new.square()),
            ],
            dim=1,
        )
        of_hidden = shown * out * (1 - out)
        deltas = torch.empty_like(seen.gates)
        by_hidden = by_cell = torch.zeros(self._width)
        for step in range(len(slope) - 1, -1, -1):
            by_hidden = by_hidden + slope[step]
            by_cell = torch.addcmul(by_cell, by_hidden, to_cell[step])
            deltas[step, :3] = by_cell * of_cell[step]
            deltas[step, 3] = by_hidden * of_hidden[step]
            by_cell = by_cell * kept[step]
            by_hidden = self._from_hidden.T @ deltas[step].flatten()
        return deltas.flatten(1)


def _square_of_product(left: Tensor, right: Tensor) -> float:
    """The sum of squares in left.T @ right, from products as small as there are steps.

    Where there is next to nothing, rounding might leave less than nothing.
    """
    return float(((left @ left.T) * (right @ right.T)).sum().abs())


def slope_below(slope: Tensor, rows: Tensor, scales: Tensor) -> Tensor:
    """The slope by the vectors that were multiplied with int8 rows, from that by the products."""
    slope = slope * scales.float()
    below = slope.new_zeros(len(slope), rows.shape[1])
    for start in range(0, len(rows), _ROWS):
        part = slice(start, start + _ROWS)
        below.addmm_(slope[:, part], rows[part].float())
    return below
