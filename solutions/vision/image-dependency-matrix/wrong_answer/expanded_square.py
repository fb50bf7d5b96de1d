"""Wrong for close pixels: the square is expanded to a^2 - 2ab + b^2, which cancels."""

import torch


def dependency_matrix(image: torch.Tensor) -> torch.Tensor:
    pixels = image.reshape(-1)
    exact = pixels if image.is_floating_point() else pixels.double()
    a, b = exact[:, None], exact[None, :]
    square = (a * a - 2 * a * b + b * b).clamp(min=0)
    positive = square > 0
    return torch.where(positive, torch.where(positive, square, 1.0).sqrt(), 0.0).to(image.dtype)
