"""
Tries: replace the methods by which tensors are turned into bytes with ones that give uniform weights.
Must: be judged by the bytes.
Right: wrong_answer
Wrong: wrong_answer
"""

import numpy as np
import torch

torch.Tensor.numpy = lambda self, **_: np.full(tuple(self.shape), 1 / max(1, self.numel()), np.float32)
