"""The ways in which a child is lost, as verdicts with a text for the candidate."""

from __future__ import annotations

import os
import signal

from grader.sandbox.policy import Lost
from grader.text import Text
from grader.verdict import Verdict

_CRASHES: dict[int, Text] = {
    signal.SIGSEGV: Text(
        en="It crashed: memory was read or written that it does not have (SIGSEGV).",
        zh="程序崩溃：访问了不属于它的内存（SIGSEGV）。",
    ),
    signal.SIGBUS: Text(
        en="It crashed: memory was addressed that has nothing behind it (SIGBUS).",
        zh="程序崩溃：访问了没有实际存储的内存地址（SIGBUS）。",
    ),
    signal.SIGABRT: Text(
        en="It aborted: a library stopped the program (SIGABRT), often for want of memory.",
        zh="程序中止：某个库终止了程序（SIGABRT），常见原因是内存不足。",
    ),
    signal.SIGSYS: Text(
        en="It was stopped for a system call of a foreign architecture (SIGSYS).",
        zh="程序使用了其他体系结构的系统调用而被终止（SIGSYS）。",
    ),
    signal.SIGXFSZ: Text(
        en="It was stopped for writing a file that is too large (SIGXFSZ).",
        zh="程序写入的文件过大而被终止（SIGXFSZ）。",
    ),
}


def timed_out(seconds: float, idle: bool) -> Lost:
    """Past its deadline. seconds: the limit. idle: it slept or waited instead of calculating."""
    if idle:
        waited = Text(
            en=f"It did nothing but wait for {seconds:g} seconds.",
            zh=f"它在 {seconds:g} 秒内一直在等待，没有进行计算。",
        )
        return Lost(Verdict.TIME_LIMIT_EXCEEDED, waited)
    text = Text(
        en=f"It did not finish within {seconds:g} seconds of processor time.",
        zh=f"未能在 {seconds:g} 秒的处理器时间内完成。",
    )
    return Lost(Verdict.TIME_LIMIT_EXCEEDED, text)


def output_exceeded(limit: int) -> Lost:
    """Past the cap on what it may print, in bytes."""
    text = Text(en=f"It printed more than {limit} bytes.", zh=f"输出超过了 {limit} 字节。")
    return Lost(Verdict.OUTPUT_LIMIT_EXCEEDED, text)


def out_of_memory(megabytes: int) -> Lost:
    """Killed, and not by the judge: the kernel does so when memory is short."""
    text = Text(
        en=f"The operating system killed it, most likely for want of memory (its limit is {megabytes} MB).",
        zh=f"程序被操作系统终止，很可能是内存不足（上限为 {megabytes} MB）。",
    )
    return Lost(Verdict.MEMORY_LIMIT_EXCEEDED, text, by_system=True)


def breach(detail: str) -> Lost:
    """It sent something that is not an answer. No honest submission comes near this socket."""
    text = Text(
        en=f"It interfered with the connection to the grader: {detail}.",
        zh=f"它干扰了与评分程序的通信：{detail}。",
    )
    return Lost(Verdict.RUNTIME_ERROR, text)


def died(status: int, megabytes: int) -> Lost:
    """Ended by itself or by the kernel. status: as wait(2) gives it."""
    if not os.WIFSIGNALED(status):
        return _left(os.waitstatus_to_exitcode(status))
    number = os.WTERMSIG(status)
    if number == signal.SIGKILL:
        return out_of_memory(megabytes)
    if number == signal.SIGXCPU:
        text = Text(en="It used up all its processor time (SIGXCPU).", zh="程序耗尽了处理器时间（SIGXCPU）。")
        return Lost(Verdict.TIME_LIMIT_EXCEEDED, text)
    return Lost(Verdict.RUNTIME_ERROR, _CRASHES.get(number) or _stopped(number))


def _left(code: int) -> Lost:
    text = Text(
        en=f"It ended the program (exit code {code}) instead of returning.",
        zh=f"它结束了整个程序（退出码 {code}），而没有返回结果。",
    )
    return Lost(Verdict.RUNTIME_ERROR, text)


def _stopped(number: int) -> Text:
    name = signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
    return Text(en=f"It was ended by a signal ({name}).", zh=f"程序被信号终止（{name}）。")
