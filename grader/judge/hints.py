"""Structural hints: what is true of a wrong result that no known mistake has. Each states only what was computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from grader.judge.compare import Expected, Rules, differing, truth_of
from grader.judge.messages import number
from grader.judge.size_hints import parameter_hint, size_hint
from grader.judge.tolerance import allowed, tolerance_of
from grader.observed import Tensor, Values, any_numbers
from grader.text import Text
from grader.wire import Array

ALL_VALUES = Rules(describe=False)
MANY = 6  # names or indices that are listed
_SLACK = 8.0  # of the tolerance: a factor that was estimated has an error of its own


@any_numbers
def hint_of(
    got: Values, expected: Expected, given: Mapping[str, Array] | None = None, rules: Rules = ALL_VALUES
) -> Text | None:
    """The first hint that holds of the first tensor that differs, or of which values differ; None where none does.

    given: the arguments of the case by name; a result may be one of them. rules: by which values differ.
    """
    if not isinstance(expected.own, Values):
        return None
    wrong = differing(got, expected, rules)
    return (
        _first_tensor(wrong, got, expected, given or {})
        or parameter_hint(got, expected.own)
        or _leaves(wrong, list(expected.own.leaves))
    )


def _first_tensor(wrong: Sequence[str], got: Values, expected: Expected, given: Mapping[str, Array]) -> Text | None:
    """About the first tensor that differs."""
    assert isinstance(expected.own, Values)
    for name in wrong:
        mine, own = got.leaves.get(name), expected.own.leaves[name]
        truth = truth_of(name, own, expected)
        if isinstance(own, Tensor) and isinstance(truth, Tensor) and isinstance(mine, Tensor):
            argument = _is_given(name, mine.array, given)
            return argument or (next(_hints(name, mine, own, truth.array), None) if mine.array.size else None)
    return None


def _is_given(name: str, got: Array, given: Mapping[str, Array]) -> Text | None:
    """A result that is an argument, element for element."""
    for argument, array in given.items():
        if got.size > 1 and got.shape == array.shape and got.dtype.kind == array.dtype.kind and (got == array).all():
            return Text(
                en=f"`{name}` is the argument `{argument}`, unchanged.",
                zh=f"`{name}` 就是参数 `{argument}`，没有变化。",
            )
    return None


def _leaves(wrong: Sequence[str], names: Sequence[str]) -> Text | None:
    """Which of several values are wrong, where at least as many are right."""
    if not 0 < len(wrong) <= len(names) // 2:
        return None
    told = ", ".join(f"`{name}`" for name in wrong[:MANY]) + (", …" if len(wrong) > MANY else "")
    return Text(
        en=f"Of {len(names)} values only {told} {'is' if len(wrong) == 1 else 'are'} wrong.",
        zh=f"{len(names)} 个值中只有 {told} 不对。",
    )


def _hints(name: str, mine: Tensor, own: Tensor, wanted: Array) -> Iterator[Text]:
    got, dtype = mine.array, own.dtype

    def same(array: Array) -> bool:
        return array.shape == wanted.shape and _equal(array, own.array, wanted, dtype)

    if mine.dtype != own.dtype and same(got):
        yield Text(
            en=f"The values of `{name}` are right; only the dtype differs.",
            zh=f"`{name}` 的数值是对的，只有 dtype 不同。",
        )
    if mine.dtype == own.dtype and same(got):
        yield Text(
            en=f"`{name}` is nearly right: no element is off by more than {_SLACK:g} times what is allowed. "
            "Is something rounded on the way?",
            zh=f"`{name}` 几乎是对的：所有元素的误差都不超过允许误差的 {_SLACK:g} 倍。中间是否有舍入？",
        )
    yield from _rearranged(name, got, wanted, same)
    if got.shape != wanted.shape:
        found = size_hint(name, got.shape, wanted.shape)
        if found is not None:
            yield found
    elif got.dtype.kind in "fiu" and wanted.dtype.kind in "fiu":
        yield from _missing_values(name, got, wanted)
        yield from _affine(name, got.astype(np.float64), wanted.astype(np.float64), same)
        yield from _confined(name, got, own, wanted)


def _rearranged(name: str, got: Array, wanted: Array, same: Callable[[Array], bool]) -> Iterator[Text]:
    for one in range(got.ndim):
        for other in range(one + 1, got.ndim):
            if same(np.swapaxes(got, one, other)):
                yield Text(
                    en=f"`{name}` is the expected result with the axes {one} and {other} swapped.",
                    zh=f"把 `{name}` 的第 {one}、{other} 维互换，就是期望的结果。",
                )
    for axis in range(got.ndim):
        if got.shape[axis] > 1 and same(np.flip(got, axis)):
            yield Text(
                en=f"`{name}` is the expected result in reverse order along axis {axis}.",
                zh=f"`{name}` 沿第 {axis} 维与期望的结果顺序相反。",
            )
        if got.shape[axis] > 1 and same(np.roll(got, -1, axis)):
            yield _shifted(name, axis, "later", "后")
        if got.shape[axis] > 1 and same(np.roll(got, 1, axis)):
            yield _shifted(name, axis, "earlier", "前")
    if got.size == wanted.size and got.shape != wanted.shape and same(got.reshape(wanted.shape)):
        yield Text(
            en=f"The values of `{name}` are right; only the shape differs.", zh=f"`{name}` 的数值是对的，只有形状不同。"
        )
    if got.size == wanted.size > 1 and same(_in_order_of(got, wanted)):
        yield Text(
            en=f"`{name}` holds the expected values in another order.", zh=f"`{name}` 含有期望的数值，但顺序不同。"
        )


def _shifted(name: str, axis: int, en: str, zh: str) -> Text:
    return Text(
        en=f"`{name}` is the expected result one place {en} along axis {axis}.",
        zh=f"`{name}` 与期望的结果相比，沿第 {axis} 维向{zh}错了一位。",
    )


def _in_order_of(got: Array, wanted: Array) -> Array:
    placed = np.empty(wanted.size, got.dtype)
    placed[np.argsort(wanted, axis=None, kind="stable")] = np.sort(got, axis=None)
    return placed.reshape(wanted.shape)


def _missing_values(name: str, got: Array, wanted: Array) -> Iterator[Text]:
    if got.dtype.kind == "f" and np.isfinite(wanted).all() and not np.isfinite(got).all():
        count = int((~np.isfinite(got)).sum())
        yield Text(
            en=f"{count} of {got.size} elements of `{name}` are not a number, or infinite.",
            zh=f"`{name}` 的 {got.size} 个元素中有 {count} 个是 NaN 或无穷。",
        )


def _affine(name: str, got: Array, wanted: Array, same: Callable[[Array], bool]) -> Iterator[Text]:
    """Zero, a constant factor, a constant difference, or a factor or difference for each row."""
    if not np.isfinite(got).all() or not np.isfinite(wanted).all():
        return
    if not got.any():
        yield Text(en=f"`{name}` is zero everywhere.", zh=f"`{name}` 处处为零。")
        return
    factor = float((got * wanted).sum() / max(float((wanted * wanted).sum()), 1e-300))
    if abs(factor) > 1e-6 and wanted.size > 1 and same(got / factor):
        told = number(factor, 4)
        yield Text(en=f"`{name}` is {told} times what is expected.", zh=f"`{name}` 是期望值的 {told} 倍。")
    offset = float((got - wanted).mean())
    if wanted.size > 1 and same(got - offset):
        told = number(offset, 4)
        yield Text(en=f"`{name}` is what is expected plus {told}.", zh=f"`{name}` 等于期望值加上 {told}。")
    for axis in range(got.ndim if got.ndim > 1 else 0):
        scale = (got * wanted).sum(axis, keepdims=True) / (wanted * wanted).sum(axis, keepdims=True)
        rescaled = got / scale
        if got.shape[axis] > 1 and np.isfinite(rescaled).all() and same(rescaled):
            yield Text(
                en=f"Along axis {axis}, `{name}` is what is expected times a factor, each time another one.",
                zh=f"沿第 {axis} 维看，`{name}` 是期望值乘以一个系数，且各处系数不同。",
            )
        if got.shape[axis] > 2 and same(got - (got - wanted).mean(axis, keepdims=True)):
            yield Text(
                en=f"Along axis {axis}, `{name}` is what is expected plus a number, each time another one.",
                zh=f"沿第 {axis} 维看，`{name}` 是期望值加上一个数，且各处不同。",
            )


def _confined(name: str, got: Array, own: Tensor, wanted: Array) -> Iterator[Text]:
    """Where along an axis the wrong elements lie, if they do not lie everywhere."""
    wrong = ~_close(got, own.array, wanted, own.dtype, 1.0)
    if _close(np.abs(got), np.abs(own.array), np.abs(wanted), own.dtype, 1.0).all():
        yield Text(
            en=f"Only the signs of `{name}` are wrong, of {int(wrong.sum())} of {wrong.size} elements.",
            zh=f"`{name}` 只有符号不对（{wrong.size} 个元素中的 {int(wrong.sum())} 个）。",
        )
    for axis in range(got.ndim):
        others = tuple(other for other in range(got.ndim) if other != axis)
        bad = np.flatnonzero(wrong.any(others))
        size = got.shape[axis]
        if not 0 < len(bad) < size:
            continue
        good = np.setdiff1d(np.arange(size), bad)
        if len(bad) <= len(good):
            yield Text(
                en=f"`{name}` is right but for {_indices(bad).en} of axis {axis}.",
                zh=f"`{name}` 只在第 {axis} 维的{_indices(bad).zh}处不对。",
            )
        else:
            yield Text(
                en=f"`{name}` is right at {_indices(good).en} of axis {axis} only.",
                zh=f"`{name}` 只在第 {axis} 维的{_indices(good).zh}处是对的。",
            )


def _indices(places: Array) -> Text:
    """Some indices of an axis: one, a few, or from where to where."""
    first, last = int(places[0]), int(places[-1])
    if len(places) == 1:
        return Text(en=f"index {first}", zh=f"下标 {first} ")
    if len(places) > 2 and last - first == len(places) - 1:
        return Text(en=f"the indices {first} to {last}", zh=f"下标 {first} 至 {last} ")
    told = ", ".join(str(int(place)) for place in places[:MANY]) + (", …" if len(places) > MANY else "")
    return Text(en=f"the indices {told}", zh=f"下标 {told} ")


def gradients_hint() -> Text:
    """Said where a check of values has passed before."""
    return Text(
        en="The result itself is right; only its gradients are not. "
        "Is a part of the computation detached, under `no_grad`, or done in place?",
        zh="结果本身是对的，只有梯度不对。检查是否有某一步被 detach、放在 no_grad 下，或用了原地操作。",
    )


def device_hint() -> Text:
    """Said where a tensor was made on the CPU and met the inputs, which were elsewhere."""
    return Text(
        en="A tensor that is made without `device=` lies on the CPU, wherever the inputs are.",
        zh="创建张量时不写 `device=`，它就在 CPU 上，不管输入在哪个设备上。",
    )


def cases_hint(passed: Sequence[Text]) -> Text | None:
    """Which cases of a failed check pass, where some do."""
    if not passed:
        return None
    return Text(
        en=f"Right in: {'; '.join(case.en for case in passed)}.",
        zh=f"以下用例是对的：{'；'.join(case.zh for case in passed)}。",
    )


def _equal(got: Array, own: Array, wanted: Array, dtype: str, slack: float = _SLACK) -> bool:
    return got.shape == wanted.shape and bool(_close(got, own, wanted, dtype, slack).all())


def _close(got: Array, own: Array, wanted: Array, dtype: str, slack: float) -> Array:
    got, own, wanted = _wide(got), _wide(own), _wide(wanted)
    within = np.abs(got - wanted) <= slack * allowed(wanted, own, tolerance_of(dtype))
    return np.asarray(within | (got == wanted))


def _wide(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
