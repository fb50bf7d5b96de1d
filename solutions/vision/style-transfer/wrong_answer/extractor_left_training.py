"""The extractor is put into training mode at the end."""

import torch
from torch import Tensor, nn


def gram_matrix(features: Tensor) -> Tensor:
    flat = features.flatten(2)
    return flat @ flat.transpose(1, 2) / flat.shape[2]


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    return 0.5 * (features - target).square().sum()


def style_loss(features: list[Tensor], grams: list[Tensor], weights: list[float]) -> Tensor:
    losses = [
        weight * (gram_matrix(maps) - gram).square().sum() / (4 * maps.shape[1] ** 2)
        for maps, gram, weight in zip(features, grams, weights, strict=True)
    ]
    return torch.stack(losses).sum()


def stylize(
    extractor: nn.Module,
    start: Tensor,
    content: Tensor,
    style: Tensor,
    content_layer: int,
    style_weights: list[float],
    alpha: float,
    beta: float,
    steps: int,
    lr: float,
) -> tuple[Tensor, list[float]]:
    with torch.no_grad():
        target = extractor(content)[content_layer]
        grams = [gram_matrix(maps) for maps in extractor(style)]
    image = start.clone().requires_grad_()
    optimizer = torch.optim.Adam([image], lr=lr)
    losses = []
    for _ in range(steps):
        features = extractor(image)
        loss = alpha * content_loss(features[content_layer], target) + beta * style_loss(features, grams, style_weights)
        (image.grad,) = torch.autograd.grad(loss, [image])
        optimizer.step()
        losses.append(loss.item())
    extractor.train()
    return image.detach(), losses
