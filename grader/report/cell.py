"""A result as the output of a notebook's cell: a piece of HTML whose styles reach nothing else on the page."""

from __future__ import annotations

import re
from functools import cache
from uuid import uuid4

import msgspec
from jinja2 import ChoiceLoader, DictLoader, Template

from grader.report.candidate_page import section_of
from grader.report.report_templates import report_templates
from grader.result import Result
from grader.text import Language
from grader.verdict import Verdict

# Thrice, so that the notebook's own rules for tables and code, which have two classes, do not win.
_SCOPE = ".grader-cell.grader-cell.grader-cell"
_THEME = ".grader-theme"
# How JupyterLab, VS Code and Colab say which theme they show, whatever the system prefers.
_LIGHT = ('[data-jp-theme-light="true"]', ".vscode-light", 'html[theme="light"]')
_DARK = ('[data-jp-theme-light="false"]', ".vscode-dark", 'html[theme="dark"]')
_ROOTS = re.compile(
    r":root \{(?P<light>[^}]*)\}.*?prefers-color-scheme: dark\) \{\s*:root \{(?P<dark>[^}]*)\}", re.DOTALL
)

_OWN = """
.grader-theme { color: var(--ink); font: 14px/1.5 var(--sans); overflow-wrap: anywhere; max-width: 60rem; }
.question { background: var(--paper); padding: .7rem 1rem .9rem; border-radius: 8px; margin: .2rem 0; }
.question > .lead { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; margin: 0 0 .5rem; }
.question > .lead { font-size: 1.05rem; }
.question > .lead .title { font-weight: 650; flex: 1; }
.alert { margin: .5rem 0; }
.mistake { margin: .5rem 0 .7rem; }
tr, tr:nth-child(odd), tr:hover { background: none; }
th, td { text-align: left; max-width: none; white-space: normal; }
table { table-layout: auto; border: 0; margin: 0; font-size: inherit; }
code { background: none; color: inherit; padding: 0; }
"""


@cache
def cell_style() -> str:
    """The reports' style sheet, nested below the cell's element, with their colours set there and not on the page."""
    css = report_templates("en").get_template("style.css").render()
    colours = _ROOTS.search(css)
    assert colours, "the style sheet begins with the colours"
    themes = [
        f"{theme} {_SCOPE} {_THEME} {{{colours[which]}}}"
        for which, names in (("light", _LIGHT), ("dark", _DARK))
        for theme in names
    ]
    return "\n".join([f"{_SCOPE} {{", css.replace(":root", _THEME), _OWN, "}", *themes])


def cell_html(result: Result, language: Language, note: str = "") -> str:
    """What a notebook shows below the cell; everything in it that comes from a submission is escaped.

    note: one sentence that is said first.
    """
    # The cell itself stands right above, so its source is not repeated.
    section = section_of(f"grader-{uuid4().hex[:12]}", msgspec.structs.replace(result, source=""), [], language)
    ran = any(check.verdict is not Verdict.SKIPPED for check in result.checks)
    return _template(language).render(section=section, note=note, ran=ran)


@cache
def _template(language: Language) -> Template:
    """The cell's, which includes the style sheet by its name."""
    theirs = report_templates(language)
    assert theirs.loader, "the templates are files"
    ours = DictLoader({"cell.css": f"{{% raw %}}{cell_style()}{{% endraw %}}"})
    return theirs.overlay(loader=ChoiceLoader([theirs.loader, ours])).get_template("cell.html.j2")
