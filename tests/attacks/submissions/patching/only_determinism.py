"""
Tries: allow deterministic algorithms only, and as many threads as there can be.
Must: change nothing but its own speed.
"""

import torch

torch._C._set_deterministic_algorithms(True, warn_only=False)
torch.set_num_threads(8)
torch.set_flush_denormal(True)
torch.set_float32_matmul_precision("medium")
