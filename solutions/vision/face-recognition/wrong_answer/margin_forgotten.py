"""The margin is not added to the loss."""

import math

import torch
from torch import Tensor


def normalize(features: Tensor) -> Tensor:
    return features / features.norm(dim=1, keepdim=True).clamp(min=1e-6)


def triplet_loss(embeddings: Tensor, labels: Tensor, margin: float) -> Tensor:
    distances = (embeddings[:, None] - embeddings).square().sum(dim=2)
    same = labels[:, None] == labels
    oneself = torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    anchors, positives = (same & ~oneself).nonzero(as_tuple=True)
    near = distances[anchors, positives]
    far = distances[anchors]
    semi_hard = ~same[anchors] & (far > near[:, None]) & (far < near[:, None] + margin)
    nearest = far.masked_fill(~semi_hard, math.inf).amin(dim=1)
    losses = (near - nearest)[semi_hard.any(dim=1)]
    return losses.sum() / max(len(losses), 1)


def verify(first: Tensor, second: Tensor, threshold: float) -> tuple[Tensor, Tensor]:
    similarity = (normalize(first) * normalize(second)).sum(dim=1)
    return similarity >= threshold, similarity
