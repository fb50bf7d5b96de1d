"""Fails: one threshold for each image does not line up with the columns of the image."""

import torch


def dynamic_threshold(x0: torch.Tensor, percentile: float = 0.995) -> torch.Tensor:
    wide = x0.to(torch.promote_types(x0.dtype, torch.float32))
    s = torch.quantile(wide.abs().flatten(1), percentile, dim=1).clamp(min=1)
    return (wide.clamp(-s, s) / s).to(x0.dtype)
