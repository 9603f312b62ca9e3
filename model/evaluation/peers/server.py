"""Asks presage or Onboard; runs in the system's own Python, as a program of its own.

    /usr/bin/python3 -I server.py presage|onboard

Their libraries belong to the system and not to our environment, so this file imports nothing
of ours. It speaks in lines of JSON: first {"ready": true}, or {"missing": why} and the end;
then one line for each that comes in.

    {"before": text, "limit": n}  ->  {"words": [[word, insert], ...], "cpu_ms": milliseconds}
    {"learn": text}               ->  {"cpu_ms": milliseconds}

`insert` completes the word at the caret; as in our own lists, words that add nothing to what
is typed, or would replace it, are left out. CPU is that of this whole process.
"""

from __future__ import annotations

import ctypes
import importlib
import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TextIO

_ENGLISH = "/usr/share/onboard/models/en_US.lm"


class Predicts(Protocol):
    """A predictor of words, as far as it is measured."""

    def words(self, before: str, limit: int) -> list[tuple[str, str]]:
        """At most `limit` words after `before`, best first, each with what it inserts."""

    def learn(self, text: str) -> None:
        """Learn from a finished paragraph."""


class Presage:
    """presage 0.9 through its library, with its shipped English database.

    Its settings are those of /etc/presage.xml but for two. It learns when it is told to, not
    by itself. And a word may be offered at one key after the other: else it withholds what was
    passed over, all five words, while the user of a list of three has seen but three.
    """

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libpresage.so.1")
        self._before = ctypes.create_string_buffer(b"")
        self._after = ctypes.create_string_buffer(b"")
        # Callbacks give addresses; presage uses them as long as it lives, so we keep them.
        text = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
        self._texts = (
            text(lambda _: ctypes.addressof(self._before)),
            text(lambda _: ctypes.addressof(self._after)),
        )
        self._handle = ctypes.c_void_p()
        before, after = self._texts
        self._call("new", before, None, after, None, ctypes.byref(self._handle))
        self._set("ContextTracker.ONLINE_LEARNING", "no")
        self._set("Selector.REPEAT_SUGGESTIONS", "yes")

    def _call(self, name: str, *arguments: Any) -> None:
        error = self._library[f"presage_{name}"](*arguments)
        if error:
            raise OSError(f"presage_{name} fails with error {error}")

    def _set(self, name: str, value: str) -> None:
        self._call("config_set", self._handle, f"Presage.{name}".encode(), value.encode())

    def words(self, before: str, limit: int) -> list[tuple[str, str]]:
        """What presage expects; its words are in small letters but for what was typed."""
        self._before = ctypes.create_string_buffer(_bytes(before))
        # The word as it stands may be among them.
        self._set("Selector.SUGGESTIONS", str(limit + 1))
        found: Any = ctypes.POINTER(ctypes.c_char_p)()
        self._call("predict", self._handle, ctypes.byref(found))
        words = []
        for raw in itertools.takewhile(lambda raw: raw is not None, found):
            insert = self._completion(raw)
            if insert:
                words.append((raw.decode("utf-8", "replace"), insert))
        self._library.presage_free_string_array(found)
        return words[:limit]

    def _completion(self, word: bytes) -> str:
        rest = ctypes.c_char_p()
        self._call("completion", self._handle, word, ctypes.byref(rest))
        insert = (rest.value or b"").decode("utf-8", "replace")
        self._library.presage_free_string(rest)
        return insert.strip()  # presage puts a space after the word itself

    def learn(self, text: str) -> None:
        """Count the text into the user's database, in the home of this process."""
        self._call("learn", self._handle, _bytes(text))


class Onboard:
    """The word suggestions of Onboard 1.4 with its shipped English model.

    What Onboard does around the library, with its window, is done here in the same way: the
    256 characters that it reads, its smoothing, and its rules for capital letters.
    """

    _reads = 256
    _start = "<bot:txt>"

    def __init__(self) -> None:
        self._library: Any = importlib.import_module("Onboard.pypredict")
        english = self._library.DynamicModel()
        english.load(_ENGLISH)
        self._user = self._library.CachedDynamicModel()
        self._user.recency_ratio = 0.811
        self._user.recency_halflife = 96
        self._user.recency_smoothing = "jelinek-mercer"
        self._user.recency_lambdas = [0.404, 0.831, 0.444]
        english.smoothing = self._user.smoothing = "abs-disc"
        self._model = self._library.overlay([english, self._user])

    def words(self, before: str, limit: int) -> list[tuple[str, str]]:
        """What Onboard expects."""
        context = before[-self._reads :]
        if len(before) <= self._reads:
            context = f"{self._start} {context}"
        tokens, _ = self._library.tokenize_context(context)
        typed = tokens[-1] if tokens else ""
        begins = len(tokens) > 1 and tokens[-2] in ("<s>", self._start)
        found = self._model.predictp(tokens, 8 * limit, options=self._case(typed, begins))
        words = [word for word, _ in found if not word.startswith("<bot:")]
        if begins and typed[:1].isupper():
            words = [word[:1].upper() + word[1:] for word in words]
        # Two spellings become one by a capital letter.
        pairs = [(word, word[len(typed) :]) for word in dict.fromkeys(words)]
        return [(w, insert) for w, insert in pairs if insert and w.startswith(typed)][:limit]

    def _case(self, typed: str, begins: bool) -> int:
        options = self._library.LanguageModel
        accents = int(options.ACCENT_INSENSITIVE_SMART)
        if not typed[:1].isupper():
            return accents | int(options.CASE_INSENSITIVE_SMART)
        return accents | int(options.CASE_INSENSITIVE if begins else options.IGNORE_NON_CAPITALIZED)

    def learn(self, text: str) -> None:
        """Count the text into the user's model, in memory."""
        tokens, _ = self._library.tokenize_text(text)
        self._user.learn_tokens([token.removesuffix("'") or "<unk>" for token in tokens])


def _bytes(text: str) -> bytes:
    return text.replace("\0", " ").encode("utf-8", "replace")


def serve(predictor: Predicts, lines: Iterable[str], out: TextIO) -> None:
    """Answer each line with one line, until there are no more."""
    for line in lines:
        asked = json.loads(line)
        reply: dict[str, Any] = {}
        started = time.process_time()
        if "learn" in asked:
            predictor.learn(asked["learn"])
        else:
            reply["words"] = predictor.words(asked["before"], asked["limit"])
        reply["cpu_ms"] = 1000 * (time.process_time() - started)
        _say(out, reply)


def _say(out: TextIO, reply: dict[str, Any]) -> None:
    out.write(json.dumps(reply) + "\n")
    out.flush()


_KINDS: dict[str, Callable[[], Predicts]] = {"presage": Presage, "onboard": Onboard}


def main() -> None:
    """Serve the predictor that the command line names."""
    # A library that prints must not do so between our lines.
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    try:
        predictor = _KINDS[sys.argv[1]]()
    except (ImportError, OSError) as error:
        _say(out, {"missing": str(error)})
        return
    _say(out, {"ready": True})
    serve(predictor, sys.stdin, out)


if __name__ == "__main__":
    main()
