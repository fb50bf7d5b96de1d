"""Every word that a report says by itself, in both languages.

Keys that end in `.one` are the English singular; Chinese has none, and both forms are given all the same.
"""

from __future__ import annotations

from grader.text import Catalogue, Text
from grader.verdict import Verdict

VERDICTS: dict[Verdict, Text] = {
    Verdict.ACCEPTED: Text("accepted", "通过"),
    Verdict.SKIPPED: Text("skipped", "跳过"),
    Verdict.WRONG_ANSWER: Text("wrong answer", "答案错误"),
    Verdict.RULE_VIOLATION: Text("rule violation", "违反规则"),
    Verdict.RUNTIME_ERROR: Text("runtime error", "运行错误"),
    Verdict.TIME_LIMIT_EXCEEDED: Text("time limit exceeded", "超时"),
    Verdict.MEMORY_LIMIT_EXCEEDED: Text("memory limit exceeded", "超内存"),
    Verdict.OUTPUT_LIMIT_EXCEEDED: Text("output limit exceeded", "输出超限"),
    Verdict.GRADER_ERROR: Text("grader error", "评测机错误"),
}

LEVELS: dict[str, Text] = {
    "strict": Text("strict", "严格"),
    "standard": Text("standard", "标准"),
    "none": Text("none", "无"),
}

# What is lost without a layer, by its name in `grader.sandbox`.
LAYERS: dict[str, Text] = {
    "uid": Text(
        "Submissions ran under the grader's own user; the other layers alone kept them apart.",
        "提交的代码与评测机使用同一用户运行，仅靠其他层隔离。",
    ),
    "namespaces": Text(
        "A submission could see other processes and the network, as far as no other layer stops it.",
        "若没有其他层阻止，提交的代码可能看到其他进程和网络。",
    ),
    "mounts": Text(
        "A submission could see which files exist, and fill the disk.",
        "提交的代码可能得知有哪些文件存在，并写满磁盘。",
    ),
    "rlimits": Text(
        "A submission could use more memory, files or processor time than it was given.",
        "提交的代码可能占用超出限额的内存、文件或处理器时间。",
    ),
    "capabilities": Text(
        "A submission could keep privileges of the user who started the grader.",
        "提交的代码可能保留启动评测者的特权。",
    ),
    "no_new_privs": Text(
        "A submission could gain privileges by starting a privileged program.",
        "提交的代码可能通过启动特权程序获得权限。",
    ),
    "landlock": Text(
        "A submission could read files of this machine that are none of its business.",
        "提交的代码可能读取本机上与它无关的文件。",
    ),
    "landlock network": Text(
        "A submission could open network connections where no other layer stops it.",
        "若没有其他层阻止，提交的代码可能建立网络连接。",
    ),
    "landlock scope": Text(
        "A submission could send signals to other processes where no other layer stops it.",
        "若没有其他层阻止，提交的代码可能向其他进程发送信号。",
    ),
    "seccomp": Text(
        "A submission could start other programs and processes.",
        "提交的代码可能启动其他程序或进程。",
    ),
}

