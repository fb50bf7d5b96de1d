"""Which files a child may read, and where the modules are that a zygote needs."""

from __future__ import annotations

import functools
import importlib.util
import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from grader.errors import SandboxError
from grader.sandbox.landlock import DEVICE, READ, WRITE, PathRule

PACKAGE = Path(__file__).resolve().parent.parent
_OWN_BANK = PACKAGE / "_bank"  # in an installed package; holds solutions
_MODULES = ("torch", "numpy", "safetensors", "msgspec", "grader")
_SYSTEM = ("/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/local/lib", "/usr/local/lib64", "/lib", "/lib64")
_SMALL = ("/etc/ld.so.cache", "/usr/share/zoneinfo", "/dev/urandom", "/dev/random", "/dev/zero")
# Where site-packages are below a readable tree: it, its parents, those of an environment in it.
_LAYOUTS = ("", "*/", "*/*/", "*/lib/*/*/")
_CUDA_READ = (
    "/proc",
    "/sys/devices",
    "/sys/bus/pci",
    "/sys/module/nvidia",
    "/usr/local/cuda",
    "/usr/local/nvidia",
    "/usr/share/nvidia",
    "/etc/nvidia",
)


def _folder_of(module: str) -> Path:
    top = module.partition(".")[0]
    spec = importlib.util.find_spec(top)
    if spec is None or (spec.origin is None and not spec.submodule_search_locations):
        raise SandboxError(f"a worker needs the module '{top}', which is not installed for {sys.executable}")
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations))).resolve().parent
    return Path(spec.origin or "").resolve().parent


def module_folders(extra: Iterable[str]) -> list[str]:
    """Entries for the zygote's sys.path: where the judge itself finds the modules, and nothing else.

    The judge's own sys.path is not passed on: it may begin with the folder of the submissions.
    """
    stdlib = Path(sysconfig.get_path("stdlib")).resolve()
    names = [name for name in (*_MODULES, *extra) if name not in sys.builtin_module_names]
    folders = dict.fromkeys(_folder_of(name) for name in names)
    return [str(folder) for folder in folders if folder != stdlib]


@functools.cache
def _interpreter() -> tuple[Path, ...]:
    """Folders of the standard library and of installed packages."""
    bases = {Path(base) / lib for base in (sys.prefix, sys.base_prefix) for lib in ("lib", "lib64")}
    named = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    sites = {Path(folder) for folder in site.getsitepackages()}
    packages = {_folder_of(name) for name in _MODULES}
    packages.discard(PACKAGE.parent)  # in a checkout it holds solutions too; else it is one of the sites
    folders = {folder.resolve() for folder in bases | named | sites | packages if folder.exists()}
    folders |= {PACKAGE}
    return tuple(sorted(folder for folder in folders if folders.isdisjoint(folder.parents)))


def _roots() -> tuple[Path, ...]:
    """The trees that a child may read, before anything is cut out."""
    return (*_interpreter(), *(Path(name) for name in _SYSTEM))


def needed() -> tuple[Path, ...]:
    """What must stay visible below a hidden folder or a new mount."""
    return _interpreter()


def probes() -> list[Path]:
    """One file of each part of what a worker runs: whoever can't read these can't run it."""
    modules = (importlib.util.find_spec(name) for name in _MODULES)
    origins = [Path(spec.origin) for spec in modules if spec is not None and spec.origin]
    return [Path(sys.executable).resolve(), Path(os.__file__).resolve(), *origins]


def check_hidden(hidden: Iterable[Path]) -> tuple[Path, ...]:
    """The hidden paths and every installed bank, absolute and without links.

    Raises SandboxError where one of the former holds what a worker runs.
    """
    resolved = [path.resolve() for path in (*hidden, _OWN_BANK)]
    for path in resolved:
        if held := _held(path):
            raise SandboxError(f"{path} can't be hidden from workers: {held} is in it, which they run")
    return tuple(dict.fromkeys([*resolved, *_other_banks()]))


def can_be_hidden(path: Path) -> bool:
    """Whether nothing that a worker runs is in a tree."""
    return _held(path.resolve()) is None


def _held(path: Path) -> Path | None:
    """Something in the tree that a worker can't do without."""
    system = (Path(name) for name in (*_SYSTEM, *_SMALL, "/dev/null", "/proc"))
    vital = (*needed(), *probes(), *system)
    return next((each for each in vital if each.is_relative_to(path) or each.resolve().is_relative_to(path)), None)


def _other_banks() -> Iterator[Path]:
    """Banks of other copies of this package that are installed where workers may read."""
    for root in dict.fromkeys(root.resolve() for root in _roots()):
        for layout in _LAYOUTS:
            yield from (path for found in root.glob(f"{layout}grader/_bank") if can_be_hidden(path := found.resolve()))


def without(root: Path, hidden: Sequence[Path]) -> list[Path]:
    """A tree in as few pieces as leave the hidden ones out.

    Links are left out too: a rule for one would hold for where it leads, which may be outside. What is in the
    tree is reached through them all the same.
    """
    root = root.resolve()
    if any(root.is_relative_to(path) for path in hidden):
        return []
    if not _holds(root, hidden):
        return [root]
    try:
        entries = sorted(root.iterdir())
    except OSError:
        return []
    return [piece for entry in entries if not entry.is_symlink() for piece in without(entry, hidden)]


def _holds(folder: Path, hidden: Sequence[Path]) -> bool:
    return any(path.is_relative_to(folder) for path in hidden)


def rules(device: str, hidden: Sequence[Path]) -> list[PathRule]:
    """What Landlock lets every child open, its own folders aside."""
    readable = dict.fromkeys(str(piece) for root in _roots() for piece in without(root, hidden))
    read = [PathRule(path, READ) for path in (*readable, *_SMALL) if os.path.exists(path)]
    return [*read, PathRule("/dev/null", DEVICE), *(_cuda_rules() if device == "cuda" else [])]


def _cuda_rules() -> list[PathRule]:
    devices = [str(path) for path in sorted(Path("/dev").glob("nvidia*"))]
    return [*(PathRule(path, READ) for path in _CUDA_READ), *(PathRule(path, DEVICE | READ) for path in devices)]


def own(folders: Iterable[Path]) -> list[PathRule]:
    """Full use of a child's own folders."""
    return [PathRule(str(folder), WRITE) for folder in folders]
