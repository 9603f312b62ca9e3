"""The version of the program; pyproject.toml alone says it."""

from __future__ import annotations

from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def version(project: Path = _PROJECT) -> str:
    """From the file in the sources and in the packaged program, else from what pip installed."""
    if project.is_file():
        import tomllib

        found = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
        return str(found)
    from importlib import metadata

    return metadata.version("foretype")
