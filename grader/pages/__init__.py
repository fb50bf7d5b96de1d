"""What every page shares: the template kit, its words, text made fit to be shown, files written whole."""

from __future__ import annotations

from grader.pages.clean import Cut, cut, cut_start, one_newline, page_name, short, visible, visible_line, well_formed
from grader.pages.files import Replacement, remove_torn
from grader.pages.page_words import PageWords

__all__ = [
    "Cut",
    "PageWords",
    "Replacement",
    "cut",
    "cut_start",
    "highlight",
    "kit",
    "one_newline",
    "page_name",
    "remove_torn",
    "short",
    "visible",
    "visible_line",
    "well_formed",
]
