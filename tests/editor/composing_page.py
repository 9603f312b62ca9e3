"""A page of its own process, for tests with a real input method: prints what is on it.

    python -m tests.editor.composing_page TEXT MS

An engine that knows TEXT answers MS milliseconds after each request. Each new view is one line:
the text with what is being composed in angles and the ghost in brackets, `한<그>` or `한[글]`.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from editor.rules.silence import Rules
from editor.suggesting.suggester import Suggester
from editor.view.textview import TextView
from model.messages import Request
from tests.editor.fake_engine import FakeEngine, continues


class LateEngine(FakeEngine):
    """Answers every request, but only after a while."""

    milliseconds = 0

    def ask(self, request: Request) -> None:
        self.requests.append(request)
        QTimer.singleShot(self.milliseconds, lambda: self.answer(request))


class Witness(QObject):
    """Prints what a reader sees, whenever it is painted and is not what it was."""

    def __init__(self, page: TextView) -> None:
        super().__init__(page)
        self.page = page
        self.seen = ""
        page.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            cursor, page = self.page.textCursor(), self.page
            text, caret = page.text(), cursor.position()
            composed = cursor.block().layout().preeditAreaText()
            ghost = f"[{page.ghost}]" if page.ghost else ""
            # A ghost that is laid into the line stands there as well.
            inside = f"<{composed}>" if composed and composed != page.ghost else ""
            view = (text[:caret] + inside + ghost + text[caret:]).replace("\n", "|")
            if view != self.seen:
                self.seen = view
                sys.stdout.write(view + "\n")
                sys.stdout.flush()
        return False


def main() -> None:
    application = QApplication([])
    page = TextView()
    page.setWindowTitle("composing page")
    suggester = Suggester(page, page, Rules(delay_ms=0, least_saved=1, readable_ms=0))
    engine = LateEngine(continues(sys.argv[1]), suggester.on_answer)
    engine.milliseconds = int(sys.argv[2])
    suggester.use(engine)
    page.set_rules(Rules(readable_ms=0))
    page.entered.connect(suggester.on_entered)
    page.removed.connect(suggester.on_removed)
    page.strayed.connect(suggester.on_strayed)
    page.dismissed.connect(suggester.on_dismissed)
    page.accepted.connect(suggester.on_accepted)
    Witness(page)
    page.resize(800, 600)
    page.show()
    application.exec()


if __name__ == "__main__":
    main()
