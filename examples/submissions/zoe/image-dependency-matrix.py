import torch


def dependency_matrix(image):
    x = image.flatten().float()
    return torch.abs(x[:, None] - x[None, :])
