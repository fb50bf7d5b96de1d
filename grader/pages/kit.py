"""Templates to files.

Autoescape is on, no template marks anything as safe, and every string passes `visible` on its way out, so a
text from a submission can neither become markup nor hide. Each page forbids itself the network, and allows
exactly the one style sheet and the one script that it carries, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from grader.pages.clean import visible
from grader.pages.files import Replacement
from grader.pages.page_words import PageWords
from grader.text import Language

SHARED = Path(__file__).with_name("templates")
STYLE = "style.css"
HTML_LANGUAGE = {
    "en": "en",
    "zh": "zh-Hans",
}  # the script matters: it chooses between Chinese and Japanese glyphs


def environment(language: Language, *folders: Path) -> Environment:
    """The templates of some folders, speaking one language, and behind them those that every page shares.

    A folder's template goes before a shared one of the same name, which is `pages/NAME` as well: so a style sheet
    can add to the shared one.
    """
    shared = FileSystemLoader(SHARED)
    templates = Environment(
        loader=ChoiceLoader([*map(FileSystemLoader, folders), shared, PrefixLoader({"pages": shared})]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = PageWords(language)
    templates.globals.update(w=words, language=HTML_LANGUAGE[language])
    templates.filters.update(
        say=lambda text: text.in_language(language),
        verdict=words.verdict,
        thousands=lambda n: f"{n:,}",
    )
    return templates


def _shown(value: object) -> object:
    # A macro's result is Markup already; its parts came through here one by one.
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def write_page(
    path: Path, templates: Environment, template: str, script: str, *, first_line: str = "", **values: Any
) -> Path:
    """Render a template with the one script that its page has, piece by piece; `first_line` stands before it.

    Raises UsageError where the file can't be written.
    """
    page = templates.get_template(template)
    policy = content_security_policy(templates, script)
    with Replacement(path) as file:
        file.write(first_line)
        for piece in page.generate(policy=policy, script=script, **values):
            file.write(piece)
    return path


@cache
def content_security_policy(templates: Environment, script: str) -> str:
    """The policy of a page with the style sheet and the script of that name; the same for all pages of a report."""
    style, code = (_hash(templates.get_template(name).render()) for name in (STYLE, script))
    return (
        f"default-src 'none'; img-src data:; style-src '{style}'; script-src '{code}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
