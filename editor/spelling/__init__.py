"""Spell checking: which words are checked, who knows them, and how it is seen on a page."""
