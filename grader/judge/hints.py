"""Structural hints: what is true of a wrong result that no known mistake has. Each states only what was computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from grader.judge.compare import Expected, truth_of
from grader.judge.observed import Tensor, Values
from grader.judge.tolerance import allowed, tolerance_of
from grader.judge.words import number
from grader.text import Text
from grader.wire import Array

_SLACK = 8.0  # of the tolerance: a factor that was estimated has an error of its own


def hint_of(got: Values, expected: Expected) -> Text | None:
    """The first hint that holds of the first tensor that differs; None where none does."""
    if not isinstance(expected.own, Values):
        return None
    for name, own in expected.own.leaves.items():
        mine = got.leaves.get(name)
        truth = truth_of(name, own, expected)
        if not (isinstance(own, Tensor) and isinstance(truth, Tensor) and isinstance(mine, Tensor)):
            continue
        if mine.array.size and _differs(mine, own, truth.array):
            return next(_hints(name, mine, own, truth.array), None)
    return None


def _differs(mine: Tensor, own: Tensor, wanted: Array) -> bool:
    return mine.dtype != own.dtype or not _equal(mine.array, own.array, wanted, own.dtype, slack=1.0)


def _hints(name: str, mine: Tensor, own: Tensor, wanted: Array) -> Iterator[Text]:
    got, dtype = mine.array, own.dtype

    def same(array: Array) -> bool:
        return array.shape == wanted.shape and _equal(array, own.array, wanted, dtype)

    if mine.dtype != own.dtype and same(got):
        yield Text(
            en=f"The values of `{name}` are right; only the dtype differs.",
            zh=f"`{name}` 的数值是对的，只有 dtype 不同。",
        )
    yield from _rearranged(name, got, wanted, same)
    if got.shape == wanted.shape and got.dtype.kind in "fiu" and wanted.dtype.kind in "fiu":
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
        with np.errstate(divide="ignore", invalid="ignore"):
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
    for axis in range(got.ndim):
        others = tuple(other for other in range(got.ndim) if other != axis)
        places = np.flatnonzero(wrong.any(others))
        size = got.shape[axis]
        if size > 2 and len(places) == 1:
            place = int(places[0])
            yield Text(
                en=f"`{name}` is right but for index {place} of axis {axis}.",
                zh=f"`{name}` 只在第 {axis} 维的下标 {place} 处不对。",
            )
        elif size > 2 and len(places) == size - 1:
            place = int(np.setdiff1d(np.arange(size), places)[0])
            yield Text(
                en=f"`{name}` is right at index {place} of axis {axis} only.",
                zh=f"`{name}` 只在第 {axis} 维的下标 {place} 处是对的。",
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
    with np.errstate(invalid="ignore", over="ignore"):
        within = np.abs(got.astype(np.float64) - wanted.astype(np.float64)) <= slack * allowed(
            wanted.astype(np.float64), own.astype(np.float64), tolerance_of(dtype)
        )
    return np.asarray(within | (got == wanted))
