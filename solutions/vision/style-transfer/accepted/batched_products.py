"""Gram matrices by bmm of scaled features; sums by mse_loss; gradients cleared on the extractor at the end."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor


def gram_matrix(features: Tensor) -> Tensor:
    B, C, H, W = features.size()
    rows = features.reshape(B, C, H * W) / math.sqrt(H * W)
    return torch.bmm(rows, rows.mT)


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    return F.mse_loss(features, target, reduction="sum") / 2


def style_loss(features: list[Tensor], grams: list[Tensor], weights: list[float]) -> Tensor:
    # The mean over (B, C, C) is the sum over B * C * C.
    terms = (w * len(f) * F.mse_loss(gram_matrix(f), g) / 4 for f, g, w in zip(features, grams, weights, strict=True))
    return sum(terms)


def stylize(extractor, start, content, style, content_layer, style_weights, alpha, beta, steps, lr):
    target = extractor(content)[content_layer].detach()
    grams = [gram_matrix(maps).detach() for maps in extractor(style)]
    image = torch.empty_like(start).copy_(start).requires_grad_(True)
    adam = torch.optim.Adam([image], lr)
    seen = torch.zeros(steps, dtype=start.dtype)
    for step in range(steps):
        adam.zero_grad(set_to_none=False)
        features = extractor(image)
        loss = beta * style_loss(features, grams, style_weights) + alpha * content_loss(features[content_layer], target)
        loss.backward()
        adam.step()
        seen[step] = loss.detach()
    extractor.zero_grad(set_to_none=True)
    return image.detach().clone(), seen.tolist()
