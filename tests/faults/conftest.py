"""The same page and desk as the editor's own tests have."""

from tests.editor.conftest import desk, page

__all__ = ["desk", "page"]
