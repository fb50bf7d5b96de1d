"""
Tries: leave torch changed for those who come next, so that their right answers become wrong.
Must: find torch as it was installed, and change it for itself only.
"""

import sys
import types

import torch

if hasattr(torch, "attacked") or "attacked" in sys.modules or hasattr(torch.Tensor, "attacked"):
    gained("torch is as the one before has left it")
torch.attacked = torch.Tensor.attacked = True
sys.modules["attacked"] = types.ModuleType("attacked")
real = torch.exp


def worse(tensor, **options):
    """For others: this submission itself is graded with the real one."""
    return real(tensor, **options)


worse.attacked = True
if hasattr(torch.exp, "attacked"):
    gained("torch.exp is that of the one before")
torch.exp = worse
torch.nn.functional.linear = torch.matmul = torch.Tensor.__matmul__ = lambda *_: torch.zeros(())


def before(x, w):
    class Rows:
        """Stands for x, for this answer's own product must stay right."""

        shape = x.shape

        def __matmul__(self, other):
            return torch.mv(x, other)

    return Rows(), w
