"""What goes into the installed program and what stays out: rules for `foretype.spec`.

Measured with torch 2.13.0 for the processor and PySide6 6.11.3. After each change run
`python -m tests.installer.bare_debian`: parts of torch import one another where nobody expects it.
"""

from __future__ import annotations

import fnmatch
import sysconfig
from collections.abc import Iterable

Entry = tuple[str, str, str]  # PyInstaller's: where it goes, where it comes from, what it is

# Modules that PyInstaller would follow, and nothing here imports when it runs.
MODULES = (
    *("tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "pydoc_data"),
    *("numpy", "scipy", "pandas", "matplotlib", "PIL", "IPython", "tensorboard"),
    *("networkx", "jinja2", "markupsafe", "fsspec", "pygments"),
    *("pip", "setuptools", "wheel", "pkg_resources", "distutils"),
    *("pytest", "_pytest", "hypothesis", "mypy", "ruff", "pytestqt", "psutil"),
    *("torch.utils.tensorboard", "caffe2"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtSql", "PySide6.QtTest"),
)
# Files by the place they would have in the program.
FILES = (
    # Programs and headers of torch that only those need who build with it.
    *("torch/test/*", "torch/include/*", "torch/share/*", "torch/bin/test_*", "torch/bin/protoc*"),
    *("*.a", "*.lib", "*.pyi", "*.h", "*.cpp", "*.cuh", "*.pxd", "*/py.typed", "*.debug"),
    # What a text editor does not show: Qt Quick, 3D, tables, television and touch screens.
    *("PySide6/Qt/qml/*", "PySide6/Qt/translations/*", "PySide6/Qt/lib/libQt6Q[mu]*"),
    *("PySide6/Qt/lib/libQt6VirtualKeyboard*", "PySide6/Qt/lib/libQt6Pdf*"),
    *("PySide6/Qt/lib/libQt6Eglfs*", "PySide6/Qt/plugins/egldeviceintegrations/*"),
    *("PySide6/Qt/plugins/platforms/libq[evm]*", "PySide6/Qt/plugins/platforms/libqlinuxfb*"),
    *("PySide6/Qt/plugins/platforminputcontexts/libqtvirtual*",),
    *("PySide6/Qt/plugins/generic/*", "PySide6/Qt/plugins/tls/*"),
    *("PySide6/Qt/plugins/networkinformation/*", "PySide6/Qt/plugins/imageformats/libq[ghijptw]*"),
)
# Libraries of the system: the package depends on them, and they get its security updates.
_MULTIARCH = sysconfig.get_config_var("MULTIARCH") or "-"
SYSTEM = tuple(f"{root}/{_MULTIARCH}/" for root in ("/lib", "/usr/lib"))


def is_wanted(place: str, source: str) -> bool:
    """Whether a file belongs into the program."""
    if source.startswith(SYSTEM) and not place.startswith("libpython"):
        return False
    return not any(fnmatch.fnmatchcase(place.replace("\\", "/"), rule) for rule in FILES)


def wanted(entries: Iterable[Entry]) -> list[Entry]:
    """What of PyInstaller's list belongs into the program."""
    return [entry for entry in entries if is_wanted(entry[0], entry[1])]
