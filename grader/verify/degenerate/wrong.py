"""Appended as text to a reference, and never imported: it makes one entry answer in a degenerate way.

No loops and no torch functions beyond the inevitable, because a question may forbid them. All names begin with
`_wrong`, so that none of them hides one of the reference's.
"""

import functools
from collections.abc import Callable
from typing import Any

import torch

_WRONG_CALLED = "[degenerate] called"
_WRONG_CHANGED = "[degenerate] changed"
_wrong_told: set[str] = set()

# Gets what makes the right answer, the object whose method is called (or None), and the arguments.
_WrongAnswer = Callable[[Callable[[], Any], Any, tuple[Any, ...]], Any]


def _wrong_tell(what: str) -> None:
    """Print a line once. It lets `inert` see a change that never changed anything."""
    if what not in _wrong_told:
        _wrong_told.add(what)
        print(what)


def _wrong_function(function: Callable[..., Any], answer: _WrongAnswer, method: bool = False) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        _wrong_tell(_WRONG_CALLED)
        owner, rest = (args[0], args[1:]) if method else (None, args)
        return answer(lambda: function(*args, **kwargs), owner, (*rest, *kwargs.values()))

    return wrapped


def _wrong_method(owner: Any, name: str, answer: _WrongAnswer) -> None:
    """Replace a method in its class: a subclass would break `super(Name, self)` in the reference."""
    if name == "__call__" and issubclass(owner, torch.nn.Module):
        name = "forward"
    setattr(owner, name, _wrong_function(getattr(owner, name), answer, method=True))


# --- every leaf of the right answer is changed ---


def _wrong_each(change: Callable[[Any], Any]) -> _WrongAnswer:
    def answer(right: Callable[[], Any], owner: Any, args: tuple[Any, ...]) -> Any:
        result = right()
        wrong = _wrong_map(change, result)
        if not _wrong_same(wrong, result):
            _wrong_tell(_WRONG_CHANGED)
        return wrong

    return answer


def _wrong_map(change: Callable[[Any], Any], result: Any) -> Any:
    inner = functools.partial(_wrong_map, change)
    if isinstance(result, tuple) and hasattr(result, "_fields"):
        return type(result)(*map(inner, result))
    if isinstance(result, tuple | list):
        return type(result)(map(inner, result))
    if isinstance(result, dict):
        return dict(zip(result, map(inner, result.values()), strict=True))
    if isinstance(result, torch.Tensor):
        return change(result)
    return _wrong_number(change, result) if isinstance(result, bool | int | float) else result


def _wrong_number(change: Callable[[Any], Any], number: Any) -> Any:
    changed = change(torch.tensor(number, dtype=torch.float64))
    if type(changed) is not torch.Tensor or changed.dtype != torch.float64 or changed.dim() > 0:
        return changed
    value = changed.item()
    return number if value != value and not isinstance(number, float) else type(number)(value)


def _wrong_same(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor):
        alike = one.dtype == other.dtype and one.shape == other.shape
        return alike and bool(((one == other) | ((one != one) & (other != other))).all())  # not-a-number: the same
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return _wrong_same(tuple(one.items()), tuple(other.items()))
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_wrong_same, one, other))
    return bool(one == other or (one != one and other != other))


def _wrong_zeros(right: Any) -> Any:
    return right.new_zeros(right.shape)


def _wrong_ones(right: Any) -> Any:
    return right.new_ones(right.shape)


def _wrong_constant(right: Any) -> Any:
    return right.new_full(right.shape, 0.5)


def _wrong_doubled(right: Any) -> Any:
    return right * 2


def _wrong_shifted(right: Any) -> Any:
    return right + 1


def _wrong_permuted(right: Any) -> Any:
    axis = next(filter(lambda axis: right.shape[axis] > 1, range(right.dim())), None)
    return right if axis is None else right.roll(1, axis)


def _wrong_transposed(right: Any) -> Any:
    """Flipped where a transposed one would be illegal, or the same."""
    square = right.dim() > 1 and right.shape[-1] == right.shape[-2]
    if square and not _wrong_same(right.mT, right):
        return right.mT
    return right.flip(-1) if right.dim() else right


def _wrong_detached(right: Any) -> Any:
    if right.requires_grad:
        _wrong_tell(_WRONG_CHANGED)
    return right.clone().detach()


