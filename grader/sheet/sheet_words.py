"""Every word that a sheet says by itself, in both languages."""

from __future__ import annotations

from grader.question import Question
from grader.text import Catalogue, Text

_DIFFICULTIES = {
    "easy": Text("easy", "简单"),
    "medium": Text("medium", "中等"),
    "hard": Text("hard", "困难"),
    "expert": Text("expert", "专家"),
}
_WORDS = {
    # --- the title page ---
    "sheet": Text("Practice sheet", "练习卷"),
    "key": Text("Answer key", "参考答案"),
    "name": Text("Name", "姓名"),
    "date": Text("Date", "日期"),
    "number": Text("No.", "题号"),
    "question": Text("Question", "题目"),
    "kind": Text("Kind", "类型"),
    "difficulty": Text("Difficulty", "难度"),
    "time": Text("Time", "时间"),
    "points": Text("Points", "分值"),
    "reached": Text("Reached", "得分"),
    "total": Text("Total", "合计"),
    "for the interviewer": Text(
        "For whoever corrects the sheet, not for the candidate.", "仅供阅卷人使用，不要发给考生。"
    ),
    "seed": Text("Drawn with seed {seed}.", "抽题种子：{seed}。"),
    "seed and name": Text("Drawn with seed {seed} for {name}.", "抽题种子：{seed}，考生：{name}。"),
    "at most": Text("At most {limit} minutes were asked for.", "限定总时间不超过 {limit} 分钟。"),
    # --- amounts ---
    "min": Text("{n} min", "{n} 分钟"),
    "point": Text("{n} point", "{n} 分"),
    "n points": Text("{n} points", "{n} 分"),
    # --- a question ---
    "forbidden": Text("Not allowed: ", "不允许使用："),
    "loops": Text("loops and comprehensions", "循环与推导式"),
    "rules": Text("As everywhere: ", "通用要求："),
    "source": Text("Source: ", "出处："),
    "comma": Text(", ", "、"),
    "semicolon": Text("; ", "；"),
    "colon": Text(": ", "："),
    "stop": Text(".", "。"),
    "begin": Text("What you begin with", "起始代码"),
    "broken": Text("The program", "待调试的程序"),
    "answer": Text("Your answer", "作答"),
    "corrections": Text("Your corrections", "改正"),
    "part": Text("{n}. {id} ({points})", "{n}. {id}（{points}）"),
    "tick one": Text("Tick one.", "单选。"),
    "tick several": Text("Tick all that are asked for.", "多选。"),
    # --- a key ---
    "reference": Text("Reference", "参考解答"),
    "what counts": Text("What gives points", "评分项"),
    "check": Text("Check", "评分项"),
    "mistakes": Text("Known mistakes", "常见错误"),
    "hints": Text("Hints", "提示"),
    "rubric": Text("What to look for, one point each", "评分要点，每点 1 分"),
    "rubric of": Text("What to look for ({points} together)", "评分要点（共 {points}）"),
    "right answer": Text("Right answer", "正确答案"),
    "right number": Text("{number} ({tolerance})", "{number}（{tolerance}）"),
    "model answer": Text("A good answer", "参考作答"),
    "exactly": Text("exactly", "精确值"),
    "within": Text("right to within {error}", "允许误差 {error}"),
    # --- a notebook ---
    "run": Text(
        "Run the first cell. Write each answer into the cell that begins with `%%grade`, and run it to have it judged.",
        "请先运行第一个代码单元。把答案写进以 `%%grade` 开头的单元，运行该单元即可评分。",
    ),
    # --- a workspace ---
    "file": Text("File", "文件"),
    "check one": Text("Judge one answer as often as you like:", "随时检查一题的答案："),
    "grade all": Text("Judge all answers and write a report:", "为全部答案评分并生成报告："),
    "where": Text(
        "Run these commands in this folder. Write your answers into the files that are here already.",
        "请在本文件夹中运行以下命令，把答案直接写进已有的文件。",
    ),
}


class SheetWords(Catalogue):
    """The words of a sheet in one language."""

    table = _WORDS

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def points(self, n: int) -> str:
        return self("point" if n == 1 else "n points", n=n)

    def kind(self, question: Question) -> str:
        return self.say(question.kind.traits.label)

    def difficulty(self, question: Question) -> str:
        return self.say(_DIFFICULTIES[question.difficulty])

    def totals(self, questions: int, points: int, minutes: int) -> str:
        """How much a sheet is."""
        if self.language == "zh":
            return f"共 {questions} 题，满分 {points} 分，建议用时 {minutes} 分钟。"
        asked = "1 question" if questions == 1 else f"{questions} questions"
        return f"{asked}, {self.points(points)}, {minutes} minute{'' if minutes == 1 else 's'}."
