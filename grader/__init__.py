"""A bank of PyTorch interview questions and a grader whose verdict can be trusted."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from grader.version import __version__

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["__version__", "load_ipython_extension", "unload_ipython_extension"]


# By name, so that `import grader` brings nothing along and depends on none of the layers above it.
def load_ipython_extension(shell: InteractiveShell) -> None:
    """What `%load_ext grader` calls: adds the magic `%%grade`."""
    import_module("grader.cli.notebook_magic").load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """What `%unload_ext grader` calls."""
    import_module("grader.cli.notebook_magic").unload(shell)
