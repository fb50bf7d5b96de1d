"""Adam written out; gradients for the image alone by `inputs=`; a closure for the loss."""

import torch
from torch import Tensor


def gram_matrix(features: Tensor) -> Tensor:
    C = features.shape[1]
    columns = features.movedim(1, -1).flatten(1, 2)  # (B, H * W, C)
    return columns.transpose(1, 2).matmul(columns).div(features.numel() / (len(features) * C))


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    difference = (features - target).flatten()
    return torch.dot(difference, difference) * 0.5


def style_loss(features: list[Tensor], grams: list[Tensor], weights: list[float]) -> Tensor:
    total = 0
    for f, g, w in zip(features, grams, weights, strict=True):
        scaled = (gram_matrix(f) - g) / (2 * f.shape[1])
        total = total + w * (scaled * scaled).sum()
    return total


def stylize(extractor, start, content, style, content_layer, style_weights, alpha, beta, steps, lr):
    with torch.inference_mode():
        wanted = extractor(content)[content_layer]
        grams = list(map(gram_matrix, extractor(style)))
    wanted, grams = wanted.clone(), [gram.clone() for gram in grams]  # inference tensors can't be saved for backward

    def total(image: Tensor) -> Tensor:
        features = extractor(image)
        return alpha * content_loss(features[content_layer], wanted) + beta * style_loss(features, grams, style_weights)

    x = start
    mean, square = torch.zeros_like(x), torch.zeros_like(x)
    losses = []
    for t in range(1, steps + 1):
        leaf = x.detach().clone().requires_grad_()
        loss = total(leaf)
        loss.backward(inputs=[leaf])
        mean = 0.9 * mean + 0.1 * leaf.grad
        square = 0.999 * square + 0.001 * leaf.grad**2
        x = x - lr * (mean / (1 - 0.9**t)) / ((square / (1 - 0.999**t)).sqrt() + 1e-8)
        losses.append(loss.item())
    return x, losses
