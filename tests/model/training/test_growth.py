from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from model.base import BaseModel
from model.errors import BaseModelError, SourceError
from model.network import Network, NetworkConfig
from model.training.growth import check_vocabulary, grown, load_trained

SMALL = NetworkConfig(60, width=8, layers=2)


@pytest.mark.parametrize(
    "larger",
    [
        replace(SMALL, inner=(20,)),
        replace(SMALL, width=12),
        replace(SMALL, width=12, inner=(30,)),
        SMALL,
    ],
)
def test_it_says_what_the_smaller_one_says(larger: NetworkConfig) -> None:
    small = Network(SMALL)
    network = grown(small.state_dict(), SMALL, larger)
    assert network.config == larger
    ids = torch.randint(0, 60, (3, 9))
    outputs = []
    for one in (small, network):
        hidden, state = one(ids[:, :4], one.initial_state(3))
        hidden, _ = one(ids[:, 4:], state)
        outputs.append(one.logits(hidden))
    torch.testing.assert_close(outputs[1], outputs[0])


def test_what_is_new_can_learn() -> None:
    network = grown(Network(SMALL).state_dict(), SMALL, replace(SMALL, width=12, inner=(20,)))
    ids = torch.randint(0, 60, (3, 9))
    for _ in range(2):  # what goes out must move before what comes in is asked to
        hidden, _ = network(ids[:, :-1], network.initial_state(3))
        loss = torch.nn.functional.cross_entropy(
            network.logits(hidden).flatten(0, 1), ids[:, 1:].flatten()
        )
        network.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.sub_(parameter.grad, alpha=0.5)
    new_rows = network.lstm.weight_ih_l0.grad.unflatten(0, (4, 20))[:, 8:]
    assert bool(new_rows.any(dim=2).all())


@pytest.mark.parametrize(
    "other",
    [
        replace(SMALL, width=4),
        replace(SMALL, layers=3),
        replace(SMALL, scale=20.0),
        replace(SMALL, vocabulary=61),
    ],
)
def test_what_cannot_grow_is_named(other: NetworkConfig) -> None:
    with pytest.raises(SourceError, match="8 and 8 units"):
        grown(Network(SMALL).state_dict(), SMALL, other)


def test_trained_weights_come_from_a_base_or_a_checkpoint(
    toy_base: BaseModel, toy_base_folder: Path, tmp_path: Path
) -> None:
    for name in ("", "work/checkpoint.safetensors"):
        trained = load_trained(toy_base_folder / name, "--teacher")
        assert trained.config == toy_base.config
        check_vocabulary(trained, toy_base_folder, toy_base.tokens)
        expected = toy_base.floats()
        for key, value in trained.floats().items():
            torch.testing.assert_close(value, expected[key], atol=0.02, rtol=0)


def test_what_is_neither_is_told_with_its_option(toy_base_folder: Path, tmp_path: Path) -> None:
    for nothing in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(BaseModelError, match=r"no base model in .* with --teacher") as found:
            load_trained(nothing, "--teacher")
        assert "--base" not in str(found.value)
        assert "Reinstall" not in str(found.value)
    foreign = tmp_path / "holiday.dat"
    weights = (toy_base_folder / "weights.safetensors").read_bytes()
    for content in (b"torn", b"", bytes(range(256)), weights):
        foreign.write_bytes(content)
        with pytest.raises(SourceError, match=r"no checkpoint .* with --grow-from") as found:
            load_trained(foreign, "--grow-from")
        assert "delete" not in str(found.value)
        assert "--resume" not in str(found.value)
