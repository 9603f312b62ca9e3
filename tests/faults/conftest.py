"""The same page, desk and patience as the editor's own tests have, and programs to be killed."""

from tests.editor.conftest import answers, desk, page, qtbot, window
from tests.faults.writers import profile, start

__all__ = ["answers", "desk", "page", "profile", "qtbot", "start", "window"]
