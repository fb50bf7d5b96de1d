"""
Tries: leave settings of torch and numpy for the next: default dtype, threads, seeds, determinism, errors.
Must: find all of them as they are at the start.
"""

import random
import warnings

import numpy
import torch

signs = {
    "dtype": torch.get_default_dtype() != torch.float32,
    "threads": torch.get_num_threads() != 1,
    "determinism": torch.are_deterministic_algorithms_enabled(),
    "seed of torch": torch.initial_seed() == 123456789,
    "flush to zero": torch.tensor(1e-40).item() == 0.0,
    "errors of numpy": numpy.geterr()["divide"] == "raise",
    "warnings": any(entry[0] == "error" for entry in warnings.filters),
}
for name, changed in signs.items():
    if changed:
        gained(name)
torch.set_default_dtype(torch.float64)
torch._C._set_deterministic_algorithms(True)
torch.manual_seed(123456789)
torch.set_flush_denormal(True)
numpy.seterr(all="raise")
random.seed(7)
warnings.simplefilter("error")
