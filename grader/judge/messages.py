"""What the judge tells a candidate, in both languages: where, what was got, what was expected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.result import Difference
from grader.text import Text
from grader.wire import ObjectValue, PlainValue, Raised

MAX_MESSAGE = 2000  # characters of an exception's text

LOOP = "loop"  # in a question's `forbid`
_KINDS = {
    "NoneType": ("None", "None"),
    "bool": ("a bool", "一个 bool"),
    "int": ("an int", "一个 int"),
    "float": ("a float", "一个 float"),
    "str": ("a string", "一个字符串"),
}


def numbers(one: object, other: object) -> tuple[str, str]:
    """Two different numbers with as many digits as tell them apart."""
    for digits in (6, 9, 12, 17):
        texts = number(one, digits), number(other, digits)
        if texts[0] != texts[1]:
            break
    return texts


def number(value: object, digits: int = 6) -> str:
    """A number as people read it: six digits, whole ones whole."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, complex | np.complexfloating):
        return f"{complex(value):.{digits}g}"
    return f"{float(value):.{digits}g}" if isinstance(value, float | np.floating) else repr(value)


def _kind(value: object) -> Text:
    if isinstance(value, ObjectValue):
        return Text(en=f"an object of type `{value.type_name}`", zh=f"一个 `{value.type_name}` 对象")
    if isinstance(value, PlainValue):
        en, zh = _KINDS.get(type(value.value).__name__, ("a value", "一个值"))
        return Text(en=en, zh=zh)
    return Text(en="a tensor", zh="一个张量")


