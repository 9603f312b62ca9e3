from __future__ import annotations

import torch

from model.training.loss import Expectation, Sampler, cross_entropy

ROWS, WIDTH, CLASSES = 1500, 12, 40  # more rows than one chunk


def problem() -> tuple[torch.Tensor, ...]:
    torch.manual_seed(3)
    hidden = torch.randn(ROWS, WIDTH, requires_grad=True)
    weight = (0.3 * torch.randn(CLASSES, WIDTH)).requires_grad_()
    bias = torch.randn(CLASSES, requires_grad=True)
    return hidden, weight, bias, torch.randint(0, CLASSES, (ROWS,))


def test_loss_and_gradients_are_those_of_torch() -> None:
    hidden, weight, bias, targets = problem()
    ours = cross_entropy(hidden, weight, bias, targets, ROWS)
    grads = (ours.hidden, ours.weight, ours.bias)
    theirs = torch.nn.functional.cross_entropy(hidden @ weight.t() + bias, targets)
    expected = torch.autograd.grad(theirs, (hidden, weight, bias))
    assert torch.allclose(ours.loss, theirs, atol=1e-5)
    for grad, other in zip(grads, expected, strict=True):
        assert torch.allclose(grad, other, atol=1e-6)


def test_the_more_samples_the_nearer_to_the_full_loss() -> None:
    hidden, weight, bias, targets = problem()
    unigram = torch.bincount(targets, minlength=CLASSES)
    hidden, targets = hidden[:8], targets[:8]
    full = float(cross_entropy(hidden, weight, bias, targets, len(targets)).loss)

    def error(samples: int) -> float:
        sampler = Sampler(unigram, samples, torch.Generator().manual_seed(5))
        losses = []
        for _ in range(100):
            drawn = sampler.draw(targets)
            rows, lowered = weight[drawn.classes], bias[drawn.classes] - drawn.log_inclusion
            losses.append(float(cross_entropy(hidden, rows, lowered, drawn.places, 8).loss))
        return abs(sum(losses) / len(losses) - full)

    few, some, many = error(8), error(60), error(4000)
    assert few > some > many
    assert many < 0.01 * full


def test_a_teacher_adds_the_divergence_from_what_it_expects() -> None:
    hidden, weight, bias, targets = problem()
    teacher = Expectation(torch.randn(ROWS, 5), torch.randn(CLASSES, 5), torch.randn(CLASSES), 0.3)
    ours = cross_entropy(hidden, weight, bias, targets, ROWS, teacher)
    said = hidden @ weight.t() + bias
    expected = (teacher.hidden @ teacher.weight.t() + teacher.bias).log_softmax(1)
    divergence = torch.nn.functional.kl_div(
        said.log_softmax(1), expected, log_target=True, reduction="batchmean"
    )
    theirs = 0.7 * torch.nn.functional.cross_entropy(said, targets) + 0.3 * divergence
    torch.testing.assert_close(ours.loss, theirs.detach(), atol=1e-5, rtol=1e-5)
    grads = torch.autograd.grad(theirs, (hidden, weight, bias))
    for grad, other in zip((ours.hidden, ours.weight, ours.bias), grads, strict=True):
        torch.testing.assert_close(grad, other, atol=1e-6, rtol=1e-4)
