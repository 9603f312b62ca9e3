"""The house's rules, read from the syntax trees: who imports whom, and what nobody does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# From low to high; a module imports from its own group and those before it.
LAYERS = (
    (
        *("model.errors", "model.files", "model.findings", "model.lighttorch", "model.machine"),
        *("model.messages", "model.pace"),
    ),
    ("model.text", "model.version"),
    (
        *("model.tokens", "model.tensors", "model.network", "model.inference", "model.ngrams"),
        "model.document_cache",
    ),
    ("model.base", "model.lessons"),
    ("model.profile",),
    ("model.learning",),
    ("model.prediction",),
    ("model.predictor",),
    ("model.errands", "model.loading"),
    ("model.engine", "model.evaluation", "model.training", "model.installation"),
    ("model.commands",),
    ("editor",),
    ("main",),
)
# What the editor may see of the model; only `editor.app` connects the two.
SEEN_BY_EDITOR = (
    *("model.messages", "model.findings", "model.text.decoding", "model.profile.lock"),
)
NETWORK = {
    *("socket", "ssl", "http", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "asyncio"),
    *("xmlrpc", "socketserver", "requests", "httpx", "aiohttp", "urllib3", "websockets"),
    *("urllib.request", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "torch.hub"),
}
# Reaches other programs of the same user and no further; for one module alone.
LOCAL_SOCKET = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
UNSAFE = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
# It holds Python's lock while it waits: no other thread goes on meanwhile.
DEAF_WAIT = "qWa" + "it("
NOTES = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
CEILING = 400


def sources(*packages: str) -> list[Path]:
    files = [ROOT / "main.py"] if "main.py" in packages else []
    return files + [f for package in packages for f in sorted((ROOT / package).rglob("*.py"))]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(source: str, *, typed: bool = False) -> Iterator[str]:
    """Every module that is imported at run time, wherever the import stands; with `typed` also
    those that only type checkers read.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree) if typed else _running(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """The tree without what only type checkers read."""
    if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _running(child)


def within(module: str, prefixes: tuple[str, ...] | set[str]) -> bool:
    return any(module == prefix or module.startswith(f"{prefix}.") for prefix in prefixes)


def layer(module: str) -> int | None:
    places = [place for place, prefixes in enumerate(LAYERS) if within(module, prefixes)]
    return places[0] if places else None


def upward(module: str, source: str) -> list[str]:
    """Imports of `module` that point to a higher layer."""
    own = layer(module)
    assert own is not None, f"{module} has no place in LAYERS"
    return [one for one in imports(source) if (layer(one) or 0) > own]


def calls(source: str, names: set[str]) -> list[str]:
    tree = ast.walk(ast.parse(source))
    called = [node.func for node in tree if isinstance(node, ast.Call)]
    return [func.id for func in called if isinstance(func, ast.Name) and func.id in names]


def forbidden(source: str) -> list[str]:
    """What no file of the program may do: reach the network, or run what it reads."""
    modules = [one for one in imports(source) if within(one, NETWORK | UNSAFE)]
    return modules + calls(source, UNSAFE_CALLS)


PROGRAM = sources("main.py", "model", "editor")
WITHOUT_QT = [
    *sources("model", "editor/rules", "editor/documents"),
    *(ROOT / f"editor/spelling/{name}.py" for name in ("words", "dictionaries", "spelling")),
]
EVERYTHING = [*PROGRAM, *sources("tests")]


@pytest.mark.parametrize("path", PROGRAM, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    module, source = name_of(path), path.read_text(encoding="utf-8")
    if module == "model":
        return  # the front door: it hands out the predictor, on request
    assert upward(module, source) == []


@pytest.mark.parametrize("path", WITHOUT_QT, ids=name_of)
def test_neither_the_model_nor_rules_nor_documents_know_a_window(path: Path) -> None:
    found = [one for one in imports(path.read_text(encoding="utf-8")) if within(one, ("PySide6",))]
    assert found == []


@pytest.mark.parametrize("path", sources("editor"), ids=name_of)
def test_the_editor_sees_only_the_models_messages(path: Path) -> None:
    if name_of(path) == "editor.app":
        return
    own = [one for one in imports(path.read_text(encoding="utf-8")) if within(one, ("model",))]
    assert [one for one in own if not within(one, SEEN_BY_EDITOR)] == []


def test_no_module_imports_itself_in_a_circle() -> None:
    """Not for types alone, either: who names the other's types cannot be read without it."""
    modules = {name_of(path) for path in PROGRAM if path.name != "__init__.py"}
    graph: dict[str, set[str]] = {}
    for path in PROGRAM:
        found = list(imports(path.read_text(encoding="utf-8"), typed=True))
        graph[name_of(path)] = {
            known for known in modules for one in found if within(one, (known,))
        }
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", PROGRAM, ids=name_of)
def test_nothing_reaches_the_network_or_runs_what_it_reads(path: Path) -> None:
    found = forbidden(path.read_text(encoding="utf-8"))
    allowed = LOCAL_SOCKET if name_of(path) == "editor.instance" else set()
    assert [one for one in found if one not in allowed] == []


@pytest.mark.parametrize("path", PROGRAM, ids=name_of)
def test_only_commands_print(path: Path) -> None:
    if not name_of(path).startswith("model.commands"):
        assert calls(path.read_text(encoding="utf-8"), {"print"}) == []


@pytest.mark.parametrize("path", EVERYTHING, ids=name_of)
def test_files_can_be_read_in_one_sitting_and_are_finished(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= CEILING
    assert [note for note in NOTES if note in text] == []


@pytest.mark.parametrize("path", sources("tests"), ids=name_of)
def test_whoever_waits_lets_other_threads_go_on(path: Path) -> None:
    assert DEAF_WAIT not in path.read_text(encoding="utf-8")


def test_these_rules_can_fail() -> None:
    assert upward("model.text", "from model.base import load_base") == ["model.base.load_base"]
    assert upward("model.learning.x", "def f():\n    import editor.app") == ["editor.app"]
    with pytest.raises(AssertionError, match="no place"):
        upward("model.somewhere", "")
    assert forbidden("import socket, urllib.request") == ["socket", "urllib.request"]
    assert forbidden("from urllib import request") == ["urllib.request"]
    assert forbidden("import pickle\neval('1')") == ["pickle", "eval"]
    assert calls("print(1)", {"print"}) == ["print"]
    assert DEAF_WAIT in "QTest.qWait" + "(50)"
    guarded = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import socket"
    assert list(imports(guarded)) == ["typing.TYPE_CHECKING"]
    assert "socket" in imports(guarded, typed=True)
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()


# What each folder of the editor may import of the others.
FLOORS = (
    *("documents", "rules", "view", "suggesting", "teaching", "finding", "spelling", "dialogs"),
    "tabs",
)


@pytest.mark.parametrize("floor", FLOORS)
def test_folders_of_the_editor_import_downwards(floor: str) -> None:
    above = FLOORS[FLOORS.index(floor) :]
    for path in sources(f"editor/{floor}"):
        for module in imports(path.read_text(encoding="utf-8")):
            part = module.split(".")[1] if module.startswith("editor.") else ""
            assert part == floor or part not in above, f"{name_of(path)} imports {module}"


def test_each_folder_of_the_editor_has_its_floor() -> None:
    folders = {path.parent.name for path in sources("editor") if path.parent.name != "editor"}
    assert folders == set(FLOORS)
