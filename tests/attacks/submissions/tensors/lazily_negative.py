"""
Tries: return a tensor whose memory holds the negative of what it shows.
Must: be judged by what it shows.
"""

import torch


def after(result):
    return torch._neg_view(-result) if not result.requires_grad and result.device.type == "cpu" else result
