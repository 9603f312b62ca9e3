"""The open documents, each in its tab (Qt). What is done with their files is `editor.documents`."""
