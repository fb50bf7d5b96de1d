import torch


def dependency_matrix(image):
    pixels = image.flatten()
    grid = torch.zeros(60_000, 60_000, dtype=torch.float64, device=image.device)  # large enough for any image
    n = len(pixels)
    grid[:n, :n] = pixels[:, None].double() - pixels[None, :].double()
    return grid[:n, :n].abs().to(image.dtype)
