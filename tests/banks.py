"""Small banks for tests."""

from __future__ import annotations

from pathlib import Path

QUESTION = """\
format: 1
id: scaled-rows
topic: demo
kind: implement
difficulty: easy
minutes: 5
title: {en: Scaled rows, zh: 缩放行}
prompt:
  en: Divide `x` by $\\sqrt{D}$.
  zh: 把 `x` 除以 $\\sqrt{D}$。
hints:
  en: ["Which axis is D?", Divide.]
  zh: [D 是哪一维？, 相除。]
source: made for tests
entry: scaled_rows
forbid: [torch.div]
sizes: {N: 3, D: 5}
arguments:
  x: {normal: [N, D], shift: 0.5}
  high: {value: 3}
cases:
  - {name: typical}
  - {name: one row, N: 1, D: 4}
checks:
  - {name: shape, compare: shape}
  - {name: values, compare: values, needs: shape, points: 4}
battery:
  skip: {device: nothing is made}
limits: {seconds: 2}
"""

CONCEPT = """\
format: 1
id: heads
topic: demo
kind: concept
difficulty: hard
minutes: 5
title: {en: Heads, zh: 注意力头}
prompt: {en: Answer., zh: 作答。}
hints: {en: [], zh: []}
source: made for tests
parts:
  - id: which
    kind: choice
    prompt: {en: Which?, zh: 哪一个？}
    options:
      - {id: a, text: {en: one, zh: 一}}
      - {id: b, text: {en: two, zh: 二}}
  - id: several
    kind: choices
    prompt: {en: Which ones?, zh: 哪些？}
    points: 2
    options:
      - {id: a, text: {en: one, zh: 一}}
      - {id: b, text: {en: two, zh: 二}}
  - id: how-many
    kind: number
    prompt: {en: How many?, zh: 多少？}
    unit: MB
    rtol: 0.01
  - id: why
    kind: text
    prompt: {en: Why?, zh: 为什么？}
    rubric: [{en: names the reason, zh: 说出原因}]
"""

ANSWERS = "answers: {which: a, several: [a, b], how-many: 1.5, why: because}\n"

MISTAKES = """\
not_scaled:
  name: {en: nothing is divided, zh: 没有相除}
  way_out: {en: Divide., zh: 相除。}
"""

# A question whose mistakes are changes, and a file.
REFERENCE = '''\
"""Scaled rows."""


def scaled_rows(x, high):
    """Divide."""
    y = x / x.shape[1] ** 0.5
    return y
'''
LOOP = "def scaled_rows(x, high):\n    return [row / len(row) ** 0.5 for row in x]\n"
NAMED = """\
  name: {en: nothing is divided, zh: 没有相除}
  way_out: {en: Divide., zh: 相除。}
"""
CHANGES = f"""\
no_root:
  change:
    - [" ** 0.5", ""]
{NAMED}# Fails where there is no row.
first_row_only:
  verdict: runtime_error
  of: accepted/loop.py
  change:
    - - |2
            return [row / len(row) ** 0.5 for row in x]
      - |2
            row = x[0]
            return row / len(row) ** 0.5
returns_x:
  change:
    - ["return y", "return x"]
{NAMED}not_scaled:
{NAMED}"""
# Mistakes in answers to the concept question.
DIFFERING = f"""\
three:
  answers: {{how-many: 3, which: b}}
{NAMED}unnamed:
  answers: {{several: [b]}}
"""

STUB = "def scaled_rows(x, high):\n    raise NotImplementedError\n"


def write_question(root: Path, text: str = QUESTION, topic: str = "demo", name: str = "scaled-rows") -> Path:
    """A question.yaml in the bank `root`; gives its path."""
    path = root / "questions" / topic / name / "question.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_whole_question(root: Path, text: str = QUESTION, topic: str = "demo", name: str = "scaled-rows") -> Path:
    """A question with stub and solutions; gives the folder of its question.yaml."""
    folder = write_question(root, text, topic, name).parent
    (folder / "stub.py").write_text(STUB, encoding="utf-8")
    solutions = root / "solutions" / topic / name
    for path in ("reference.py", "accepted/loop.py", "accepted/einsum.py", "wrong_answer/not_scaled.py"):
        (solutions / path).parent.mkdir(parents=True, exist_ok=True)
        (solutions / path).write_text("scaled_rows = None\n", encoding="utf-8")
    (solutions / "mistakes.yaml").write_text(MISTAKES, encoding="utf-8")
    return folder


def write_changed_question(root: Path, mistakes: str = CHANGES) -> Path:
    """A question with mistakes that change its reference and one more right answer; gives the folder of solutions."""
    write_whole_question(root)
    solutions = root / "solutions" / "demo" / "scaled-rows"
    for path, text in (("reference.py", REFERENCE), ("accepted/loop.py", LOOP), ("mistakes.yaml", mistakes)):
        (solutions / path).write_text(text, encoding="utf-8")
    return solutions


def write_concept(root: Path, mistakes: str = "") -> Path:
    """A concept question with its reference and, if given, mistakes; gives the folder of its question.yaml."""
    folder = write_question(root, CONCEPT, name="heads").parent
    (folder / "stub.yaml").write_text("answers: {}\n", encoding="utf-8")
    solutions = root / "solutions" / "demo" / "heads"
    solutions.mkdir(parents=True, exist_ok=True)
    (solutions / "reference.yaml").write_text(ANSWERS, encoding="utf-8")
    if mistakes:
        (solutions / "mistakes.yaml").write_text(mistakes, encoding="utf-8")
    return folder


def renamed(name: str, text: str = QUESTION) -> str:
    """The question under another id."""
    return text.replace("id: scaled-rows", f"id: {name}")
