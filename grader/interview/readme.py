"""The README of a workspace."""

from __future__ import annotations

from collections.abc import Sequence

from grader.interview.session import Asked
from grader.pages import visible_line
from grader.text import Language, Text

_README = Text(
    en="""\
# Interview{name}

{minutes} minutes. The time has been running since this folder was made.

| Question | Your file |
| --- | --- |
{rows}

    grader show {first}         # read a question
    grader check {file}     # judge your file, as often as you like
    grader hint {first}         # ask for the next hint
    grader session status       # how much time is left

Each check and each hint is recorded with its time, and each check with a copy of the file. Checks work after the
time is over, too; they are marked as late.
""",
    zh="""\
# 面试{name}

共 {minutes} 分钟，从创建本文件夹时起开始计时。

| 题目 | 你的文件 |
| --- | --- |
{rows}

    grader show {first}         # 查看题目
    grader check {file}     # 评测你的文件，次数不限
    grader hint {first}         # 查看下一条提示
    grader session status       # 查看剩余时间

每次评测和每次查看提示都会记录时间，评测时还会保存一份文件副本。时间到后仍可评测，但会标记为超时。
""",
)
_NAME = Text(en=": {name}", zh="：{name}")


def readme(candidate: str, minutes: int, asked: Sequence[Asked], language: Language) -> str:
    """What the candidate reads first, in Markdown."""
    rows = [f"| {one.title.in_language(language)} | `{one.id}{one.suffix}` |" for one in asked]
    return _README.in_language(language).format(
        name=_NAME.in_language(language).format(name=visible_line(candidate)) if candidate else "",
        minutes=minutes,
        rows="\n".join(rows),
        first=asked[0].id,
        file=asked[0].id + asked[0].suffix,
    )
