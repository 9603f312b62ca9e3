"""A peer of a few lines, as a process: it knows one story, and fails in the way it is told.

python fake_peer.py [mute | dumb | dies | babbles | missing]
"""

from __future__ import annotations

import json
import re
import sys
import time
from typing import Any

STORY = "the keeper made a pot of tea"


def say(reply: dict[str, Any] | str) -> None:
    line = reply if isinstance(reply, str) else json.dumps(reply)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def words_after(before: str, known: list[str], limit: int) -> list[list[str]]:
    match = re.search(r"\w*\Z", before)
    typed = match.group() if match else ""
    fitting = [word for word in known if word.startswith(typed) and word != typed]
    return [[word, word[len(typed) :]] for word in fitting[:limit]]


def main() -> None:
    manner = sys.argv[1] if len(sys.argv) > 1 else ""
    if manner == "missing":
        say({"missing": "no such library"})
        return
    say({"ready": True})
    known = STORY.split()
    for count, line in enumerate(sys.stdin):
        asked = json.loads(line)
        if manner == "dies" and count == 3:
            sys.exit("a library gave up\n")
        if manner == "mute":
            time.sleep(60)
        if manner == "babbles":
            say("Segmentation fault")
        elif "learn" in asked:
            known = asked["learn"].split() + known
            say({"cpu_ms": 0.0})
        else:
            say({"words": words_after(asked["before"], known, asked["limit"]), "cpu_ms": 0.25})


if __name__ == "__main__":
    main()
