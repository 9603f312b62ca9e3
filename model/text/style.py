"""The way back: what is added to a text, in the text's own style."""

from __future__ import annotations

from collections.abc import Callable


def style_of(text: str) -> Callable[[str], str]:
    """How to write what is added to `text`: with the apostrophes that it uses itself."""
    recent = text[-2000:]
    curly = recent.count("\u2019") > recent.count("'")
    return (lambda added: added.replace("'", "\u2019")) if curly else str
