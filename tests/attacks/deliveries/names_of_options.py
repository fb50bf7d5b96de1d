"""
Tries: be taken for an option, a pattern, a variable, a command or a template by the name of a folder or a file.
Must: names are only shown.
Says: --out=tmp | {{7*7}} | $(id)
"""

from pathlib import Path

from . import QUESTION, put

NAMES = (
    *(
        "--out=tmp",
        "--seed",
        "-rf",
        "-",
        "--",
        "~",
        "~root",
        "*",
        "?",
        "[a-z]",
        "$HOME",
        "$(id)",
        "`id`",
        "; id",
        "| id",
    ),
    *(
        "%s%s%n",
        "%(name)s",
        "{0}",
        "{name.__class__}",
        "{{7*7}}",
        "{% raw %}",
        "{#",
        "${7*7}",
        "#{7*7}",
        "&&",
        "a b",
        "'",
        '"',
    ),
)


def build(folder: Path) -> None:
    for name in NAMES:
        put(folder, name)
        put(folder, "mallory", name=f"{name}.py")
        put(folder, "mallory", name=f"{QUESTION}{name}.py")
