"""For all tests: no real home, profile or keyring is ever touched, and torch has one thread."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fake_keyring import ring  # noqa: F401 - a fixture for all

# Machines that run tests are shared: the clock decides nothing.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

# Before torch or Qt is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["FORETYPE_NO_KEYRING"] = "1"

_STATUS = pytest.StashKey[int]()
_HOMES = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/roaming",
    "LOCALAPPDATA": "home/local",
    "XDG_DATA_HOME": "home/data",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_STATE_HOME": "home/state",
    "XDG_RUNTIME_DIR": "home/run",
    "FORETYPE_PROFILE": "home/profile",
}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, a new one for each test; also what child processes inherit."""
    root = tmp_path_factory.mktemp("user")
    (root / "home").mkdir()
    (root / "home" / "run").mkdir(mode=0o700)
    for name, place in _HOMES.items():
        monkeypatch.setenv(name, str(root / place))
    return root / "home"


@pytest.fixture(autouse=True)
def steady_torch() -> None:
    """The same random numbers and one thread for each test, once torch is there."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(1)
        torch.set_num_threads(1)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep what is to be the process's exit status."""
    session.config.stash[_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End at once: hundreds of windows of all tests, torch and searches that were left hanging have
    been seen to crash the interpreter when it takes them down together, after the last test.
    """
    if _STATUS in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[_STATUS])
