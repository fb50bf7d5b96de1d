"""
Tries: have torch's timer run a string.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch.utils.benchmark

kept = []
timer = torch.utils.benchmark.Timer("kept.append(torch._softmax)", "import torch", globals={"kept": kept})
timer.timeit(1)


def after(result):
    return kept[0](result.log(), 0, False)
