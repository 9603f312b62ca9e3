"""Which key does what to a ghost, as the user chose it; and which choices contradict each other.

Keys are written as Qt writes them in files (`Ctrl+Right`), the same on every system.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Keymap:
    """One key for each command; "" for none.

    accept_too is a second accept key: no window manager or input method takes it, it works in
    leading white space, and where Tab moves the focus.
    """

    accept: str = "Tab"
    accept_too: str = "Ctrl+Return"
    accept_word: str = "Ctrl+Right"
    dismiss: str = "Esc"
    next: str = "Alt+]"
    previous: str = "Alt+["
    read: str = "Alt+\\"
    tab_moves: str = "Ctrl+M"

    def named(self) -> dict[str, str]:
        """The key of each command."""
        return asdict(self)


WRITING = "writing"
# Keys that write or that no writer can miss: a ghost must not have them to itself.
_NEEDED = frozenset(("Space", "Return", "Enter", "Backspace", "Del", "Left", "Up", "Down"))


def conflicts(chosen: Mapping[str, str], others: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each command whose key is not its own: who has it too.

    `others` are keys and their commands elsewhere in the program. A key that is needed for
    writing belongs to WRITING.
    """
    found: dict[str, str] = {}
    elsewhere = {key: name for key, name in others if key}
    for command, key in chosen.items():
        twins = [name for name, other in chosen.items() if other == key and name != command]
        if not key:
            continue
        if twins:
            found[command] = twins[0]
        elif key in elsewhere:
            found[command] = elsewhere[key]
        elif writes(key):
            found[command] = WRITING
    return found


def writes(key: str) -> bool:
    """Whether the key, pressed alone or with Shift, is needed for writing."""
    plain = key.removeprefix("Shift+")
    return len(plain) == 1 or plain in _NEEDED
