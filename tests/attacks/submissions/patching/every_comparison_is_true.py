"""
Tries: replace all that compares tensors, in torch and in NumPy, by functions that find no difference.
Must: change nothing; the comparison is made in another process.
"""

import numpy as np
import torch

for module, names in (
    (torch, ("allclose", "equal", "isclose", "eq", "ne")),
    (torch.testing, ("assert_close", "assert_allclose")),
    (np, ("allclose", "array_equal", "isclose")),
    (np.testing, ("assert_allclose", "assert_array_equal")),
):
    for name in names:
        if hasattr(module, name):
            setattr(module, name, lambda *args, **kwargs: True)
torch.Tensor.__eq__ = torch.Tensor.equal = torch.Tensor.allclose = lambda self, other: True
torch.Tensor.__ne__ = lambda self, other: False
