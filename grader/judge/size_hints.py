"""Hints about sizes: how the shape of a result, or of a parameter, differs from the expected one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from grader.observed import Leaf, Values
from grader.text import Text
from grader.wire import PlainValue

Shape = tuple[int, ...]

_SHAPE = re.compile(r"\((?:\d{1,15}(?:, \d{1,15})*,?)?\)")  # a forged one may have any number of digits
_COUNTED = "parameters of shape "  # how the probe `parameters` names them where their names are free


def size_hint(name: str, got: Shape, wanted: Shape) -> Text | None:
    """How two shapes differ, where that is less than everything."""
    if len(got) != len(wanted):
        return _other_count(name, got, wanted)
    places = [axis for axis in range(len(got)) if got[axis] != wanted[axis]]
    if sorted(got) == sorted(wanted):
        swapped = _axes(places)
        return Text(
            en=f"`{name}` has the expected sizes in another order: {swapped.en} are exchanged.",
            zh=f"`{name}` 的各维大小是对的，但顺序不同：{swapped.zh}调换了位置。",
        )
    steps = {got[axis] - wanted[axis] for axis in places}
    if len(steps) == 1:
        return _by(name, places, steps.pop())
    if len(places) < len(got):
        listed = _axes(places)
        return Text(
            en=f"Only {listed.en} of `{name}` are of another size than expected.",
            zh=f"`{name}` 只有{listed.zh}的大小不对。",
        )
    return None


def _by(name: str, places: list[int], step: int) -> Text:
    size, listed = abs(step), _axes(places)
    each_en, each_zh = ("each ", "各") if len(places) > 1 else ("", "")
    return Text(
        en=f"Of the sizes of `{name}`, {listed.en} {'are' if len(places) > 1 else 'is'} {each_en}{size} too "
        f"{'large' if step > 0 else 'small'}; the others are right.",
        zh=f"`{name}` 的{listed.zh}{each_zh}{'大' if step > 0 else '小'}了 {size}，其余各维是对的。",
    )


def _axes(places: list[int]) -> Text:
    listed = [str(place) for place in places]
    joined = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
    return Text(en=f"{'axis' if len(listed) == 1 else 'axes'} {joined}", zh=f"第 {'、'.join(listed)} 维")


def _other_count(name: str, got: Shape, wanted: Shape) -> Text | None:
    if abs(len(got) - len(wanted)) != 1:
        return None
    shorter, longer = sorted((got, wanted), key=len)
    place = next((axis for axis in range(len(longer)) if longer[:axis] + longer[axis + 1 :] == shorter), None)
    if place is None:
        return None
    if len(got) < len(wanted):
        return Text(
            en=f"`{name}` has the expected sizes without axis {place}, of size {wanted[place]}.",
            zh=f"`{name}` 少了第 {place} 维（大小为 {wanted[place]}），其余各维是对的。",
        )
    return Text(
        en=f"`{name}` has the expected sizes, and one axis too many: axis {place}, of size {got[place]}.",
        zh=f"`{name}` 多了第 {place} 维（大小为 {got[place]}），其余各维是对的。",
    )


# --- parameters, whose shapes are told in words ---


def parameter_hint(got: Values, wanted: Values) -> Text | None:
    """What the shapes of parameters tell about the layer that holds them; None where nothing is observed of them."""
    mine, theirs = _shapes(got.leaves), _shapes(wanted.leaves)
    if not mine or not theirs:
        return None
    named = [(name, mine[name], theirs[name]) for name in theirs if name in mine and mine[name] != theirs[name]]
    for name, shape, expected in named or _nearest(mine, theirs):
        found = _of_a_layer(name, shape, expected) or size_hint(name, shape, expected)
        if found is not None:
            return found
    return _presence(mine, theirs)


def _shapes(leaves: Mapping[str, Leaf]) -> dict[str, Shape]:
    told = {name: _told(name, leaf) for name, leaf in leaves.items()}
    return {
        name: tuple(int(size) for size in re.findall(r"\d+", text))
        for name, text in told.items()
        if _SHAPE.fullmatch(text)
    }


def _told(name: str, leaf: Leaf) -> str:
    """The words that tell a parameter's shape."""
    if name.startswith(_COUNTED):
        return name.removeprefix(_COUNTED)
    return leaf.value if isinstance(leaf, PlainValue) and isinstance(leaf.value, str) else ""


def _nearest(mine: Mapping[str, Shape], theirs: Mapping[str, Shape]) -> Iterator[tuple[str, Shape, Shape]]:
    """Shapes that are missing, each with an unexpected one that differs along one axis, or in order only."""
    extra = [shape for name, shape in mine.items() if name.startswith(_COUNTED) and name not in theirs]
    for name, wanted in theirs.items():
        if name.startswith(_COUNTED) and name not in mine:
            for shape in extra:
                differing = sum(one != other for one, other in zip(shape, wanted, strict=False))
                if len(shape) == len(wanted) and (differing == 1 or sorted(shape) == sorted(wanted)):
                    yield f"the weight {wanted}" if len(wanted) > 1 else f"the parameter {wanted}", shape, wanted


def _of_a_layer(name: str, got: Shape, wanted: Shape) -> Text | None:
    """A weight's axes mean something: outputs, inputs, kernel."""
    if len(got) != len(wanted) or len(got) < 2:
        return None
    places = [axis for axis in range(len(got)) if got[axis] != wanted[axis]]
    if got[:2] == wanted[1::-1] and got[2:] == wanted[2:]:
        return Text(
            en=f"The two first sizes of `{name}` are exchanged: how many go into the layer, and how many come out.",
            zh=f"`{name}` 的前两维写反了：层的输入数与输出数。",
        )
    if len(places) == 1:
        what = _AXES[min(places[0], 2)]
        have, want = got[places[0]], wanted[places[0]]
        return Text(
            en=f"Only {what.en} of `{name}` (axis {places[0]}) differs: {have} instead of {want}.",
            zh=f"`{name}` 只有{what.zh}（第 {places[0]} 维）不对：现在是 {have}，应为 {want}。",
        )
    return None


_AXES = (
    Text(en="the first size", zh="第一个大小"),
    Text(en="the second size", zh="第二个大小"),
    Text(en="the size of the kernel", zh="卷积核大小"),
)


def _presence(mine: Mapping[str, Shape], theirs: Mapping[str, Shape]) -> Text | None:
    missing = [name for name in theirs if name not in mine]
    extra = [name for name in mine if name not in theirs]
    if missing and not extra:
        return Text(en="All other parameters are as expected.", zh="其余参数都符合预期。")
    if extra and not missing:
        return Text(en="All expected parameters are there.", zh="应有的参数都在。")
    return None
