"""What can go wrong below the window, as a small tree of named errors.

    ModelError
    ├── BaseModelError     the base model is missing, damaged or does not fit
    ├── ProfileError       the profile cannot be opened or written
    │   ├── ProfileBusy    another process is writing to it
    │   └── PassphraseNeeded      it opens only with the user's passphrase
    │       └── WrongPassphrase   and another one was given
    ├── SourceError        a file or folder cannot be read as text
    ├── SaidElsewhere      another process of the same command says what went wrong
    └── PeerError          another predictor, to compare with, is missing or does not answer

The text of each error is one line for the user: the cause, then the way out.
"""

from __future__ import annotations

import logging
import traceback

logger = logging.getLogger(__name__)


class ModelError(Exception):
    """Base of all errors that this package raises on purpose."""


class BaseModelError(ModelError):
    """The base model is missing, damaged, or of a shape this program does not know."""


class ProfileError(ModelError):
    """The profile cannot be opened, read or written."""


class ProfileBusy(ProfileError):
    """Another process holds the profile for writing."""


class PassphraseNeeded(ProfileError):
    """The profile opens only with its passphrase, and none was given."""


class WrongPassphrase(PassphraseNeeded):
    """The passphrase that was given is not the profile's."""


class SourceError(ModelError):
    """A file or folder given to learn or train from cannot be read as text."""


class SaidElsewhere(ModelError):
    """Another process of the same command says what went wrong; once is enough."""


class PeerError(ModelError):
    """Another predictor that was to be measured beside ours is missing or does not answer."""


def why_not_loaded(error: Exception) -> str:
    """One line; a broken installation must not take the editor down."""
    if isinstance(error, ModelError):
        return str(error)
    log_without_text("the model could not be loaded", error)
    return f"The model could not be loaded ({' '.join(str(error).split())})."


def log_without_text(what: str, error: BaseException) -> None:
    """Log an error without its message, which may hold what the user typed."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" at {frame.filename}:{frame.lineno}" for frame in last)
    logger.error("%s: %s%s", what, type(error).__name__, place)
