"""The formats of sheets: one module each, whose name is the ending of the file and the name of the format.

A module has `write(document)`, which gives the file's text or its bytes; nothing else names a format.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import cast

from grader.sheet.blocks import Document

__all__ = ["FORMATS", "md", "written"]

FORMATS = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def written(document: Document, name: str) -> bytes:
    """A document as a file of one of the FORMATS; text is UTF-8. Raises UsageError where a PDF can't be made here."""
    content = cast("str | bytes", import_module(f"{__name__}.{name}").write(document))
    return content.encode() if isinstance(content, str) else content
