"""When not to suggest: the pure rules that turn a suggestion into a ghost or into silence.

People leave suggestions switched on that are quiet (UX: timing and noise, not wrong words, are
what they complain of). It refuses to know where the caret may go and what a key means.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from editor.rules.ghost import NOTHING, Ghost
from editor.rules.sentences import sentences
from model.messages import Suggestion

# In the first sentence of an empty document a wrong word disturbs most and is likeliest.
_VERY_SURE = 0.8
_BLANKS = " \u00a0"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user chose about ghosts.

    delay_ms: how long after the last key a new ghost comes. least_saved: how many keys a new one
    saves at least. space: whether a ghost brings the space after its last word along.
    readable_ms: how long a ghost must have been there for a key to accept it. first_sentence:
    whether ghosts come from the first sentence of an empty document on.
    """

    delay_ms: int = field(default=100, metadata={"range": (0, 3000)})
    least_saved: int = field(default=3, metadata={"range": (1, 12)})
    space: bool = True
    readable_ms: int = field(default=200, metadata={"range": (0, 2000)})
    first_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a ghost would appear: the text around the caret, and whether that is all there is."""

    before: str
    after: str = ""
    alone: bool = False


def trimmed(inline: str, scene: Scene, rules: Rules) -> str:
    """A suggestion without what stands behind the caret already, and without its last space."""
    text = inline
    closing = scene.after.strip()
    if closing:
        text = _without_repeat(text.rstrip(_BLANKS), closing)
    return text if rules.space else text.rstrip(_BLANKS)


def worth_beginning(ghost: Ghost, suggestion: Suggestion, scene: Scene, rules: Rules) -> Ghost:
    """The ghost, or nothing where a new one would save too little or come too early."""
    if len(ghost.text) < rules.least_saved:
        return NOTHING
    early = not rules.first_sentence and _is_first_sentence(scene)
    return NOTHING if early and suggestion.certainty < _VERY_SURE else ghost


def _is_first_sentence(scene: Scene) -> bool:
    text = scene.before.strip()
    if not scene.alone or "\n" in text:
        return False
    return not any(sentence.finished for sentence in sentences(text))


def _without_repeat(text: str, closing: str) -> str:
    for size in range(min(len(text), len(closing)), 0, -1):
        if text.endswith(closing[:size]):
            return text[:-size]
    return text
