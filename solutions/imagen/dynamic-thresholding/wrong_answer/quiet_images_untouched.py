"""Wrong: an image whose percentile is below 1 is returned without a clamp."""

import torch


def dynamic_threshold(x0: torch.Tensor, percentile: float = 0.995) -> torch.Tensor:
    wide = x0.to(torch.promote_types(x0.dtype, torch.float32))
    s = torch.quantile(wide.abs().flatten(1), percentile, dim=1)
    s = s.reshape(-1, 1, 1, 1)
    return torch.where(s > 1, wide.clamp(-s, s) / s, wide).to(x0.dtype)