WORDS: dict[str, Text] = {
    # --- every page ---
    "skip": Text("Skip to the results", "跳到结果"),
    "report": Text("Grading report", "评测报告"),
    "points": Text("Points", "得分"),
    "points_unit": Text("points", "分"),
    "verdict": Text("Verdict", "结论"),
    "question": Text("Question", "题目"),
    "questions": Text("Questions", "题目"),
    "candidate": Text("Candidate", "候选人"),
    "candidates": Text("Candidates", "候选人"),
    "time": Text("Processor time", "处理器时间"),
    "memory": Text("Peak memory", "内存峰值"),
    "seconds": Text("{n} s", "{n} 秒"),
    "megabytes": Text("{n} MB", "{n} MB"),
    "more_characters": Text("{n} more characters are not shown.", "还有 {n} 个字符未显示。"),
    "earlier_characters": Text("{n} earlier characters are not shown.", "前面 {n} 个字符未显示。"),
    "more_lines": Text("{n} more lines are not shown.", "还有 {n} 行未显示。"),
    "more_entries": Text("{n} more are not shown.", "还有 {n} 项未显示。"),
    "no_isolation": Text(
        "These submissions ran without isolation. Their verdicts hold only if nobody tried to cheat.",
        "这些提交是在没有隔离的情况下运行的；只有在无人作弊时结论才成立。",
    ),
    "left_to_human": Text("up to {n} by hand", "另有人工评分至多 {n} 分"),
    # --- a candidate's page ---
    "all_candidates": Text("All candidates", "全部候选人"),
    "accepted_of": Text("{n} of {total} accepted", "{total} 题中通过 {n} 题"),
    "nothing": Text("Nothing was handed in.", "没有提交任何内容。"),
    "overview": Text("Overview", "概览"),
    "grader_failed": Text(
        "The grader itself failed here. This says nothing about the candidate.",
        "此处是评测机自身出错，与候选人无关。",
    ),
    "not_checked": Text("Nothing could be checked", "无法评测"),
    "mistake_lead": Text("Your result is what comes out when {name}.", "你的结果正好对应这种情况：{name}。"),
    "mistake_seen": Text("Seen in: {checks}", "见于：{checks}"),
    "automatic": Text("Automatic checks", "自动评测"),
    "case": Text("Smallest failing case", "最小的失败用例"),
    "case_any": Text("Case", "用例"),
    "message": Text("What happened", "发生了什么"),
    "got": Text("Got", "得到"),
    "expected": Text("Expected", "应为"),
    "worst": Text("Worst element", "误差最大的元素"),
    "outside": Text("Outside the tolerance", "超出容差"),
    "outside_of": Text("{n} of {total} elements ({percent} %)", "{total} 个元素中的 {n} 个（{percent} %）"),
    "shape": Text("Shape", "形状"),
    "scalar": Text("a single number", "单个数"),
    "margin": Text("Largest error", "最大误差"),
    "margin_value": Text("{n} × the tolerance", "容差的 {n} 倍"),
    "raised_at": Text("Raised in line {n}", "在第 {n} 行抛出异常"),
    "forbidden_at": Text("Forbidden in line {n}", "第 {n} 行违规"),
    "trace": Text("Calls inside the submission", "提交代码内的调用"),
    "no_detail": Text("There is nothing more to say about this check.", "此检查项没有更多信息。"),
    "skipped_detail": Text("A check that this one needs did not pass.", "它所依赖的检查项没有通过。"),
    "passed_detail": Text("Everything is as expected.", "全部符合预期。"),
    "source": Text("Submission", "提交的代码"),
    "answers": Text("Answer file", "答卷文件"),
    "n_lines": Text("{n} lines", "{n} 行"),
    "n_lines.one": Text("1 line", "1 行"),
    "raised_here": Text("raised here", "在此抛出异常"),
    "forbidden_here": Text("forbidden here", "此处违规"),
    "suspicions": Text("Worth a look", "值得留意"),
    "suspicions_note": Text(
        "These lines touch the interpreter or the machine. No verdict rests on them.",
        "这些行触及解释器或机器本身；结论不以此为依据。",
    ),
    "line_n": Text("Line {n}", "第 {n} 行"),
    "output": Text("Captured output", "捕获的输出"),
    "n_characters": Text("{n} characters", "{n} 个字符"),
    "n_characters.one": Text("1 character", "1 个字符"),
    "provenance": Text("What was graded", "评测对象"),
    "file": Text("File", "文件"),
    "source_hash": Text("SHA-256 of the file", "文件的 SHA-256"),
    "question_hash": Text("Content hash of the question", "题目的内容哈希"),
    "replay": Text("Replay", "重放"),
    # --- left to a human ---
    "manual": Text("For the interviewer", "由面试官评定"),
    "manual_note": Text(
        "No points are given automatically here, and none are counted above.",
        "此处不自动给分，也不计入上面的得分。",
    ),
    "manual_input": Text(
        "A number typed here is printed with the page but not stored.",
        "在此填写的分数会随页面打印，但不会保存。",
    ),
    "answer": Text("The candidate's answer", "候选人的回答"),
    "no_answer": Text("No answer was given.", "未作答。"),
    "rubric": Text("What to look for", "评分要点"),
    "points_given": Text("Points given", "给分"),
    "out_of": Text("of {n}", "满分 {n}"),
    # --- pictures ---
    "heat": Text("Difference from the expected values", "与期望值之差"),
    "heat_alt": Text(
        "Heat map of the difference, {rows} rows by {columns} columns, largest {largest}.",
        "差值热力图，{rows} 行 {columns} 列，最大值 {largest}。",
    ),
    "heat_each": Text("Each square is one element.", "每格对应一个元素。"),
    "heat_several": Text("Each square stands for several elements.", "每格代表多个元素。"),
    "heat_part": Text("Drawn is the matrix {part}.", "图为 {part} 处的矩阵。"),
    "heat_outline": Text("The largest is outlined.", "最大处加了边框。"),
    "heat_cropped": Text("Only a part is drawn.", "仅绘制了一部分。"),
    "heat_missing": Text("not a number, or infinite", "非数（NaN）或无穷"),
    "heat_scale": Text("|got − expected|", "|得到 − 应为|"),
    "curve_alt": Text("Curve over {n} points, from {first} to {last}.", "曲线，共 {n} 个点，从 {first} 到 {last}。"),
    "curve_log": Text("logarithmic scale", "对数刻度"),
    "curve_thinned": Text("{shown} of {n} points are drawn.", "共 {n} 个点，绘制了 {shown} 个。"),
    "image_difference": Text("Difference, brightest {largest}", "差异，最亮处 {largest}"),
    "image_thinned": Text("Every {n}th pixel is drawn.", "每 {n} 个像素绘制一个。"),
    "image_missing": Text("Magenta: not a number.", "品红色：非数（NaN）。"),
    "image_clipped": Text("Values outside 0 to 1 are clipped.", "超出 0 到 1 的值已截断。"),
    # --- how it was run ---
    "run": Text("How it was run", "运行方式"),
    "started": Text("Started", "开始时间"),
    "seed": Text("Seed", "随机种子"),
    "device": Text("Device", "设备"),
    "versions": Text("Versions", "版本"),
    "isolation": Text("Isolation", "隔离级别"),
    "layers": Text("Active layers", "生效的隔离层"),
    "no_layers": Text("none", "无"),
    "missing_layers": Text("Missing layers", "缺失的隔离层"),
    # --- the index ---
    "submissions": Text("Submissions", "提交"),
    "total": Text("Total", "总分"),
    "by_hand": Text("By hand", "人工"),
    "by_verdict": Text("By verdict", "按结论统计"),
    "results": Text("Results", "结果"),
    "accepted_row": Text("accepted", "通过"),
    "mean_row": Text("mean points", "平均分"),
    "not_handed_in": Text("not handed in", "未提交"),
    "count": Text("Count", "次数"),
    "mistakes": Text("Most common mistakes", "最常见的错误"),
    "mistakes_note": Text(
        "Submissions whose results equal those of a known mistake.", "结果与某个已知错误完全一致的提交。"
    ),
    "mistake": Text("Mistake", "错误"),
    "missing": Text("Missing and ignored", "缺失与忽略"),
    "missing_what": Text("Question or file", "题目或文件"),
    "reason": Text("Reason", "原因"),
    "no_candidates": Text("There are no submissions.", "没有提交。"),
    "sort": Text("Sort by this column", "按此列排序"),
}


class PageWords(Catalogue):
    """The words of a report in one language."""

    table = WORDS

    def verdict(self, verdict: Verdict) -> str:
        return VERDICTS[verdict].in_language(self.language)

    def level(self, level: str) -> str:
        known = LEVELS.get(level)
        return known.in_language(self.language) if known else level

    def lost_without(self, layer: str) -> str:
        """What a missing layer means; empty for a layer that is not known here."""
        known = LAYERS.get(layer)
        return known.in_language(self.language) if known else ""

    def mistake(self, name: Text) -> str:
        """The sentence that leads with a mistake; the name is a clause without a full stop."""
        return self("mistake_lead", name=name.in_language(self.language).rstrip(" .。"))

    def seconds(self, seconds: float) -> str:
        return self("seconds", n=f"{seconds:.3g}" if seconds < 100 else f"{seconds:.0f}")

    def megabytes(self, megabytes: float) -> str:
        return self("megabytes", n=f"{megabytes:.1f}" if megabytes < 100 else f"{megabytes:.0f}")
