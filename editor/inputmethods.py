"""Which input method Qt is to look for, where what the desktop names is not among its own."""

from __future__ import annotations

from collections.abc import MutableMapping


def reach_fcitx(environment: MutableMapping[str, str]) -> None:
    """Have Qt ask Fcitx 5 in the language of ibus, which it speaks too; before Qt starts.

    Fcitx's own plugin for Qt fits only the system's Qt, and is not in this one. Where it is all
    the same, it is taken first.
    """
    named = environment.get("QT_IM_MODULE", "")
    if named.startswith("fcitx"):
        environment.setdefault("QT_IM_MODULES", f"{named};ibus")
