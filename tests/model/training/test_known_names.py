from __future__ import annotations

from pathlib import Path

from model.training.known_names import known_names, main


def test_pairs_of_many_sources_are_common_knowledge() -> None:
    documents = [
        (f"{n}.txt", "We saw New York's harbour and Port Said, I think.") for n in range(3)
    ]
    documents += [
        ("letters.txt", "Zara Quillam wrote. Zara Quillam sings. Zara Quillam slept.")
    ] * 9
    assert known_names(documents, least=3) == [("New", "York"), ("Port", "Said")]


def test_a_pair_is_two_words_with_one_space_between(tmp_path: Path) -> None:
    text = "Ann Bee-Cee, Dee. Eff  Gee\nHaitch Ay\u2019s Jay kay El's Em"
    assert known_names([("a", text)], least=1) == [
        ("Ann", "Bee-Cee"),
        ("Eff", "Gee"),
        ("Haitch", "Ay"),
    ]


def test_writes_a_list_that_says_where_it_comes_from(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("In New York.", encoding="utf-8")
    output = tmp_path / "names"
    main([str(tmp_path), "--output", str(output), "--least", "2"])
    *comments, pair, last = output.read_text(encoding="utf-8").splitlines()
    assert (pair, last) == ("In New", "New York")
    assert "2 of the 2 sources" in " ".join(comments)
