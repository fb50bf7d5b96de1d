"""
Tries: take the judge's memory by answers in YAML, which it reads itself: aliases, depth, tags, sizes.
Must: each is refused with a line and a reason, at once.
Says: values once aliases are filled in | nested more than | the tag
"""

from pathlib import Path

from . import CONCEPT, put

ALIASES = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
)
BOMBS = {
    "aliases": ALIASES,
    "itself": "answers: &a [*a]\n",
    "deep": "answers: " + "[" * 5000 + "]" * 5000 + "\n",
    "deeper": "answers: " + "{a: " * 900,
    "tag": "answers: !!python/object/apply:os.system ['touch hit']\n",
    "tag-name": "answers: !!python/name:os.system\n",
    "include": "answers: !include /etc/passwd\n",
    "merge": "answers: {<<: {a: 1}}\n",
    "digits": "answers: {a: " + "9" * 500_000 + "}\n",
    "documents": "---\n" * 100_000,
    "keys": "answers: {" + ", ".join(f"k{n}: 1" for n in range(60_000)) + "}\n",
    "control": 'answers: {a: "\\e[2J\\0"}\n',
    "large": "# " + "x" * 2_000_000,
}


def build(folder: Path) -> None:
    for candidate, text in BOMBS.items():
        put(folder, candidate, text, f"{CONCEPT}.yaml")
