"""`main.py --selfcheck`: says whether the installation is whole, and what to do where it is not."""

from __future__ import annotations

import argparse
import itertools
import json
import platform
from collections.abc import Callable, Iterable
from dataclasses import asdict

from model.commands.options import count, profile_folder, say
from model.findings import Finding
from model.version import version

CheckWindow = Callable[[], Iterable[Finding]]


def run(args: argparse.Namespace, check_window: CheckWindow) -> int:
    """Look at everything; 1 where something is broken."""
    from model.installation import findings

    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    if not args.json:
        say(f"Foretype {version()} ({system})")
    found = []
    for finding in itertools.chain(findings(profile_folder(args), args.base), check_window()):
        found.append(finding)
        if not args.json:
            say(f"  {finding.state:<8}{finding.what}: {finding.words}")
    broken = sum(finding.state == "broken" for finding in found)
    if args.json:
        listed = [asdict(finding) for finding in found]
        say(json.dumps({"version": version(), "findings": listed, "broken": broken}))
    else:
        say(f"{count(broken, 'thing')} broken." if broken else "All that Foretype needs is here.")
    return 1 if broken else 0
