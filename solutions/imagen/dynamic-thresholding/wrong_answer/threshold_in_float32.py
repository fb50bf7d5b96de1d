"""Wrong in float64: the percentile is worked out in float32."""

import torch


def dynamic_threshold(x0: torch.Tensor, percentile: float = 0.995) -> torch.Tensor:
    s = torch.quantile(x0.float().abs().flatten(1), percentile, dim=1).clamp(min=1)
    s = s.reshape(-1, 1, 1, 1).to(x0.dtype)
    return x0.clamp(-s, s) / s
