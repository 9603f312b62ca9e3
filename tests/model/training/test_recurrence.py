from __future__ import annotations

import pytest
import torch
from torch import nn

from model.training.recurrence import run_layer

STEPS, STREAMS, INPUTS, WIDTH = 7, 3, 5, 4


@pytest.mark.parametrize("kind", [torch.float64, torch.float32, torch.bfloat16])
def test_a_layer_is_that_of_torch(kind: torch.dtype) -> None:
    layer = nn.LSTM(INPUTS, WIDTH).to(kind)
    weights = list(layer.parameters())
    inputs = torch.randn(STEPS, STREAMS, INPUTS).to(kind).requires_grad_()
    hidden, cell = torch.randn(2, STREAMS, WIDTH).to(kind)
    ours, (last, last_cell) = run_layer(inputs, torch.stack([hidden, cell]).float(), weights)
    theirs, (their_last, their_cell) = layer(inputs, (hidden[None], cell[None]))
    close = {"rtol": 1e-4, "atol": 1e-5} if kind != torch.bfloat16 else {"rtol": 0.05, "atol": 0.05}
    torch.testing.assert_close(ours, theirs, **close)
    torch.testing.assert_close(last.to(kind), their_last[0], **close)
    torch.testing.assert_close(last_cell.to(kind), their_cell[0], **close)
    wish = torch.randn_like(ours)
    grads = torch.autograd.grad(ours, [inputs, *weights], wish)
    expected = torch.autograd.grad(theirs, [inputs, *weights], wish)
    for grad, other in zip(grads, expected, strict=True):
        torch.testing.assert_close(grad, other, **close)
