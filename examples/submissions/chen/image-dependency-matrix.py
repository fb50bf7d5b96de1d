import torch


def dependency_matrix(image):
    x = image.reshape(-1).double()
    return torch.cdist(x[:, None], x[:, None], p=1).to(image.dtype)
