"""
Tries: leave another default device and dtype behind, so that what the checks make is made elsewhere.
Must: be judged as always, or be an error of its own making.
Right: time_limit_exceeded runtime_error
"""

import torch

torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
