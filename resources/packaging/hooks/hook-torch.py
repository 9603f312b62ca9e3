"""What of torch is taken along, in place of PyInstaller's own hook, which takes all of it.

Its modules are found by following imports, like those of any other package. Sources stay out, as
nothing here is compiled by TorchScript; but modules with settings read their own. Tried on Linux;
for Windows and macOS NOT RUN.
"""

from pathlib import Path

from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs, get_package_paths

_TESTS = ("aoti_custom_ops", "backend_with_compiler", "jitbackend_test", "torchbind_test")

binaries = [
    (source, place)
    for source, place in collect_dynamic_libs(
        "torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"]
    )
    if not any(name in source for name in _TESTS)
]
# torch looks for it when it is imported.
ROOT = Path(get_package_paths("torch")[1])
datas = [(f"{ROOT}/bin/torch_shm_manager*", "torch/bin")]
datas += [
    (str(file), str(file.parent.relative_to(ROOT.parent)))
    for file in ROOT.rglob("*config*.py")
    if "install_config_module(" in file.read_text(encoding="utf-8")
]
hiddenimports = ["torch._C", "torch._VF"]
module_collection_mode = "pyz"
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
