"""How many bits a text costs under everything that predicts: network, counts, blend."""

from __future__ import annotations

import math

from model.prediction.composer import Composer
from model.text import view


def code_length(composer: Composer, text: str, before: str = "") -> float:
    """Bits of `text`, token by token, where `before` is the document up to it."""
    tokens = composer.tokens
    folded = view(before + text).text
    # After a line end the model sees a space that nobody has typed yet.
    ids = tokens.encode(folded.removesuffix(" ") if text.endswith("\n") else folded)
    composer.search.prose = composer.lexicon.known(folded).prose
    context = tokens.encode(view(before).text) if before else []
    start = next((i for i, (a, b) in enumerate(zip(ids, context, strict=False)) if a != b), None)
    start = min(len(ids), len(context)) if start is None else start
    place = composer.reader.read([tokens.document, *ids[:start]])
    bits = 0.0
    for position, token in enumerate(ids[start:], start):
        composer.search.document.show([tokens.document, *ids[:position]])
        bits -= math.log2(max(1e-12, float(composer.search.distribution(place)[token])))
        place = composer.search.follow(place, token)
    return bits
