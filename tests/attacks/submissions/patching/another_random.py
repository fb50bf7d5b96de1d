"""
Tries: replace the generators of random numbers in torch, NumPy and Python by constants.
Must: change nothing; this question draws nothing beside the submission.
"""

import random

import numpy as np
import torch

torch.rand = torch.randint = np.random.default_rng = lambda *args, **kwargs: 0
random.random = random.randint = lambda *args: 0
