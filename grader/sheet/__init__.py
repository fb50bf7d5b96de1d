"""Practice sheets: a selection of questions as HTML, PDF, Markdown or a notebook, and the key apart from it."""

from __future__ import annotations

from grader.sheet.formats import FORMATS, written
from grader.sheet.make import Order, compose, write_new_files
from grader.sheet.selection import Wanted, draw, named

__all__ = ["FORMATS", "Order", "Wanted", "compose", "draw", "named", "starter", "write_new_files", "written"]
