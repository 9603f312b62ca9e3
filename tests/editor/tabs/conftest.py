"""Open documents with nobody but a test to answer their questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.documents.places import Places
from editor.tabs.documents import Documents
from editor.tabs.sheets import Sheets
from editor.theme import writing_font
from tests.editor.answers import Answers


@pytest.fixture
def kept(tmp_path: Path) -> Places:
    return Places(tmp_path / "kept")


@pytest.fixture
def documents(qtbot: QtBot, answers: Answers, kept: Places) -> Documents:
    sheets = Sheets()
    qtbot.addWidget(sheets)
    documents = Documents(sheets, answers, kept, writing_font())
    documents.new()
    sheets.show()
    return documents