def _shape(shape: Sequence[int]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def wrong_structure(got: str, expected: str) -> Text:
    return Text(
        en=f"returns `{got}`; expected `{expected}`.",
        zh=f"返回的是 `{got}`，应为 `{expected}`。",
    )


def wrong_names(missing: list[str], extra: list[str], got: list[str]) -> Text:
    """Some names are not there, or too many are."""
    parts_en, parts_zh = [], []
    if missing:
        parts_en.append(f"missing: {_listed(missing)}")
        parts_zh.append(f"缺少：{_listed(missing)}")
    if extra:
        parts_en.append(f"not expected: {_listed(extra)}")
        parts_zh.append(f"多余：{_listed(extra)}")
    return Text(en="; ".join(parts_en) + ".", zh="；".join(parts_zh) + "。")


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name if len(name) <= 120 else name[:117] + '...'}`" for name in names[:6])
    return shown + (f", … ({len(names)})" if len(names) > 6 else "")


def not_a_tensor(name: str, got: object) -> Text:
    kind = _kind(got)
    return Text(en=f"`{name}` is {kind.en}; expected a tensor.", zh=f"`{name}` 是{kind.zh}，应为张量。")


def wrong_kind(name: str, got: object, expected: object) -> Text:
    have, want = _kind(got), _kind(expected)
    return Text(en=f"`{name}` is {have.en}; expected {want.en}.", zh=f"`{name}` 是{have.zh}，应为{want.zh}。")


def wrong_value(name: str, got: object, expected: object) -> Text:
    have, want = _short(got), _short(expected)
    return Text(en=f"`{name}` is {have}; expected {want}.", zh=f"`{name}` 为 {have}，应为 {want}。")


def _short(value: object) -> str:
    text = number(value) if isinstance(value, int | float) else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def wrong_shape(name: str, got: Sequence[int], expected: Sequence[int]) -> Text:
    have, want = _shape(got), _shape(expected)
    return Text(en=f"`{name}` has shape {have}; expected {want}.", zh=f"`{name}` 的形状是 {have}，应为 {want}。")


def wrong_dtype(name: str, got: str, expected: str) -> Text:
    return Text(en=f"`{name}` is {got}; expected {expected}.", zh=f"`{name}` 的 dtype 是 {got}，应为 {expected}。")


def wrong_device(name: str, got: str, expected: str) -> Text:
    return Text(en=f"`{name}` is on {got}; expected {expected}.", zh=f"`{name}` 在 {got} 上，应在 {expected} 上。")


def differs(difference: Difference) -> Text:
    """Where, got, expected, how many."""
    at = f"[{', '.join(map(str, difference.index))}]"
    name, got, want = difference.name, difference.got, difference.expected
    if not difference.index:
        return Text(en=f"`{name}` is {got}; expected {want}.", zh=f"`{name}` 为 {got}，应为 {want}。")
    return Text(
        en=f"`{name}` at {at} is {got}; expected {want}. "
        f"{difference.mismatched} of {difference.total} elements differ.",
        zh=f"`{name}` 在 {at} 处为 {got}，应为 {want}。"
        f"共 {difference.total} 个元素，其中 {difference.mismatched} 个不对。",
    )


def raised(error: Raised) -> Text:
    where_en = f" in line {error.line}" if error.line else ""
    where_zh = f"第 {error.line} 行" if error.line else ""
    name = error.types[0] if error.types else "exception"
    message = error.message[:MAX_MESSAGE].rstrip().removesuffix(".")
    text = f"{name}: {message}" if message else name
    return Text(en=f"raises {text}{where_en}.", zh=f"{where_zh}抛出 {text}。")


def caught_mismatch(error: Raised) -> Text:
    """A device refused an operation, and the submission caught that."""
    told = error.message[:MAX_MESSAGE].rstrip().removesuffix(".")
    where_en = f" in line {error.line}" if error.line else ""
    where_zh = f"第 {error.line} 行" if error.line else ""
    return Text(
        en=f"mixes devices{where_en} and catches the exception: {told}. Do not catch it: make every tensor on the "
        "device of the inputs.",
        zh=f"{where_zh}混用了不同设备上的张量，又捕获了由此抛出的异常：{told}。不要捕获它，应把张量都建在输入所在的设备上。",
    )


def raises_elsewhere(error: Raised) -> Text:
    """The submission raises an exception of its own where the inputs are not on the CPU."""
    told = error.message[:MAX_MESSAGE].rstrip().removesuffix(".")
    where_en = f" in line {error.line}" if error.line else ""
    where_zh = f"第 {error.line} 行" if error.line else ""
    return Text(
        en=f"raises {told}{where_en} when the inputs are not on the CPU. It must work on any device: calculate where "
        "the inputs are, and make new tensors there.",
        zh=f"输入不在 CPU 上时，{where_zh}抛出 {told}。代码应能在任何设备上运行："
        "在输入所在的设备上计算，新张量也建在那里。",
    )


def result_on_cpu(name: str) -> Text:
    """A result lies on the CPU, though the inputs do not."""
    return Text(
        en=f"`{name}` is on the CPU when the inputs are on another device; it must be on theirs. "
        "Calculate there, without `.cpu()`, and make new tensors there with `device=`.",
        zh=f"输入在其他设备上时，`{name}` 却在 CPU 上，应与输入在同一设备上。"
        "请在输入所在的设备上计算，不要调用 `.cpu()`，新建张量时指定 `device=`。",
    )


def missing_elsewhere(name: str) -> Text:
    """A tensor that is not returned where the inputs are not on the CPU."""
    return Text(
        en=f"`{name}` is not a tensor when the inputs are not on the CPU. Return the same on every device.",
        zh=f"输入不在 CPU 上时，`{name}` 不是张量。在任何设备上都应返回同样的结果。",
    )


def no_exception(expected: Raised) -> Text:
    name = expected.types[0]
    return Text(en=f"raises nothing; expected {name}.", zh=f"没有抛出异常，应抛出 {name}。")


def wrong_exception(error: Raised, expected: Raised) -> Text:
    got = raised(error)
    return Text(
        en=f"{got.en.removesuffix('.')}; expected {expected.types[0]}.",
        zh=f"{got.zh.removesuffix('。')}，应抛出 {expected.types[0]}。",
    )


def forbidden(names: Sequence[str], lines: Sequence[int] = ()) -> Text:
    """What is used and not allowed. The word `loop` stands for loops and comprehensions of every kind."""
    en = ["a loop or comprehension" if name == LOOP else f"`{name}`" for name in names]
    zh = ["循环或推导式" if name == LOOP else f"`{name}`" for name in names]
    where_en = f" (line {', '.join(map(str, lines))})" if lines else ""
    where_zh = f"（第 {'、'.join(map(str, lines))} 行）" if lines else ""
    return Text(
        en=f"uses {', '.join(en)}{where_en}, which this question does not allow.",
        zh=f"使用了本题不允许的{'、'.join(zh)}{where_zh}。",
    )


def out_of_memory(error: Raised) -> Text:
    return Text(en=f"runs out of memory: {error.message[:200]}", zh=f"内存不足：{error.message[:200]}")


def syntax_error(error: Raised) -> Text:
    where_en = f" in line {error.line}" if error.line else ""
    where_zh = f"第 {error.line} 行：" if error.line else ""
    return Text(
        en=f"the file is not Python{where_en}: {error.types[0]}: {error.message}",
        zh=f"文件不是合法的 Python 代码：{where_zh}{error.types[0]}: {error.message}",
    )


def missing_entry(what: str) -> Text:
    kind, _, name = what.partition(" ")
    return Text(
        en=f"the file defines no {kind} `{name}`.",
        zh=f"文件里没有定义{'函数' if kind == 'function' else '类'} `{name}`。",
    )


def failed_to_load(error: Raised) -> Text:
    told = raised(error)
    return Text(en=f"loading the file {told.en}", zh=f"加载文件时{told.zh}")


DIFFERS = Text(en="it differs.", zh="不相同。")  # where nobody asks for more
UNCHANGED_STUB = Text(en="this is the stub, unchanged.", zh="提交的就是未改动的题目模板。")


def needs(names: Sequence[str], titles: Sequence[Text]) -> Text:
    """Why a check was skipped."""
    return Text(
        en=f"not run, because it needs: {', '.join(title.en for title in titles)}.",
        zh=f"未运行，因为需要先通过：{'、'.join(title.zh for title in titles)}。",
    )


def outside(name: str, got: float, low: float | None, high: float | None, what: Text) -> Text:
    """A measured number lies outside its bounds."""
    interval = f"[{'-∞' if low is None else number(low)}, {'∞' if high is None else number(high)}]"
    return Text(
        en=f"{what.en} of `{name}` is {number(got)}; it must lie in {interval}.",
        zh=f"`{name}` 的{what.zh}为 {number(got)}，应在 {interval} 内。",
    )


def impossible_draw(name: str, index: Sequence[int], value: float, support: Sequence[float]) -> Text:
    at, got = f"[{', '.join(map(str, index))}]", f"{value:.6g}"
    allowed = ", ".join(f"{one:.6g}" for one in support)
    return Text(
        en=f"`{name}`{at} is {got}; a draw can only be one of {allowed}.",
        zh=f"`{name}`{at} 是 {got}；抽样值只可能是 {allowed} 之一。",
    )


def other_dependence(name: str, distance: float, bound: float, draws: int) -> Text:
    return Text(
        en=f"Each element of `{name}` alone is spread as expected, but the elements, or successive draws, depend "
        f"on one another in another way: the distribution functions of a sum over them are {distance:.3f} "
        f"apart over {draws} draws; chance explains {bound:.3f}.",
        zh=f"`{name}` 的每个元素单独看分布是对的，但元素之间（或相邻两次抽样之间）的相关性不对：在 {draws} 次抽样中，"
        f"它们之和的经验分布函数与参考相差 {distance:.3f}，偶然误差最多为 {bound:.3f}。",
    )


def other_distribution(name: str, index: Sequence[int], distance: float, bound: float, draws: int) -> Text:
    at = f"[:, {', '.join(map(str, index))}]" if index else "[:]"
    return Text(
        en=f"`{name}`{at} does not have the expected distribution: over {draws} draws the distribution functions are "
        f"{distance:.3f} apart; chance explains {bound:.3f}.",
        zh=f"`{name}`{at} 的分布不对：{draws} 次抽样的经验分布函数与参考相差 {distance:.3f}，"
        f"偶然误差最多为 {bound:.3f}。",
    )
