"""Dynamic thresholding of a predicted image.

Source: Saharia et al. 2022, section 2.3. https://arxiv.org/abs/2205.11487
Shapes: B images, C channels, H rows, W columns.
"""

import torch


def dynamic_threshold(x0: torch.Tensor, percentile: float = 0.995) -> torch.Tensor:
    """Clamp each image to [-s, s] and divide it by s, where s is a percentile of its absolute values, but at least 1.

    x0: (B, C, H, W) predicted clean images, of any floating dtype.
    percentile: as a fraction from 0 to 1; linear interpolation between the two nearest values.
    Returns (B, C, H, W) in the dtype and on the device of x0, which is left as it is; all values lie in [-1, 1].
    """
    raise NotImplementedError
