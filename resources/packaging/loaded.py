"""Which modules of torch and sympy no command of the program loads: for `foretype.spec`.

More than half of them. A command that loads more than it does here must be tried in
`use_everything`, else the packaged program lacks what it loads.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from pathlib import Path

PACKAGES = ("torch", "torchgen", "sympy", "mpmath")
STORY = "The harbour lay still. The keeper came home early, and lit the lamp for the boats. " * 30


def use_everything(folder: Path) -> None:
    """Each command that brings torch along, with little to do."""
    from model.commands.line import run

    text, base, profile = folder / "story.txt", folder / "base", folder / "profile"
    text.write_text(STORY, encoding="utf-8")
    training = ["train", "--corpus", str(text), "--dev", str(text), "--output"]
    tiny = ["--vocabulary", "300", "--width", "32", "--streams", "2", "--passes", "1"]
    places = ["--base", str(base), "--profile", str(profile)]
    for command in (
        [*training, str(base), *tiny],
        [*training, str(folder / "small"), *tiny, "--teacher", str(base)],
        ["suggest", "The keeper ", *places],
        ["learn", str(text), *places],
        ["evaluate", str(text), "--learn", "--max-chars", "300", *places],
        ["forget", "--word", "lamp", *places],
    ):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            assert run(command, lambda *_: 1) == 0, command


def main() -> None:
    """Use everything; then print each module, with + where it was loaded and - where not."""
    with tempfile.TemporaryDirectory() as folder:
        use_everything(Path(folder))
    for package in PACKAGES:
        root = Path(str(sys.modules[package].__file__)).parent
        for file in sorted(root.rglob("*.py")):
            parts = file.relative_to(root.parent).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            print("+" if name in sys.modules else "-", name)


if __name__ == "__main__":
    main()
