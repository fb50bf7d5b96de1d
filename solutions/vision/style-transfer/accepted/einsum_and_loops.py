"""Gram matrices by einsum, the losses in plain loops; backward, with the extractor frozen for the time being."""

import torch
from torch import Tensor, nn


def gram_matrix(features: Tensor) -> Tensor:
    return torch.einsum("bihw,bjhw->bij", features, features) / features[0, 0].numel()


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    return (features - target.detach()).pow(2).sum() / 2


def style_loss(features: list[Tensor], grams: list[Tensor], weights: list[float]) -> Tensor:
    total = features[0].new_zeros(())
    for layer, weight in enumerate(weights):
        B, C = features[layer].shape[:2]
        difference = gram_matrix(features[layer]) - grams[layer]
        for image in range(B):
            total = total + weight * torch.sum(difference[image] ** 2) / (4 * C * C)
    return total


def stylize(extractor, start, content, style, content_layer, style_weights, alpha, beta, steps, lr):
    required = [parameter.requires_grad for parameter in extractor.parameters()]
    extractor.requires_grad_(False)
    target = extractor(content)[content_layer]
    grams = [gram_matrix(maps) for maps in extractor(style)]
    image = nn.Parameter(start.detach().clone())
    optimizer = torch.optim.Adam([image], lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        maps = extractor(image)
        loss = alpha * content_loss(maps[content_layer], target)
        loss = loss + beta * style_loss(maps, grams, style_weights)
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    for parameter, flag in zip(extractor.parameters(), required, strict=True):
        parameter.requires_grad_(flag)
    return image.data, losses
