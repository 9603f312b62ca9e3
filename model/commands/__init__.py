"""The command line: one module a command, and `line`, which chooses between them."""
