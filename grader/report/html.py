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

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.report.clean import visible
from grader.report.files import Replacement
from grader.report.words import Words
from grader.text import Language

TEMPLATES = Path(__file__).with_name("templates")
HTML_LANGUAGE = {
    "en": "en",
    "zh": "zh-Hans",
}  # the script matters: it chooses between Chinese and Japanese glyphs


def _shown(value: object) -> object:
    # A macro's result is Markup already; its parts came through here one by one.
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def environment(language: Language) -> Environment:
    """The templates, speaking one language."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = Words(language)
    templates.globals.update(w=words, language=HTML_LANGUAGE[language])
    templates.filters.update(
        say=lambda text: text.in_language(language),
        verdict=words.verdict,
        thousands=lambda n: f"{n:,}",
    )
    return templates


@cache
def content_security_policy(script: str) -> str:
    """The policy of a page with the style sheet and the script of that name."""
    templates = environment("en")
    style, code = (_hash(templates.get_template(name).render()) for name in ("style.css", script))
    return (
        f"default-src 'none'; img-src data:; style-src '{style}'; script-src '{code}'; "
        "base-uri 'none'; form-action 'none'"
    )


def write_page(path: Path, template: str, script: str, language: Language, **values: Any) -> Path:
    """Render a template into a file, piece by piece; raises UsageError where it can't be written."""
    page = environment(language).get_template(template)
    policy = content_security_policy(script)
    with Replacement(path) as file:
        for piece in page.generate(policy=policy, script=script, **values):
            file.write(piece)
    return path
