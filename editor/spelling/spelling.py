"""Which words are right: those of the dictionary, and the user's own.

What was looked up is remembered, for all documents. It refuses to know what is a word, and where
words stand.
"""

from __future__ import annotations

from editor.spelling.dictionaries import Dictionary
from editor.spelling.words import Word, as_listed

_MOST_REMEMBERED = 100_000
_POSSESSIVE = "'s"


class Spelling:
    """Judges words by a dictionary; without one, all are right.

    State: listed are the user's words as they were kept, _here those that were added (true) or
    taken off (false) since; _verdicts are of words that were looked up.
    """

    def __init__(self) -> None:
        self.dictionary: Dictionary | None = None
        self._verdicts: dict[str, bool] = {}
        self.listed: frozenset[str] = frozenset()
        self._here: dict[str, bool] = {}

    def use(self, dictionary: Dictionary | None) -> None:
        """Judge by this dictionary from now on."""
        self.dictionary = dictionary
        self._verdicts = {}

    def is_known(self, word: Word) -> bool | None:
        """Whether it is right, as far as that was looked up: None where it was not."""
        if self.dictionary is None:
            return True
        verdict = self._verdicts.get(word.form)
        return verdict if verdict is not False else self._is_own(word)

    def look_up(self, word: Word) -> bool:
        """Whether it is right: some microseconds where that is not known yet."""
        if word.form not in self._verdicts and self.dictionary is not None:
            if len(self._verdicts) >= _MOST_REMEMBERED:
                self._verdicts = {}
            self._verdicts[word.form] = self.dictionary.knows(word.form)
        return self.is_known(word) is not False

    def proposals(self, word: Word) -> list[str]:
        """What may be meant instead."""
        return [] if self.dictionary is None else self.dictionary.proposals(word.form)

    # The user's own words

    def list_word(self, word: str, *, own: bool) -> None:
        """The user made it one of these words, or took it off."""
        self._here[as_listed(word).lower()] = own

    def forget(self) -> None:
        """The user has no words any more."""
        self.listed, self._here = frozenset(), {}

    def _is_own(self, word: Word) -> bool:
        names = {word.form.lower(), word.whole.lower()}
        names |= {name.removesuffix(_POSSESSIVE) for name in names}
        return any(self._here.get(name, name in self.listed) for name in names)
