"""Dependency matrix of an image: the absolute differences of all pairs of pixels.

Source: pairwise differences by broadcasting, https://pytorch.org/docs/stable/notes/broadcasting.html
Shapes: N pixels, counted in row-major order.
"""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    """Absolute difference of every pixel to every other one.

    image: any shape with N elements, each of which is a pixel; uint8 or a floating dtype.
    Returns (N, N) in the dtype and on the device of the image, which is left as it is.
    """
    pixels = image.reshape(-1)
    column = pixels[:, None]
    # The larger minus the smaller one never drops below 0, where unsigned numbers would wrap around.
    return torch.maximum(column, pixels) - torch.minimum(column, pixels)  # (N, N)
