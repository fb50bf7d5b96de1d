"""The words that stand around a question in the terminal."""

from __future__ import annotations

from typing import TypedDict

from grader.text import Language


class Labels(TypedDict):
    """The words around a question."""

    minutes: str
    forbidden: str
    loops: str
    rules: str
    semicolon: str
    stop: str
    source: str
    hint: str
    hints: str
    start: str
    points: str
    difficulties: dict[str, str]


LABELS: dict[Language, Labels] = {
    "en": {
        "minutes": "min",
        "forbidden": "Not allowed: ",
        "loops": "loops and comprehensions",
        "rules": "As everywhere: ",
        "semicolon": "; ",
        "stop": ".",
        "source": "Source: ",
        "hint": "Hint",
        "hints": "Hints: ",
        "start": "Begin: ",
        "points": "points",
        "difficulties": {},
    },
    "zh": {
        "minutes": "分钟",
        "forbidden": "不允许使用：",
        "loops": "循环与推导式",
        "rules": "通用要求：",
        "semicolon": "；",
        "stop": "。",
        "source": "出处：",
        "hint": "提示",
        "hints": "提示：",
        "start": "开始：",
        "points": "分",
        "difficulties": {"easy": "简单", "medium": "中等", "hard": "困难", "expert": "专家"},
    },
}
