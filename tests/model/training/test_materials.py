from __future__ import annotations

from array import array
from pathlib import Path

import pytest
import torch

from model.base import BaseModel
from model.errors import SourceError
from model.network import Network
from model.training.corpus import CorpusWeights
from model.training.materials import Materials, Recipe, prepare, read_dev


def test_dev_files_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    paths = [tmp_path / "mail.txt", tmp_path / "other" / "mail.txt"]
    for path in paths:
        path.write_text(f"In {path.parent.name}.", encoding="utf-8")
    dev = read_dev(paths)
    assert dev == {"mail": [f"In {tmp_path.name}."], str(paths[1]): ["In other."]}


def test_a_dev_file_without_text_is_refused(tmp_path: Path) -> None:
    for text in ("", " \n", "<|doc|>\n"):
        (tmp_path / "mail.txt").write_text(text, encoding="utf-8")
        with pytest.raises(SourceError, match=r"no text .*mail\.txt"):
            read_dev([tmp_path / "mail.txt"])


def test_a_new_network_expects_tokens_as_often_as_they_occur(toy_base: BaseModel) -> None:
    stream = array("H", [300] * 60 + [301] * 30 + [302] * 10)
    network = Network(toy_base.config)
    network.bias.data = Materials(toy_base.tokens, stream, []).first_bias()
    hidden = torch.zeros(toy_base.config.width)
    shares = network.logits(hidden).softmax(0)
    torch.testing.assert_close(shares[300:303], torch.tensor([0.6, 0.3, 0.1]), atol=0.2, rtol=0.0)
    assert shares[303] < 0.002
    assert abs(float(network.bias.mean().detach())) < 1e-4


def test_the_word_list_has_nobodys_number_and_no_half_words(
    toy_base: BaseModel, tmp_path: Path
) -> None:
    kept = ["keeper", "MP3", "2019", "COVID-19", "1990s", "years'", "low-cost", "10am"]
    left_out = ["01223334900", "cb30aq", "terryb2", "low-", "LinuxGuy2009"]
    corpus = tmp_path / "corpus.txt"
    corpus.write_text(" , ".join([*kept, *left_out] * 3 + ["seldom"] * 2))
    recipe = Recipe([corpus], CorpusWeights(), 400, 1)
    (tmp_path / "work").mkdir()
    materials = prepare(recipe, tmp_path / "work", toy_base.tokens)
    assert sorted(materials.words) == sorted(kept)
