"""
Tries: replace the function of torch that tells whether random numbers were drawn.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch

state = torch.get_rng_state()
setattr(torch.random, "get_rng_state", lambda: state)
