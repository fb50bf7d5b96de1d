"""How far a right answer may be from the ground truth.

The defaults are those of `torch.testing.assert_close` (https://docs.pytorch.org/docs/stable/testing.html). They are
widened by what the reference itself loses: its own result in the dtype against its result in float64.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from grader.question import Tolerance
from grader.wire import Array

# A right answer in another order of operations loses about as much as the reference does.
ROUNDING_FACTOR = 8.0

_EXACT = Tolerance(rtol=0.0, atol=0.0)
_BY_DTYPE: Mapping[str, Tolerance] = {
    "float16": Tolerance(rtol=1e-3, atol=1e-5),
    "bfloat16": Tolerance(rtol=1.6e-2, atol=1e-5),
    "float32": Tolerance(rtol=1.3e-6, atol=1e-5),
    "float64": Tolerance(rtol=1e-7, atol=1e-7),
    "complex64": Tolerance(rtol=1.3e-6, atol=1e-5),
    "complex128": Tolerance(rtol=1e-7, atol=1e-7),
}
# A GPU sums in another order than the CPU, and its exp, sin, ... are good to a few units in the last place.
_CUDA = {"float32": Tolerance(rtol=1e-5, atol=2e-5), "complex64": Tolerance(rtol=1e-5, atol=2e-5)}


def tolerance_of(dtype: str, device: str = "cpu") -> Tolerance:
    """The tolerance of a dtype on a device; zero for whole numbers and truth values."""
    if device.startswith("cuda") and dtype in _CUDA:
        return _CUDA[dtype]
    return _BY_DTYPE.get(dtype, _EXACT)


def allowed(truth: Array, own: Array, tolerance: Tolerance) -> Array:
    """The largest error allowed at each element, given the reference in float64 and in its own dtype."""
    with np.errstate(invalid="ignore", over="ignore"):
        lost = np.abs(own - truth)
        finite = np.isfinite(lost)
        rounding = float(lost[finite].max()) if finite.any() else 0.0
        magnitude = np.where(np.isfinite(truth), np.abs(truth), 0.0)
    return np.asarray(tolerance.atol + tolerance.rtol * magnitude + ROUNDING_FACTOR * rounding)
