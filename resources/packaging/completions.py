"""The whole command line as one parser, from which shtab writes the completions of shells."""

from __future__ import annotations

import argparse
import importlib

import shtab

from model.commands.line import COMMANDS, editor_parser
from model.commands.options import add_places

_PATHS = {"FILE": shtab.FILE, "PATH": shtab.FILE, "DIR": shtab.DIRECTORY}


def whole_parser() -> argparse.ArgumentParser:
    """The editor's own arguments, with the commands below them."""
    parser = editor_parser()
    # A command comes first; where none fits, shells complete files by themselves.
    parser._actions[:] = [action for action in parser._actions if action.dest != "files"]
    commands = parser.add_subparsers(dest="command")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary)
        add_places(command, again=True)
        importlib.import_module(f"model.commands.{name}").add(command)
    _complete_paths(parser)
    return parser


def _complete_paths(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                _complete_paths(below)
        elif action.metavar in _PATHS:
            action.complete = _PATHS[action.metavar]  # type: ignore[attr-defined]
