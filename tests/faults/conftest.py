"""The same page, desk and patience as the editor's own tests have, and programs to be killed."""

from tests.editor.conftest import desk, page, qtbot
from tests.faults.writers import profile, start

__all__ = ["desk", "page", "profile", "qtbot", "start"]