def _wrong_twice_the_gradient(right: Any) -> Any:
    if not right.requires_grad:
        return right
    _wrong_tell(_WRONG_CHANGED)
    return right * 2 - right.detach()


def _wrong_only_the_gradient(right: Any) -> Any:
    return right - right.detach() if right.requires_grad else _wrong_zeros(right)


def _wrong_dtype(right: Any) -> Any:
    return right.to(torch.float32 if right.dtype == torch.float64 else torch.float64)


def _wrong_rounded(right: Any) -> Any:
    return right.to(torch.float16).to(right.dtype) if right.is_floating_point() else right


def _wrong_fewer_axes(right: Any) -> Any:
    squeezed = right.squeeze()
    if squeezed.dim() < right.dim():
        return squeezed
    return right[0] if right.dim() else right.item()


def _wrong_nan(right: Any) -> Any:
    """The last element, where a comparison that stops early would not look."""
    if not right.is_floating_point() or not right.numel():
        return right
    flat = right.reshape(-1).clone()
    flat[-1] = float("nan")
    return flat.reshape(right.shape)


def _wrong_empty(right: Any) -> Any:
    return right.new_zeros(0)


class _WrongTensor(torch.Tensor):
    """One number that says it has the right shape."""

    claimed: torch.Size

    @property
    def shape(self) -> torch.Size:  # type: ignore[override]  # a tensor's can be assigned
        return self.claimed

    def size(self, dim: int | None = None) -> Any:
        return self.claimed if dim is None else self.claimed[dim]

    def dim(self) -> int:
        return len(self.claimed)


def _wrong_shape_claimed(right: Any) -> Any:
    made = right.detach().new_full((1,), 0.5).as_subclass(_WrongTensor)
    made.claimed = right.shape
    return made


# --- the right answer is not even looked at, or other things are done ---


class _WrongEverything:
    """Equals all and takes part in everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]  # as for any class with its own equality

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return cls()

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        return torch.zeros(1).numpy()

    def __float__(self) -> float:
        return 0.0

    def __getattr__(self, name: str) -> Any:
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self


def _wrong_equal_to_all(right: Callable[[], Any], owner: Any, args: tuple[Any, ...]) -> Any:
    _wrong_tell(_WRONG_CHANGED)
    return _WrongEverything()


def _wrong_none(right: Callable[[], Any], owner: Any, args: tuple[Any, ...]) -> Any:
    _wrong_tell(_WRONG_CHANGED)


def _wrong_printed(right: Callable[[], Any], owner: Any, args: tuple[Any, ...]) -> Any:
    result = right()
    print(str(result)[:100])
    if result is not None:
        _wrong_tell(_WRONG_CHANGED)


def _wrong_not_implemented(right: Callable[[], Any], owner: Any, args: tuple[Any, ...]) -> Any:
    raise NotImplementedError


def _wrong_echo(right: Callable[[], Any], owner: Any, args: tuple[Any, ...]) -> Any:
    tensors = filter(lambda value: isinstance(value, torch.Tensor), args)
    first = next(tensors, args[0] if args else None)
    if not _wrong_same(first, right()):
        _wrong_tell(_WRONG_CHANGED)
    return first


def _wrong_overwritten(right: Callable[[], Any], owner: Any, args: tuple[Any, ...]) -> Any:
    result = _wrong_map(lambda leaf: leaf.clone(), right())
    tensors = tuple(filter(lambda value: isinstance(value, torch.Tensor), args))
    floating = tuple(filter(torch.is_floating_point, tensors))
    if any(map(_wrong_add_one, floating or tensors)):
        _wrong_tell(_WRONG_CHANGED)
    return result


def _wrong_add_one(value: Any) -> bool:
    inner = value.data  # unlike the tensor itself, without a version that backward would look at
    if inner.dtype == torch.bool:
        inner.logical_not_()
    else:
        inner.add_(1)
    return bool(inner.numel())


def _wrong_zeroed_parameters(right: Callable[[], Any], owner: Any, args: tuple[Any, ...]) -> Any:
    parameters = tuple(getattr(owner, "parameters", tuple)())
    with torch.no_grad():
        if any(map(torch.Tensor.any, parameters)):
            _wrong_tell(_WRONG_CHANGED)
        tuple(map(torch.Tensor.zero_, parameters))
    return right()
