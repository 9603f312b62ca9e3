"""Foretype's editor: the window, the writing surface, the document. Only it knows Qt."""
