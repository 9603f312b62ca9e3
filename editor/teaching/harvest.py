"""From settled text to lessons: which sentences were written here, are finished and kept.

A sentence is a lesson once the caret has left it, and only if its characters were typed here
or came from accepted ghosts; what was opened or pasted never is. A sentence taught before and
revised or deleted since is taken back. Each text of a document is taught once.

It reads only the paragraphs that were touched since the last harvest, so a key in a large
document costs what its paragraph costs. It never touches the document or the model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from editor.rules.sentences import Sentence, part_last_word, sentences, word_count
from editor.view.paragraphs import Paragraph, Paragraphs
from editor.view.provenance import Edit, Origin, Provenance, Span
from editor.view.units import unit_offsets, units
from model.messages import Lesson, Teaching

UNTITLED = "untitled-"  # how the names of documents begin that were never saved
# A pasted dash or quotation mark does not make a sentence foreign; a pasted word does.
_FOREIGN_ALLOWED = 2
_FEWEST_WORDS = 2
_FEWEST_WORDS_UNFINISHED = 3
# Nobody types such a line; cutting it into sentences would be felt.
_LONGEST_PARAGRAPH = 20_000
_Place = tuple[int, int, str]  # start, end and text


class Settle(Enum):
    """How much counts as settled."""

    LEFT = "left"  # sentences that the caret is not in
    PAUSED = "paused"  # the finished sentence at the caret too: the user looks elsewhere
    ALL = "all"  # the unfinished one as well, but for a word that is being written: saved or closed


@dataclass(frozen=True, slots=True)
class _Taught:
    """A sentence that was taught, at its place in the document as it is now."""

    start: int
    end: int
    lesson: Lesson  # as it was taught, or would be had its text not been taught elsewhere
    document: str
    kept: bool = False  # it stood in the document when that was saved

    @property
    def text(self) -> str:
        """The sentence."""
        return self.lesson.text

    def again(self) -> Lesson:
        """The lesson, under the name that it was taught by, or has by now."""
        return replace(self.lesson, document=self.document)

    def moved(self, edit: Edit) -> _Taught:
        """Follow an edit: text that comes in at its start or its end is not part of it."""
        end = edit.moved(self.end)
        start = edit.moved(self.start)
        if self.start == edit.position and not edit.removed:
            start += edit.added
        return replace(self, start=start, end=max(start, end))


class Harvester:
    """Follows the edits of one document and hands out what is to be learnt from it."""

    def __init__(self, document: str, length: int = 0) -> None:
        self.document = document
        self.provenance = Provenance(length)
        self._taught: list[_Taught] = []
        # Of those that stand in the file: dropped since it was saved; taught anew as the document
        # was discarded; and the latter, where the document is had back.
        self._outdated: list[_Taught] = []
        self._restored: list[_Taught] = []
        self._returned: list[_Taught] = []
        self._touched: list[tuple[int, int]] = []

    def edited(self, edit: Edit) -> None:
        """Follow one change of the document."""
        self.provenance.apply(edit)
        start, end = edit.position, edit.position + edit.added
        self._taught = [t if t.end <= start else t.moved(edit) for t in self._taught]
        self._touched = [(edit.moved(low), edit.moved(high)) for low, high in self._touched]
        # A large paste is not read, only the text it came to stand between.
        for span in self.provenance.spans(start, end):
            if span.origin is not Origin.FOREIGN:
                self._touch(span.start, span.end)
        self._touch(start, start)
        self._touch(end, end)

    def begin_again(self) -> None:
        """The document that was discarded is had back, with the same text, but nothing to undo."""
        self.provenance.forget_steps()
        self._touch(0, self.provenance.length)
        self._returned, self._restored = self._restored, []

    def rename(self, document: str) -> Teaching:
        """Call the document by another name; what tells those who were taught under the first."""
        earlier, self.document = self.document, document
        self._taught = [
            replace(taught, document=document) if taught.document == earlier else taught
            for taught in self._taught
        ]
        return Teaching(document, renamed=earlier)

    def disown(self) -> None:
        """Teach nothing of what stands in the document now; what is taught can be taken back."""
        self.provenance.disown()

    def keep(self) -> None:
        """All that is taught now stands in the file: it was saved."""
        self._taught = [replace(taught, kept=True) for taught in self._taught]
        self._outdated = []

    def abandon(self) -> tuple[Teaching, ...]:
        """What takes back all that was taught since the last save: nobody keeps it.

        And teaches again what was revised or deleted since, for it stands in the file.
        """
        dropped = [taught for taught in self._taught if not taught.kept]
        self._taught = [taught for taught in self._taught if taught.kept]
        standing = {taught.text for taught in self._taught}
        gone = {taught.text: taught for taught in self._outdated if taught.text not in standing}
        self._restored, self._outdated = list(gone.values()), []
        self._touched = []
        return self._teachings([taught.again() for taught in self._restored], dropped)

    def harvest(
        self, paragraphs: Paragraphs, caret: int, settle: Settle, when: float
    ) -> tuple[Teaching, ...]:
        """What to teach and to take back since the last time; nothing, most of the time."""
        standing = {(taught.start, taught.end, taught.text) for taught in self._taught}
        readings = [
            _Reading(paragraph, caret, settle, standing)
            for paragraph in self._touched_paragraphs(paragraphs)
        ]
        self._touched = [place for r in readings for place in (*r.open, *r.begun)]
        known = {taught.text for taught in (*self._taught, *self._returned)}
        dropped = [
            taught
            for taught in self._taught
            if any(reading.outdates(taught) for reading in readings)
        ]
        dropped += self._returned
        self._returned = []
        self._outdated += [taught for taught in dropped if taught.kept]
        self._taught = [taught for taught in self._taught if taught not in dropped]
        lessons = [lesson for r in readings for lesson in self._new_lessons(r, known, when)]
        return self._teachings(lessons, dropped)

    def _touch(self, start: int, end: int) -> None:
        apart: list[tuple[int, int]] = []
        for low, high in self._touched:
            if high < start or end < low:
                apart.append((low, high))
            else:
                start, end = min(start, low), max(end, high)
        self._touched = [*apart, (start, end)]

    def _touched_paragraphs(self, paragraphs: Paragraphs) -> Iterator[Paragraph]:
        read_to = -1
        for start, end in sorted(self._touched):
            position = max(start, read_to + 1)
            while position <= min(end, self.provenance.length):
                paragraph = paragraphs.paragraph(position)
                read_to = paragraph.end
                position = read_to + 1
                # Half an emoji counts in Qt and is missing in Python: positions would be off.
                if paragraph.length == units(paragraph.text) <= _LONGEST_PARAGRAPH:
                    yield paragraph

    def _new_lessons(self, reading: _Reading, known: set[str], when: float) -> Iterator[Lesson]:
        """Note the places of the settled sentences; those not taught before are lessons."""
        places = {(taught.start, taught.end) for taught in self._taught}
        for sentence in reading.settled:
            start, end = reading.place(sentence)
            if (start, end) in places:
                continue
            text = reading.text(sentence)
            spans = self.provenance.spans(start, end)
            if text in known or _is_lesson(sentence, text, spans):
                accepted = reading.accepted(sentence, spans)
                lesson = Lesson(text, self.document, accepted, when)
                self._taught.append(_Taught(start, end, lesson, self.document))
                if text not in known:
                    known.add(text)
                    yield lesson

    def _teachings(self, lessons: list[Lesson], dropped: list[_Taught]) -> tuple[Teaching, ...]:
        """One teaching for each name the document was taught under, where there is anything."""
        present = {taught.text for taught in self._taught}
        retract: dict[str, list[str]] = {self.document: []}
        retract |= {lesson.document: [] for lesson in lessons if lesson.document}
        for taught in dropped:
            texts = retract.setdefault(taught.document, [])
            if taught.text not in present and taught.text not in texts:
                texts.append(taught.text)
        teachings = (
            Teaching(name, tuple(one for one in lessons if one.document == name), tuple(texts))
            for name, texts in retract.items()
        )
        return tuple(teaching for teaching in teachings if teaching.lessons or teaching.retract)


class _Reading:
    """One paragraph, read once: which of its sentences are settled and which still open."""

    def __init__(
        self, paragraph: Paragraph, caret: int, settle: Settle, standing: Collection[_Place]
    ) -> None:
        """`standing` is what is taught already, whole."""
        self._paragraph = paragraph
        self._standing = standing
        self._offsets = unit_offsets(paragraph.text)
        self.settled: list[Sentence] = []
        self.open: list[tuple[int, int]] = []
        self.begun: list[tuple[int, int]] = []  # words, to be read again
        for sentence in sentences(paragraph.text):
            start, end = self.place(sentence)
            at_caret = start <= caret <= (end if sentence.finished else paragraph.end)
            if _is_settled(sentence, at_caret, settle):
                self.settled.append(self._without_begun(sentence, caret))
            else:
                self.open.append((start, end))
        self._known = {(*self.place(sentence), self.text(sentence)) for sentence in self.settled}

    def _without_begun(self, sentence: Sentence, caret: int) -> Sentence:
        """Without the word that is being written at its end, which stays open."""
        start, end = self.place(sentence)
        if sentence.finished or caret != end or (start, end, self.text(sentence)) in self._standing:
            return sentence
        settled, begun = part_last_word(sentence, self._paragraph.text)
        self.begun.append(self.place(begun))
        return settled

    def place(self, sentence: Sentence) -> tuple[int, int]:
        """Where the sentence stands in the document."""
        start = self._paragraph.start
        return start + self._offsets[sentence.start], start + self._offsets[sentence.end]

    def text(self, sentence: Sentence) -> str:
        """The words of the sentence."""
        return self._paragraph.text[sentence.start : sentence.end]

    def outdates(self, taught: _Taught) -> bool:
        """Whether it stood in this paragraph, stands there no more, and no one is writing there."""
        if taught.start > self._paragraph.end or taught.end < self._paragraph.start:
            return False
        if (taught.start, taught.end, taught.text) in self._known:
            return False
        return not any(start <= taught.end and taught.start <= end for start, end in self.open)

    def accepted(self, sentence: Sentence, spans: list[Span]) -> tuple[tuple[int, int], ...]:
        """The accepted stretches of the sentence, in characters of its text."""

        def character(position: int) -> int:
            return bisect_left(self._offsets, position - self._paragraph.start) - sentence.start

        return tuple(
            (character(span.start), character(span.end))
            for span in spans
            if span.origin is Origin.ACCEPTED
        )


def _is_settled(sentence: Sentence, at_caret: bool, settle: Settle) -> bool:
    if not at_caret or settle is Settle.ALL:
        return True
    return settle is Settle.PAUSED and sentence.finished


def _is_lesson(sentence: Sentence, text: str, spans: list[Span]) -> bool:
    foreign = sum(span.end - span.start for span in spans if span.origin is Origin.FOREIGN)
    if foreign > min(_FOREIGN_ALLOWED, len(text) // 10):
        return False
    fewest = _FEWEST_WORDS if sentence.finished else _FEWEST_WORDS_UNFINISHED
    return word_count(text) >= fewest
