"""The templates of the reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment

from grader.pages import kit
from grader.question import kind_in_words, language_of
from grader.text import Language

TEMPLATES = Path(__file__).with_name("templates")


@cache
def report_templates(language: Language) -> Environment:
    """Those of the reports, before those that every page shares."""
    templates = kit.environment(language, TEMPLATES)
    templates.filters.update(kind=lambda name: kind_in_words(name).in_language(language), language_of=language_of)
    return templates
