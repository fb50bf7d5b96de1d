import torch


def dependency_matrix(image):
    pixels = image.reshape(-1)
    one, other = pixels[:, None], pixels[None, :]
    # The larger minus the smaller never leaves the range of an unsigned type.
    return torch.maximum(one, other) - torch.minimum(one, other)
