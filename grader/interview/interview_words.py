"""Every word that the page of an interview adds to those of the reports, in both languages."""

from __future__ import annotations

from grader.text import Catalogue, Text

WORDS: dict[str, Text] = {
    "interview": Text("Interview", "面试记录"),
    "unnamed": Text("No name given", "未填写姓名"),
    "begun": Text("Begun {date}", "开始于 {date}"),
    "planned": Text("Time given", "规定时间"),
    "used": Text("Until the last event", "到最后一次操作"),
    "minutes": Text("{n} min", "{n} 分钟"),
    "checks": Text("Checks", "评测次数"),
    "hints": Text("Hints", "提示"),
    "record_note": Text(
        "This is the record that the candidate's machine kept. It can be edited there: talk about it, "
        "and do not take it as evidence.",
        "这是候选人机器上保存的记录，可能被改动：适合作为交流的依据，不能当作证据。",
    ),
    "damaged": Text("{n} lines of the journal are damaged and were passed over.", "日志中有 {n} 行已损坏，已跳过。"),
    "damaged.one": Text("1 line of the journal is damaged and was passed over.", "日志中有 1 行已损坏，已跳过。"),
    "set_back": Text(
        "The machine's clock was set back {n} times. The time between two events counts as nothing there.",
        "机器时钟被回拨了 {n} 次；回拨处两次操作之间的时间按零计。",
    ),
    "set_back.one": Text(
        "The machine's clock was set back once. The time between the two events counts as nothing there.",
        "机器时钟被回拨了 1 次；回拨处两次操作之间的时间按零计。",
    ),
    "changed_question": Text(
        "This question was changed after the interview began: some attempts were judged by another version.",
        "面试开始后此题有改动：部分提交按另一版本评测。",
    ),
    "nothing_happened": Text("Nothing was checked, and no hint was asked for.", "没有评测，也没有查看提示。"),
    # --- the drawing ---
    "course": Text("Course", "过程"),
    "course_alt": Text(
        "Timeline over {minutes} minutes with {checks} checks and {hints} hints; the table below says the same.",
        "{minutes} 分钟的时间线，含 {checks} 次评测、{hints} 次提示；下表内容相同。",
    ),
    "time_over": Text("time is over", "时间到"),
    "ended": Text("ended", "结束"),
    "legend_hint": Text("hint", "提示"),
    "legend_solution": Text("looked at the solution", "查看了答案"),
    "legend_span": Text("time before an event of this question", "此题操作之前的用时"),
    "minute_axis": Text("min", "分钟"),
    # --- the table ---
    "summary": Text("Automatic results", "自动评测结果"),
    "summary_note": Text(
        "The verdict is that of the last check in time. Time at a question is the time before each of its checks "
        "and hints, back to the event before, whatever that was about.",
        "结论取规定时间内的最后一次评测。每题用时为该题每次评测或提示之前、距上一次操作的时间之和。",
    ),
    "last_in_time": Text("At the end of the time", "时间结束时"),
    "afterwards": Text("Afterwards", "之后"),
    "attempts": Text("Attempts", "提交次数"),
    "time": Text("Time", "用时"),
    "first_solved": Text("First accepted", "首次通过"),
    "not_tried": Text("not tried", "未作答"),
    "not_in_time": Text("not in time", "规定时间内未作答"),
    "late": Text("late", "超时"),
    "solution_seen": Text("solution seen", "看过答案"),
    "extra": Text("not part of the interview", "不属于本次面试"),
    # --- a question ---
    "attempt": Text("Attempt {n}", "第 {n} 次提交"),
    "hint_shown": Text("Hint {n} was shown", "查看了提示 {n}"),
    "solution_shown": Text("The solution was shown", "查看了参考答案"),
    "no_attempts": Text("Nothing was checked.", "没有评测。"),
    "first_failing": Text("First check that did not pass:", "首个未通过的检查项："),
    "changed": Text("Changes since the attempt before", "与上一次提交相比的改动"),
    "changed_stub": Text("Changes since the stub", "与题目模板相比的改动"),
    "unchanged": Text("The file was not changed since the attempt before.", "文件与上一次提交相同。"),
    "unchanged_stub": Text("The file is the stub, unchanged.", "文件就是未改动的题目模板。"),
    "no_copy": Text(
        "The copy of this file is missing or was changed, so its differences can't be shown.",
        "此文件的副本缺失或已被改动，无法显示差异。",
    ),
    "no_copy_before": Text(
        "The copy of the file before is missing or was changed, so its differences can't be shown.",
        "上一份文件的副本缺失或已被改动，无法显示差异。",
    ),
    "too_large": Text(
        "The file is too long to be compared; the whole of it is below.", "文件过长，未作比较；完整内容见下。"
    ),
    "whole_file": Text("The file at the last attempt", "最后一次提交的文件"),
    "lines": Text("{added} added, {removed} removed", "增加 {added} 行，删除 {removed} 行"),
    "more_attempts": Text(
        "The differences of {n} earlier attempts are not drawn; the copies in .grader-session/copies have them.",
        "较早的 {n} 次提交未显示差异；其副本保存在 .grader-session/copies 中。",
    ),
    # --- left to a human ---
    "judgement": Text("For the interviewer", "由面试官填写"),
    "judgement_note": Text(
        "Nothing here is filled in automatically, and nothing above draws a conclusion.",
        "此处不自动填写任何内容；以上内容也不作任何录用结论。",
    ),
    "notes_kept": Text(
        "What is typed here is printed with the page but not stored.", "在此填写的内容会随页面打印，但不会保存。"
    ),
    "notes_on": Text("Notes on {title}", "关于《{title}》的笔记"),
    "notes_all": Text("Notes on the whole interview", "关于整场面试的笔记"),
    # --- how it was recorded ---
    "recorded": Text("How it was recorded", "记录方式"),
    "session": Text("Interview", "面试编号"),
    "folder": Text("Workspace", "工作目录"),
    "version": Text("Version of the grader", "评测系统版本"),
    "seed": Text("Seed", "随机种子"),
    "copy": Text("Copy", "副本"),
    "question_hash": Text("Content hash of the question", "题目的内容哈希"),
}


class InterviewWords(Catalogue):
    """The words of an interview's page in one language."""

    table = WORDS
