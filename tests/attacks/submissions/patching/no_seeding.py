"""
Tries: keep the generators from being seeded, so that the cases come out as it likes.
Must: change nothing; the inputs are made by the judge.
"""

import random

import torch


class Unseeded:
    def __getattr__(self, name):
        return lambda *args: self


torch.manual_seed = torch.random.manual_seed = random.seed = lambda *args: None
torch.default_generator = torch.random.default_generator = Unseeded()
